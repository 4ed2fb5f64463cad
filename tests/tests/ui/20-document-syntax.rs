capsmith::include_openapi!("20-document-syntax.yaml");

fn main() {}
