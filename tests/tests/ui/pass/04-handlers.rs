//! Handlers that override one operation, and routers made of them.

#![deny(warnings, missing_docs)]

use backups::{Client, Config, Handlers, operations};
use capsmith::{Context, Problem, Reply, SecretString};

capsmith::include_capability!("backups.yaml");

#[derive(Clone)]
struct Stubbed(Client);

impl Handlers for Stubbed {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn createbackup(&self, inputs: operations::Createbackup, context: Context) -> Result<Reply, Problem> {
        assert_eq!(inputs.organization, "acme");
        self.0.forward(inputs, context).await
    }
}

fn main() {
    let mut config = Config::default();
    config.planetscale_api_key = Some(SecretString::from("token"));
    let client = Client::new(&config).expect("everything is set");
    let request = client.createbackup("acme", "shop", "main");
    drop(request.body(capsmith::Json::null()).send());
    let handlers = Stubbed(client);
    let _ = backups::rest::router(handlers.clone());
    let _ = backups::mcp::router(handlers.clone());
    drop(backups::serve_with(config, handlers));
}
