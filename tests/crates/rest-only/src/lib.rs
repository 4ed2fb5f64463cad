//! One kind of surface is served, and the other is not compiled.

#![deny(warnings, missing_docs)]

capsmith::include_capability!("backups.yaml");

/// The router.
///
/// # Errors
///
/// Where a setting is missing.
pub fn router() -> Result<capsmith::axum::Router, capsmith::ConfigError> {
    Ok(backups::rest::router(backups::Client::from_env()?))
}
