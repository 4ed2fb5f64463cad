capsmith::include_openapi!("23-selects-nothing.yaml", only = ["issue.*", "tag:issues"]);

fn main() {}
