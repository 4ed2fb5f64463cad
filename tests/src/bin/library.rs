//! The library capability as a program: configured by the environment, stopped by signals.

capsmith::include_capability!("capabilities/library.yaml");

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = library::Config::from_env()?;
    let client = library::Client::new(&config)?;
    let server = library::bind(config, client).await?;
    for (namespace, address) in server.addresses() {
        println!("{namespace} {address}");
    }
    println!("ready");
    server.run().await?;
    println!("stopped");
    Ok(())
}
