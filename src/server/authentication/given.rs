//! Credentials taken out of a request, which then no longer has them: they are for this server alone.

use axum::extract::{OriginalUri, Request};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;
use url::form_urlencoded;

/// What follows the name of a scheme in the one header `Authorization`.
pub(super) fn authorization(request: &mut Request, scheme: &str) -> Option<String> {
    let value = header(request, &AUTHORIZATION)?;
    let (name, rest) = value.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim().to_owned())
}

/// The value of a header that occurs once.
pub(super) fn header(request: &mut Request, name: &HeaderName) -> Option<String> {
    let mut values = request.headers().get_all(name).iter();
    let value = values.next().filter(|_| values.next().is_none()).and_then(|value| value.to_str().ok());
    let value = value.map(str::to_owned);
    request.headers_mut().remove(name);
    value
}

/// The value of a query parameter that occurs once.
pub(super) fn query(request: &mut Request, name: &str) -> Option<String> {
    let query = request.uri().query()?.to_owned();
    let is_wanted = |pair: &str| form_urlencoded::parse(pair.as_bytes()).any(|(found, _)| found == name);
    let (wanted, others): (Vec<&str>, Vec<&str>) = query.split('&').partition(|pair| is_wanted(pair));
    let value = match wanted.as_slice() {
        [] => return None,
        [pair] => form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()),
        _ => None,
    };
    let others = others.join("&");
    *request.uri_mut() = with_query(request.uri(), &others)?;
    let original = request.extensions().get::<OriginalUri>().and_then(|uri| with_query(&uri.0, &others));
    if let Some(original) = original {
        request.extensions_mut().insert(OriginalUri(original));
    }
    value
}

fn with_query(uri: &Uri, query: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    let target = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) };
    parts.path_and_query = Some(target.parse().ok()?);
    Uri::from_parts(parts).ok()
}

/// The value of a cookie that occurs once.
pub(super) fn cookie(request: &mut Request, name: &str) -> Option<String> {
    let headers: Vec<String> =
        request.headers().get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).map(str::to_owned).collect();
    let pairs = headers.iter().flat_map(|header| header.split(';')).map(str::trim);
    let (wanted, others): (Vec<&str>, Vec<&str>) =
        pairs.partition(|pair| pair.split_once('=').is_some_and(|(found, _)| found == name));
    let value = match wanted.as_slice() {
        [] => return None,
        [pair] => pair.split_once('=').map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned()),
        _ => None,
    };
    request.headers_mut().remove(COOKIE);
    if let (false, Ok(others)) = (others.is_empty(), HeaderValue::from_str(&others.join("; "))) {
        request.headers_mut().insert(COOKIE, others);
    }
    value
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
    fn a_header_is_taken_away_and_must_be_the_only_one() {
        let mut once = request("/", &[("authorization", "bearer  abc ")]);
        assert_eq!(authorization(&mut once, "Bearer").as_deref(), Some("abc"));
        assert!(once.headers().is_empty());
        let mut twice = request("/", &[("x-key", "a"), ("x-key", "a")]);
        assert_eq!(header(&mut twice, &HeaderName::from_static("x-key")), None);
        assert!(twice.headers().is_empty());
        for other in ["Basic abc", "Bearer", ""] {
            assert_eq!(authorization(&mut request("/", &[("authorization", other)]), "Bearer"), None, "{other}");
        }
    }

    #[test]
    fn a_query_loses_the_key_and_nothing_else() {
        let mut found = request("/a?b=%20&api%20key=x%2By+z&c", &[]);
        assert_eq!(query(&mut found, "api key").as_deref(), Some("x+y z"));
        assert_eq!(found.uri(), "/a?b=%20&c");
        let mut only = request("/a?key=x", &[]);
        assert_eq!(query(&mut only, "key").as_deref(), Some("x"));
        assert_eq!(only.uri(), "/a");
        assert_eq!(query(&mut request("/a?key=x&key=x", &[]), "key"), None);
        assert_eq!(query(&mut request("/a?keys=x", &[]), "key"), None);
    }

    #[test]
    fn cookies_lose_the_key_and_nothing_else() {
        let mut found = request("/", &[("cookie", "a=1; key=x%20y"), ("cookie", "b=2")]);
        assert_eq!(cookie(&mut found, "key").as_deref(), Some("x y"));
        assert_eq!(found.headers()[COOKIE], "a=1; b=2");
        let mut only = request("/", &[("cookie", "key=x")]);
        assert_eq!(cookie(&mut only, "key").as_deref(), Some("x"));
        assert!(only.headers().is_empty());
        assert_eq!(cookie(&mut request("/", &[("cookie", "key=x; key=y")]), "key"), None);
    }
}
