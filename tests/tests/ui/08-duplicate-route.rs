capsmith::include_capability!("08-duplicate-route.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
