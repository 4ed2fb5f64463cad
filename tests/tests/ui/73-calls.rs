// Calls that lead nowhere, or not to where they say. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("73-calls.yaml", lints = deny);

fn main() {}
