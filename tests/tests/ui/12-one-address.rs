capsmith::include_capability!("12-one-address.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
