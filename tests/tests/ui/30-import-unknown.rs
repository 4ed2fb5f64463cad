capsmith::include_capability!("30-import-unknown.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
