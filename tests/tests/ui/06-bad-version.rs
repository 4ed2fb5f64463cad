capsmith::include_capability!("06-bad-version.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
