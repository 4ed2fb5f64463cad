//! Redirects (RFC 9110, section 15.4).
//!
//! They are followed here and not by the HTTP client, because that turns a `POST` into a `GET` whenever it is sent
//! elsewhere, and says nothing of it.

use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use http::{Method, StatusCode};
use url::Url;

use super::take_user_info;

/// As many redirects as browsers follow at least.
pub(super) const MAX_REDIRECTS: usize = 10;

/// A request as it was before it was sent.
pub(super) struct Before {
    request: reqwest::Request,
    /// The body was a stream, which is gone.
    is_spent: bool,
}

impl Before {
    pub(super) fn new(request: &reqwest::Request) -> Self {
        if let Some(request) = request.try_clone() {
            return Self { request, is_spent: false };
        }
        let mut copy = reqwest::Request::new(request.method().clone(), request.url().clone());
        copy.headers_mut().clone_from(request.headers());
        *copy.version_mut() = request.version();
        Self { request: copy, is_spent: true }
    }

    pub(super) fn url(&self) -> &Url {
        self.request.url()
    }

    /// Whether the request can be sent again.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_spent
    }

    /// A copy of the request; `None` when its body is gone.
    pub(super) fn request(&self) -> Option<reqwest::Request> {
        self.request.try_clone().filter(|_| !self.is_spent)
    }

    /// The request, to send it again; `None` when its body is gone.
    pub(super) fn into_request(self) -> Option<reqwest::Request> {
        (!self.is_spent).then_some(self.request)
    }

    /// The request that `response` demands in place of this one; `None`: the response is the answer.
    ///
    /// - A redirect within the origin of the first request is followed, and one from `http` to `https` on one host:
    ///   headers and queries that hold credentials of other kinds than `Authorization` would go along.
    /// - 307 and 308 keep method and body, if the body is still there.
    /// - 303 leads to a `GET`: what was sent has been received.
    /// - 301 and 302 mean a `GET` to some and the same method to others, so they are followed for `GET` and `HEAD` alone.
    pub(super) fn follow(&self, first: &Url, response: &reqwest::Response) -> Option<reqwest::Request> {
        let is_reading = matches!(*self.request.method(), Method::GET | Method::HEAD);
        let becomes_get = match response.status() {
            StatusCode::SEE_OTHER => true,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND if is_reading && !self.is_spent => false,
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT if !self.is_spent => false,
            _ => return None,
        };
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let mut url = response.url().join(location).ok()?;
        take_user_info(&mut url);
        if !is_within(first, &url) {
            return None;
        }
        let mut request = self.request.try_clone()?;
        *request.url_mut() = url;
        if becomes_get {
            if !is_reading {
                *request.method_mut() = Method::GET;
            }
            *request.body_mut() = None;
            for name in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_LANGUAGE, TRANSFER_ENCODING] {
                request.headers_mut().remove(name);
            }
        }
        Some(request)
    }
}

fn is_within(first: &Url, next: &Url) -> bool {
    let is_upgraded = first.scheme() == "http"
        && next.scheme() == "https"
        && first.host() == next.host()
        && (first.port(), next.port()) == (None, None);
    first.origin() == next.origin() || is_upgraded
}
