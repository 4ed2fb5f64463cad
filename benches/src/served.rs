//! The generated server under measurement.

use crate::{BenchError, TOKEN, process};

capsmith::include_capability!("specs/platform-backups.yaml");

/// Serves REST and MCP until the process is killed.
pub(crate) async fn run(base: String) -> Result<(), BenchError> {
    let config = platform_backups::Config {
        platform_backups_base_url: capsmith::BaseUrl::new(base),
        platform_backups_rest_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        platform_backups_mcp_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        planetscale_api_key: Some(TOKEN.into()),
        ..platform_backups::Config::default()
    };
    let client = platform_backups::Client::new(&config).map_err(capsmith::Error::from)?;
    let server = platform_backups::bind(config, client).await?;
    for namespace in ["platform-backups-rest", "platform-backups-mcp"] {
        if let Some(address) = server.local_addr(namespace) {
            process::report_address(address);
        }
    }
    Ok(server.run().await?)
}
