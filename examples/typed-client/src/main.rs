//! A typed client made of an OpenAPI document, against an in-memory upstream: no key, no network.
//!
//! ```sh
//! cargo run -p typed-client
//! ```
//!
//! With an access token in `PLANETSCALE_PLATFORM_ACCESS_TOKEN` and your names in place of `acme`, `shop` and `main`,
//! `Client::from_env()` reaches the real one.

mod upstream;

use std::io;

use capsmith::BaseUrl;
use capsmith::openapi::CallError;

use planetscale_platform::types::{BackupState, Error, NewBackup, RetentionUnit};
use planetscale_platform::{Client, Config};

capsmith::include_openapi!("planetscale-platform.yaml", only = ["tag:Backups"]);

/// What the upstream expects and the client sends.
const TOKEN: &str = "example-token";

/// Why the example stopped early.
#[derive(Debug, thiserror::Error)]
enum ExampleError {
    #[error("the upstream could not listen")]
    Upstream(#[from] io::Error),
    #[error(transparent)]
    Config(#[from] capsmith::ConfigError),
    #[error(transparent)]
    Call(#[from] CallError<Error>),
}

#[tokio::main]
async fn main() -> Result<(), ExampleError> {
    let config = Config { base_url: start_upstream().await?, access_token: Some(TOKEN.into()), ..Config::default() };
    let client = Client::new(&config)?;

    // What the document demands is an argument, what it does not is a field or a method.
    let wanted = NewBackup {
        name: Some("before-migration".to_owned()),
        retention_unit: Some(RetentionUnit::Day),
        retention_value: Some(7),
        ..NewBackup::default()
    };
    let backup = client.create_backup("acme", "shop", "main", wanted).await?;
    println!("Started `{}`: {}, {} bytes.", backup.name, backup.state, backup.size);

    // Lists that come in pages are streams.
    let finished = vec![BackupState::Success];
    let mut backups = client.list_backups("acme", "shop", "main").state(finished).per_page(2).items();
    while let Some(backup) = backups.next().await {
        let backup = backup?;
        println!("`{}` is {} and {} bytes large.", backup.name, backup.state, backup.size);
    }

    // Failures have the type that the document gives them.
    if let Err(error) = client.get_backup("acme", "shop", "main", "lost").await {
        match error.failure() {
            Some(Error { code, message }) => println!("{code}: {message}"),
            None => return Err(error.into()),
        }
    }
    Ok(())
}

/// Starts the upstream on a free port, for as long as the program runs.
async fn start_upstream() -> io::Result<BaseUrl> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, upstream::router(TOKEN)).await });
    Ok(BaseUrl::new(format!("http://{address}/v1")))
}
