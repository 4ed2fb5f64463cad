// Outputs, steps and bodies. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("78-outputs-and-steps.yaml", lints = deny);

fn main() {}
