//! The output of the macro in edition 2018.

#![deny(warnings, missing_docs)]
#![warn(rust_2018_idioms)]

capsmith::include_capability!("backups.yaml");
capsmith::include_openapi!("odd-api.yaml");

/// The routes.
///
/// # Errors
///
/// Where a setting is missing.
pub fn router() -> Result<capsmith::axum::Router, capsmith::ConfigError> {
    Ok(backups::rest::router(backups::Client::from_env()?))
}
