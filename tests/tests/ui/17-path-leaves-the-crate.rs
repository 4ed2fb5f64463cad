capsmith::include_capability!("../../../../../../../../capability.yaml");

fn main() {}
