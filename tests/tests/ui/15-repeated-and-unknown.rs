capsmith::include_capability!("12-one-address.yaml", lints = denny, name = one, name = two);

fn main() {}
