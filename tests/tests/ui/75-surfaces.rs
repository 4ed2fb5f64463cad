// What surfaces are served by, and what they cannot be. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("75-surfaces.yaml", lints = deny);

fn main() {}
