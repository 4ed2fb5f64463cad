capsmith::include_openapi!("21-dangling-reference.yaml", lints = deny);

fn main() {}
