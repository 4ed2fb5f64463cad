//! What a surface says about itself to clients that look for tokens (RFC 9728).

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::json;
use url::Url;

/// Where clients find it (section 3).
const PLACE: &str = "/.well-known/oauth-protected-resource";

/// A resource as it describes itself.
pub(crate) struct Described {
    /// The URL of the document, which follows from that of the resource, if it has one.
    pub(crate) place: Option<String>,
    document: Bytes,
}

impl Described {
    pub(crate) fn new(resource: &str, servers: &[&str], scopes: &[String]) -> Self {
        let mut document = json!({
            "resource": resource,
            "authorization_servers": servers,
            "bearer_methods_supported": ["header"],
        });
        if !scopes.is_empty() {
            document["scopes_supported"] = json!(scopes);
        }
        Self { place: place(resource), document: document.to_string().into() }
    }

    /// Adds the document to a router, for everyone: whatever follows the well-known part is the path of the resource as its
    /// clients know it.
    pub(crate) fn publish(&self, router: Router) -> Router {
        let document = self.document.clone();
        let answer = get(async move || ([(CONTENT_TYPE, "application/json")], document));
        router.route(PLACE, answer.clone()).route(&format!("{PLACE}/{{*path}}"), answer)
    }
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
