//! What asking for tokens and checking them have in common: addresses that may be trusted, and what authorization servers
//! say about themselves.

mod fetch;
mod metadata;

pub(crate) use fetch::fetch;
pub(crate) use metadata::discover;

use url::Url;

use crate::client::is_loopback;

/// A URL that secrets may be sent to: one of `https`, or of this machine. It has none in itself, since logs name it.
pub(crate) fn trusted_url(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok().filter(|url| url.username().is_empty() && url.password().is_none())?;
    let is_trusted = match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(&url),
        _ => false,
    };
    is_trusted.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_trusted_without_encryption() {
        for url in ["https://id.example/a", "http://127.0.0.1:8080", "http://localhost/x", "http://[::1]/"] {
            assert!(trusted_url(url).is_some(), "{url}");
        }
        for url in [
            "http://id.example",
            "ftp://id.example",
            "id.example",
            "",
            "https://",
            "http://127.0.0.1.example/",
            "https://me:secret@id.example/",
            "http://127.0.0.1@id.example/",
        ] {
            assert!(trusted_url(url).is_none(), "{url}");
        }
    }
}
