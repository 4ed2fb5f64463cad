capsmith::include_capability!("10-ambiguous-parameter.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
