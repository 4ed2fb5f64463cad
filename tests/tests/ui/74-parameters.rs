// Parameters and paths. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("74-parameters.yaml", lints = deny);

fn main() {}
