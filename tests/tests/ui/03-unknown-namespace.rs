capsmith::include_capability!("03-unknown-namespace.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
