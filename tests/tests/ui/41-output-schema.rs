capsmith::include_capability!("41-output-schema.yaml", name = shelf, lints = deny);

fn main() {
    let _ = shelf::Config::default();
}
