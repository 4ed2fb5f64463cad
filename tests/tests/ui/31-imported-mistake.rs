capsmith::include_capability!("31-imported-mistake.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
