capsmith::include_capability!("09-undeclared-variable.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
