//! The PlanetScale capability as a program: configured by the environment, stopped by a signal.
//!
//! Without an argument it serves what the file says and prints where; with `--stdio` it is an MCP server on standard
//! input and output.

use capsmith_tests::alone::platform_backups::{Client, Config, bind, mcp};

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    let client = Client::new(&config)?;
    if std::env::args().nth(1).as_deref() == Some("--stdio") {
        return mcp::serve_stdio(client).await;
    }
    let server = bind(config, client).await?;
    for (namespace, address) in server.addresses() {
        println!("{namespace} {address}");
    }
    println!("ready");
    server.run().await?;
    println!("stopped");
    Ok(())
}
