//! The upstream is called, and nothing is served.

#![deny(warnings, missing_docs)]

capsmith::include_capability!("backups.yaml");
capsmith::include_openapi!("odd-api.yaml");

/// Calls the upstream.
///
/// # Errors
///
/// What the upstream answers, where that is an error.
pub async fn list(client: &backups::Client) -> Result<capsmith::Value, capsmith::ClientError> {
    client.listbackups("shop").await
}

/// Calls the upstream with a body.
///
/// # Errors
///
/// What the upstream answers, where that is an error.
pub async fn create(client: &backups::Client) -> Result<capsmith::Value, capsmith::ClientError> {
    client.createbackup("shop").body(capsmith::Json::null()).await
}
