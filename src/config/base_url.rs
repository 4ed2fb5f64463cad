use std::fmt;

use url::Url;

use super::ConfigProblem;

/// The URL that an upstream's paths are appended to.
///
/// It is checked when a client is built, together with everything else that a configuration needs, so that all
/// mistakes are reported at once. User name and password in the URL are sent as basic authentication (RFC 7617)
/// where the capability has no authentication of its own; `Debug` hides them.
///
/// ```
/// use capsmith::BaseUrl;
///
/// let base_url = BaseUrl::new("https://api.example.com/v1");
/// assert!(base_url.is_set());
/// assert!(!BaseUrl::unset().is_set());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// A base URL from its text.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// No base URL: one must be supplied before a client can be built.
    #[must_use]
    pub const fn unset() -> Self {
        Self(String::new())
    }

    /// Whether there is a URL.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    /// The text of the URL, with user name and password if it has them; empty where it is unset.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses the URL; `variable` is the environment variable that a problem names.
    pub(crate) fn parse(&self, variable: &'static str) -> Result<Url, ConfigProblem> {
        if !self.is_set() {
            return Err(ConfigProblem::MissingBaseUrl { variable });
        }
        let invalid = |reason: String| ConfigProblem::InvalidBaseUrl { variable, reason };
        let url = Url::parse(&self.0).map_err(|error| invalid(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(invalid(format!("the scheme is `{}`, not `http` or `https`", url.scheme())));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(invalid("a base URL has neither a query nor a fragment".to_owned()));
        }
        Ok(url)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = match self.0.split_once("://") {
            Some((scheme, rest)) => {
                let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                match rest[..authority].rfind('@') {
                    Some(at) => format!("{scheme}://[REDACTED]{}", &rest[at..]),
                    None => self.0.clone(),
                }
            }
            // Without a scheme it is unclear what is a credential.
            None if self.0.contains('@') => "[REDACTED]".to_owned(),
            None => self.0.clone(),
        };
        formatter.debug_tuple("BaseUrl").field(&shown).finish()
    }
}

impl From<&str> for BaseUrl {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl From<String> for BaseUrl {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_credentials() {
        let shown = format!("{:?}", BaseUrl::new("https://user:hunter2@api.example.com/v1"));
        assert_eq!(shown, r#"BaseUrl("https://[REDACTED]@api.example.com/v1")"#);
        assert!(!format!("{:?}", BaseUrl::new("user:hunter2@api.example.com")).contains("hunter2"));
        assert_eq!(format!("{:?}", BaseUrl::new("https://a.example/@me")), r#"BaseUrl("https://a.example/@me")"#);
    }

    #[test]
    fn refuses_what_cannot_be_a_base() {
        for (text, part) in [
            ("", "A_BASE_URL"),
            ("not a url", "A_BASE_URL"),
            ("ftp://example.com", "`ftp`"),
            ("https://example.com/?a=1", "query"),
            ("https://example.com/#top", "fragment"),
        ] {
            let problem = BaseUrl::new(text).parse("A_BASE_URL").unwrap_err();
            assert!(problem.to_string().contains(part), "{text}: {problem}");
        }
    }
}
