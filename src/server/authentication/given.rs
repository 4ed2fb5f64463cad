//! Credentials in a request, and taking them out of it: they are for this server alone.

use axum::extract::{OriginalUri, Request};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

/// What follows the name of a scheme in the one header `Authorization`.
pub(super) fn authorization(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let value = header(headers, &AUTHORIZATION)?;
    let (name, rest) = value.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim().to_owned())
}

/// The same, which the request loses.
pub(super) fn take_authorization(request: &mut Request, scheme: &str) -> Option<String> {
    let value = authorization(request.headers(), scheme);
    request.headers_mut().remove(AUTHORIZATION);
    value
}

/// The value of a header that occurs once.
pub(super) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok());
    value.map(str::to_owned)
}

/// The value of a query parameter that occurs once.
pub(super) fn query(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(uri.query()?.as_bytes()).filter(|(found, _)| found == name);
    let value = pairs.next().filter(|_| pairs.next().is_none());
    value.map(|(_, value)| value.into_owned())
}

/// Whether there is a query parameter, however often.
pub(super) fn has_query(uri: &Uri, name: &str) -> bool {
    uri.query().is_some_and(|query| form_urlencoded::parse(query.as_bytes()).any(|(found, _)| found == name))
}

/// Takes a query parameter away, however often it occurs.
pub(super) fn remove_query(request: &mut Request, name: &str) {
    let Some(query) = request.uri().query() else { return };
    let is_other = |pair: &&str| !form_urlencoded::parse(pair.as_bytes()).any(|(found, _)| found == name);
    let others: Vec<&str> = query.split('&').filter(is_other).collect();
    if others.len() == query.split('&').count() {
        return;
    }
    let others = others.join("&");
    if let Some(uri) = with_query(request.uri(), &others) {
        *request.uri_mut() = uri;
    }
    let original = request.extensions().get::<OriginalUri>().and_then(|uri| with_query(&uri.0, &others));
    if let Some(original) = original {
        request.extensions_mut().insert(OriginalUri(original));
    }
}

fn with_query(uri: &Uri, query: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    let target = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) };
    parts.path_and_query = Some(target.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// The value of a cookie that occurs once.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = cookies(headers).filter_map(|pair| pair.split_once('=')).filter(|(found, _)| *found == name);
    let value = values.next().filter(|_| values.next().is_none());
    value.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// Whether there is a cookie, however often.
pub(super) fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    cookies(headers).any(|pair| is_cookie(pair, name))
}

fn is_cookie(pair: &str, name: &str) -> bool {
    pair.split_once('=').is_some_and(|(found, _)| found == name)
}

/// Takes a cookie away, however often it occurs.
pub(super) fn remove_cookie(request: &mut Request, name: &str) {
    if !has_cookie(request.headers(), name) {
        return;
    }
    let others: Vec<&str> = cookies(request.headers()).filter(|pair| !is_cookie(pair, name)).collect();
    let others = HeaderValue::from_str(&others.join("; ")).ok().filter(|others| !others.is_empty());
    request.headers_mut().remove(COOKIE);
    if let Some(others) = others {
        request.headers_mut().insert(COOKIE, others);
    }
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let fields = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|field| field.split(';')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn request(target: &str, headers: &[(&str, &str)]) -> Request {
        let request = Request::builder().uri(target);
        headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value))
            .body(Body::empty())
            .unwrap()
    }

    #[test]
    fn a_header_must_be_the_only_one() {
        let mut once = request("/", &[("authorization", "bearer  abc ")]);
        assert_eq!(take_authorization(&mut once, "Bearer").as_deref(), Some("abc"));
        assert!(once.headers().is_empty());
        let twice = request("/", &[("x-key", "a"), ("x-key", "a")]);
        assert_eq!(header(twice.headers(), &HeaderName::from_static("x-key")), None);
        for other in ["Basic abc", "Bearer", ""] {
            let mut other = request("/", &[("authorization", other)]);
            assert_eq!(take_authorization(&mut other, "Bearer"), None, "{other:?}");
            assert!(other.headers().is_empty());
        }
    }

    #[test]
    fn a_query_loses_the_key_and_nothing_else() {
        let mut found = request("/a?b=%20&api%20key=x%2By+z&c", &[]);
        assert_eq!(query(found.uri(), "api key").as_deref(), Some("x+y z"));
        remove_query(&mut found, "api key");
        assert_eq!(found.uri(), "/a?b=%20&c");
        let mut only = request("/a?key=x&key=x", &[]);
        assert_eq!(query(only.uri(), "key"), None);
        remove_query(&mut only, "key");
        assert_eq!(only.uri(), "/a");
        let mut other = request("/a?keys=x&", &[]);
        assert_eq!(query(other.uri(), "key"), None);
        remove_query(&mut other, "key");
        assert_eq!(other.uri(), "/a?keys=x&");
    }

    #[test]
    fn cookies_lose_the_key_and_nothing_else() {
        let mut found = request("/", &[("cookie", "a=1; key=x%20y"), ("cookie", "b=2")]);
        assert_eq!(cookie(found.headers(), "key").as_deref(), Some("x y"));
        remove_cookie(&mut found, "key");
        assert_eq!(found.headers()[COOKIE], "a=1; b=2");
        let mut only = request("/", &[("cookie", "key=x")]);
        remove_cookie(&mut only, "key");
        assert!(only.headers().is_empty());
        assert_eq!(cookie(request("/", &[("cookie", "key=x; key=y")]).headers(), "key"), None);
    }
}
