//! The harbour capability as a program: its secrets come from a file and from the environment.

use capsmith_generated::harbour::{Client, Config, bind};

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    eprintln!("{config:?}");
    let client = Client::new(&config)?;
    let server = bind(config, client).await?;
    for (namespace, address) in server.addresses() {
        println!("{namespace} {address}");
    }
    println!("ready");
    server.run().await
}
