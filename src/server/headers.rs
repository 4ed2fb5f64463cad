//! Which headers pass between caller and upstream.

use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, EXPECT, HOST,
    PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, SET_COOKIE, STRICT_TRANSPORT_SECURITY, TE, TRAILER, TRANSFER_ENCODING,
    UPGRADE,
};
use http::{HeaderMap, HeaderName};

/// Fields of a connection (RFC 9110, section 7.6.1), and those with which the upstream speaks about its own origin: a
/// cookie, transport security, and the permission for web pages to read the answer are not for this server's.
const NOT_PASSED: [HeaderName; 9] = [
    CONNECTION,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    SET_COOKIE,
    STRICT_TRANSPORT_SECURITY,
];
const NOT_PASSED_EITHER: [&str; 5] = ["keep-alive", "proxy-connection", "alt-svc", "clear-site-data", "set-cookie2"];

/// Removes from an upstream's answer what is not for the caller.
pub(crate) fn retain_end_to_end(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&NOT_PASSED) {
        headers.remove(name);
    }
    for name in NOT_PASSED_EITHER {
        headers.remove(name);
    }
    let cross_origin: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with("access-control-")).cloned().collect();
    for name in cross_origin {
        headers.remove(name);
    }
}

/// Never passed to the upstream, whatever the settings say: credentials for this server, and what belongs to the
/// connection or to the body.
const NEVER_FORWARDED: [HeaderName; 12] = [
    AUTHORIZATION,
    COOKIE,
    PROXY_AUTHORIZATION,
    HOST,
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    CONTENT_ENCODING,
    EXPECT,
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The headers of a caller's request that go along to the upstream.
pub(crate) fn forward_headers<'a>(headers: &HeaderMap, names: impl IntoIterator<Item = &'a HeaderName>) -> HeaderMap {
    let mut forwarded = HeaderMap::new();
    for name in names {
        if NEVER_FORWARDED.contains(name) {
            continue;
        }
        for value in headers.get_all(name) {
            forwarded.append(name.clone(), value.clone());
        }
    }
    forwarded
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn answers_lose_what_belongs_to_the_upstreams_connection_and_origin() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Internal"),
            ("x-internal", "1"),
            ("keep-alive", "timeout=5"),
            ("set-cookie", "session=1"),
            ("access-control-allow-origin", "*"),
            ("etag", "\"1\""),
            ("link", "</2>; rel=next"),
            ("retry-after", "3"),
            ("location", "/1"),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        retain_end_to_end(&mut headers);
        let mut left: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["etag", "link", "location", "retry-after"]);
    }

    #[test]
    fn credentials_of_the_caller_are_never_forwarded() {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "cookie", "x-request-id", "x-other"] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static("1"));
        }
        let listed = ["authorization", "cookie", "x-request-id"].map(HeaderName::from_static);
        let forwarded = forward_headers(&headers, &listed);
        assert_eq!(forwarded.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["x-request-id"]);
    }
}
