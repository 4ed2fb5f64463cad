capsmith::include_capability!("60-callers.yaml", name = shelf);

fn main() {
    let _ = shelf::Config::default();
}
