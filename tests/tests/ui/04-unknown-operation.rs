capsmith::include_capability!("04-unknown-operation.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
