//! Handlers that override one operation, and routers made of them.

#![deny(warnings, missing_docs)]

use backups::{Client, Config, Handlers, operations};
use capsmith::{Context, Problem, Reply};

capsmith::include_capability!("backups.yaml");

#[derive(Clone)]
struct Limited(Client);

impl Handlers for Limited {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn createbackup(&self, mut inputs: operations::Createbackup, context: Context) -> Result<Reply, Problem> {
        "main".clone_into(&mut inputs.branch);
        self.0.forward(inputs, context).await
    }
}

fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    let client = Client::new(&config)?;
    let request = client.createbackup("acme", "shop", "main");
    drop(request.body(capsmith::Json::null()).send());
    let handlers = Limited(client);
    let _ = backups::rest::router(handlers.clone());
    let _ = backups::mcp::router(handlers.clone());
    drop(backups::serve_with(config, handlers));
    Ok(())
}
