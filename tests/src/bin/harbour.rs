//! The harbour capability as a program: its secrets come from a file and from the environment. With `--stdio` it is an MCP
//! server on standard input and output.

use capsmith_generated::harbour::{Client, Config, bind, mcp};

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    eprintln!("{config:?}");
    let client = Client::new(&config)?;
    if std::env::args().nth(1).as_deref() == Some("--stdio") {
        return mcp::serve_stdio(client).await;
    }
    let server = bind(config, client).await?;
    for (namespace, address) in server.addresses() {
        println!("{namespace} {address}");
    }
    println!("ready");
    server.run().await
}
