capsmith::include_capability!("42-flows-and-arguments.yaml", name = ferry);

fn main() {
    let _ = ferry::Config::default();
}
