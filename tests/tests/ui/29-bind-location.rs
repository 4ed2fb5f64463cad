capsmith::include_capability!("29-bind-location.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
