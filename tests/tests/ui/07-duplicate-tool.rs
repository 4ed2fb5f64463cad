capsmith::include_capability!("07-duplicate-tool.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
