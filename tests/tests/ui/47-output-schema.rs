capsmith::include_capability!("47-output-schema.yaml", name = shelf, lints = deny);

fn main() {
    let _ = shelf::Config::default();
}
