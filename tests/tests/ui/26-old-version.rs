capsmith::include_openapi!("26-old-version.yaml");

fn main() {}
