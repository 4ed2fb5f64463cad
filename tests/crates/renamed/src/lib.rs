//! `capsmith` is called `engine` here.

#![deny(warnings, missing_docs)]

engine::include_capability!("backups.yaml");
engine::include_openapi!("odd-api.yaml");

/// The routes of the capability.
///
/// # Errors
///
/// Where a setting is missing.
pub fn router() -> Result<engine::axum::Router, engine::ConfigError> {
    let client = backups::Client::from_env()?;
    Ok(backups::rest::router(client.clone()).merge(backups::mcp::router(client)))
}
