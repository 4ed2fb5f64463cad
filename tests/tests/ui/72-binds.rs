// Binds, and the credentials that are made of them. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("72-binds.yaml", lints = deny);

fn main() {}
