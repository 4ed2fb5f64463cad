capsmith::include_capability!("12-one-adress.yaml", name = backups);

fn main() {
    // The module is there all the same, so that one mistake gives one error.
    let config = backups::Config::default();
    let client = backups::Client::new(&config).unwrap();
    let _ = backups::rest::router(client.clone());
    let _ = backups::mcp::router(client.clone());
    drop(backups::serve_with(config, client));
}
