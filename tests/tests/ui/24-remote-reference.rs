capsmith::include_openapi!("24-remote-reference.yaml");

fn main() {}
