// Skills. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("77-skills.yaml", lints = deny);

fn main() {}
