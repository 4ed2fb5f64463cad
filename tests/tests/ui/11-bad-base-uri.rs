capsmith::include_capability!("11-bad-base-uri.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
