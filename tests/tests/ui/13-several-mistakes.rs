capsmith::include_capability!("13-several-mistakes.yaml", name = backups);

fn main() {
    let _ = backups::Config::default();
}
