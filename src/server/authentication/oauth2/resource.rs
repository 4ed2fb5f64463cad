//! What a surface says about itself to clients that look for tokens (RFC 9728).

use bytes::Bytes;
use serde_json::json;
use url::Url;

/// Where clients find it (section 3).
pub(in super::super) const PLACE: &str = "/.well-known/oauth-protected-resource";

/// The URL of the document, and the document. The URL follows from that of the resource, if it has one.
pub(super) fn description(resource: &str, server: &str, scopes: &[String]) -> (Option<String>, Bytes) {
    let mut document = json!({
        "resource": resource,
        "authorization_servers": [server],
        "bearer_methods_supported": ["header"],
    });
    if !scopes.is_empty() {
        document["scopes_supported"] = json!(scopes);
    }
    (place(resource), document.to_string().into())
}

/// The well-known part stands before the path (section 3.1).
fn place(resource: &str) -> Option<String> {
    let mut url = Url::parse(resource).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let path = format!("{PLACE}{}", url.path().trim_end_matches('/'));
    url.set_path(&path);
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_follows_from_the_resource() {
        for (resource, expected) in [
            ("https://a.example", Some("https://a.example/.well-known/oauth-protected-resource")),
            ("https://a.example/mcp/", Some("https://a.example/.well-known/oauth-protected-resource/mcp")),
            ("https://a.example/b?c=d", Some("https://a.example/.well-known/oauth-protected-resource/b?c=d")),
            ("urn:things", None),
        ] {
            assert_eq!(place(resource).as_deref(), expected, "{resource}");
        }
    }
}
