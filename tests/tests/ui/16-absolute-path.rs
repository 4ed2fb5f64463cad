capsmith::include_capability!("/etc/capability.yaml");

fn main() {}
