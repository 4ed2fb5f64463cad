capsmith::include_capability!("12-one-address.yaml", nmae = backups);

fn main() {}
