capsmith::include_capability!("05-unknown-field.yaml", name = backups, lints = deny);

fn main() {
    let _ = backups::Config::default();
}
