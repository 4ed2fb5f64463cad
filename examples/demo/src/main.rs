//! The PlanetScale backups capability, served in front of a mock of its upstream: no key, no network.
//!
//! Both are joined by one OpenAPI document: it gives the capability its types, and the mock is made of it alone.
//!
//! ```sh
//! cargo run -p demo
//! ```
//!
//! It listens where the file says, or on free ports where those are taken. `PLATFORM_BACKUPS_REST_ADDR` and
//! `PLATFORM_BACKUPS_MCP_ADDR` override that.

mod hints;

use std::io;
use std::net::TcpListener;

use capsmith::{BaseUrl, ListenAddress, axum};

use platform_backups::{CAPABILITY, Client, Config};

capsmith::include_capability!("platform-backups.yaml", openapi = "planetscale-platform.yaml");
capsmith::include_openapi!("planetscale-platform.yaml", only = ["tag:Backups"], surfaces = [mock]);

/// What the capability sends to its upstream. The mock takes any.
const TOKEN: &str = "demo-token";

/// Why the demo could not start or stopped early.
#[derive(Debug, thiserror::Error)]
enum DemoError {
    #[error("the upstream could not listen")]
    Upstream(#[from] io::Error),
    #[error("`{variable}` is not `host:port`")]
    Address { variable: &'static str },
    #[error(transparent)]
    Capability(#[from] capsmith::Error),
}

#[tokio::main]
async fn main() -> Result<(), DemoError> {
    let mut config = Config {
        platform_backups_base_url: start_upstream().await?,
        planetscale_api_key: Some(TOKEN.into()),
        ..Config::default()
    };
    choose_address("PLATFORM_BACKUPS_REST_ADDR", &mut config.platform_backups_rest_addr)?;
    choose_address("PLATFORM_BACKUPS_MCP_ADDR", &mut config.platform_backups_mcp_addr)?;

    let client = Client::new(&config).map_err(capsmith::Error::from)?;
    let server = platform_backups::bind(config, client).await?;
    println!("{}", hints::text(&CAPABILITY, &server));
    server.run().await?;
    println!("Stopped.");
    Ok(())
}

/// Starts the mock on a free port, for as long as the program runs.
async fn start_upstream() -> io::Result<BaseUrl> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, planetscale_platform::mock::router()).await });
    Ok(BaseUrl::new(format!("http://{address}")))
}

/// Takes the address from the environment, or a free port where the one of the file is taken.
fn choose_address(variable: &'static str, address: &mut ListenAddress) -> Result<(), DemoError> {
    if let Ok(text) = std::env::var(variable) {
        *address = text.parse().map_err(|_| DemoError::Address { variable })?;
    } else if TcpListener::bind((address.host(), address.port())).is_err() {
        *address = ListenAddress::new(address.host(), 0);
    }
    Ok(())
}
