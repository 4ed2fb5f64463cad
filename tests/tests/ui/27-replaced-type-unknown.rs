capsmith::include_openapi!("23-selects-nothing.yaml", types = { Isue = "std::string::String" });

fn main() {}
