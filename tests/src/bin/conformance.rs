//! The server that the conformance suite of MCP talks to (`cargo xtask conformance`). With `--stdio` it is on standard input and
//! output.

use capsmith_generated::conformance::{Client, Config, bind, mcp};
use capsmith_tests::conformance::Conformance;

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    let handlers = Conformance::new(Client::new(&config)?);
    if std::env::args().nth(1).as_deref() == Some("--stdio") {
        return mcp::serve_stdio(handlers).await;
    }
    let server = bind(config, handlers).await?;
    for (namespace, address) in server.addresses() {
        println!("{namespace} {address}");
    }
    println!("ready");
    server.run().await
}
