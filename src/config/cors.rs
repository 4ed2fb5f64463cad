use std::time::Duration;

/// Which web pages of other origins may read the answers of a server (CORS of the Fetch standard); none.
///
/// It holds for everything that a listener has: the routes, `/mcp`, `/openapi.json`, the metadata of RFC 9728, refusals, and
/// probes. An origin that may read answers is one that [`Settings::allowed_origins`](crate::Settings::allowed_origins) lets in.
///
/// ```
/// use capsmith::Settings;
///
/// let mut settings = Settings::default();
/// settings.cors.origins = vec!["https://app.example".to_owned()];
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cors {
    /// The origins, with `:*` for any port; `*` alone is any origin. Empty: none, and no header of CORS is sent.
    pub origins: Vec<String>,
    /// Whether pages may send cookies and other credentials of the browser along; no. A token that a page itself puts into a
    /// header is none of these. With `*` among the origins it has no effect: any page could act as the user.
    pub credentials: bool,
    /// How long a browser may remember what it may do; 10 minutes.
    pub max_age: Duration,
}

impl Default for Cors {
    fn default() -> Self {
        Self { origins: Vec::new(), credentials: false, max_age: Duration::from_secs(600) }
    }
}

impl Cors {
    /// Whether any page may read answers.
    #[cfg(feature = "__server")]
    pub(crate) fn is_any(&self) -> bool {
        self.origins.iter().any(|origin| origin == "*")
    }
}

#[cfg(feature = "__server")]
impl super::Settings {
    /// The origins whose requests are answered; `None`: all.
    pub(crate) fn accepted_origins(&self) -> Option<Vec<String>> {
        let origins = || self.allowed_origins.iter().chain(&self.cors.origins).cloned().collect();
        (!self.cors.is_any()).then(origins)
    }
}
