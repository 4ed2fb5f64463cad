capsmith::include_openapi!("25-several-files.yaml");

fn main() {}
