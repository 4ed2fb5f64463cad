capsmith::include_openapi!("23-selects-nothing.yaml", onyl = ["issues.*"], types = { Issue = "Issue" }, derives = [1]);

fn main() {}
