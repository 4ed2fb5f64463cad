// Flows of aggregates, and imports. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("79-flows-and-imports.yaml", lints = deny);

fn main() {}
