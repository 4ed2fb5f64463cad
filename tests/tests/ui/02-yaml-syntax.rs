capsmith::include_capability!("02-yaml-syntax.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
