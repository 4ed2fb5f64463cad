//! The surface of `capabilities/engine.yaml` on standard input and output, as a program.

capsmith::include_capability!("capabilities/engine.yaml");

use engine::{Client, Config, mcp_coast_pipe};

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let client = Client::new(&Config::from_env()?)?;
    mcp_coast_pipe::serve_stdio(client).await
}
