//! Which headers pass between caller and upstream.

use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, EXPECT, HOST,
    PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, SET_COOKIE, STRICT_TRANSPORT_SECURITY, TE, TRAILER, TRANSFER_ENCODING,
    UPGRADE,
};
use http::{HeaderMap, HeaderName};

/// Removes from an upstream's answer what is not for the caller.
pub(crate) fn retain_end_to_end(headers: &mut HeaderMap) {
    // Most answers have nothing to remove, and then nothing is allocated.
    let removed: Vec<HeaderName> =
        of_connection(headers).chain(headers.keys().filter(|name| !is_end_to_end(name)).cloned()).collect();
    for name in removed {
        headers.remove(name);
    }
}

/// The fields that a message says belong to its connection (RFC 9110, section 7.6.1).
pub(crate) fn of_connection(headers: &HeaderMap) -> impl Iterator<Item = HeaderName> {
    let named = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).filter_map(|name| name.trim().parse().ok())
}

/// Neither a field of the connection (RFC 9110, section 7.6.1), nor one with which the upstream speaks about its own
/// origin: a cookie, transport security, and the permission for web pages to read the answer are not for this server's.
fn is_end_to_end(name: &HeaderName) -> bool {
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
    const NOT_PASSED_EITHER: [&str; 5] =
        ["keep-alive", "proxy-connection", "alt-svc", "clear-site-data", "set-cookie2"];
    !NOT_PASSED.contains(name)
        && !NOT_PASSED_EITHER.contains(&name.as_str())
        && !name.as_str().starts_with("access-control-")
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

/// The headers of a caller's request that go along to the upstream: those of `names`.
pub(crate) fn forward_headers(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    let mut forwarded = HeaderMap::new();
    for (name, value) in headers {
        if names.contains(name) && !NEVER_FORWARDED.contains(name) {
            forwarded.append(name.clone(), value.clone());
        }
    }
    if !forwarded.is_empty() {
        of_connection(headers).for_each(|name| drop(forwarded.remove(name)));
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
        headers.insert(CONNECTION, HeaderValue::from_static("close, X-Request-Id"));
        assert!(forward_headers(&headers, &listed).is_empty(), "what belongs to the connection");
    }
}
