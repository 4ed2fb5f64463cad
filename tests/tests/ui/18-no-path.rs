capsmith::include_capability!(name = backups);

fn main() {}
