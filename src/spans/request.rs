//! One request of a caller, as a server gets it.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use http::{StatusCode, Version};
use tracing::Span;
use tracing::field::Empty;

use super::{SERVER, fail, method_in_name, method_name, name};
use crate::telemetry;

/// A request at work.
pub(crate) struct Request {
    pub(crate) span: Span,
    /// `None`: nobody listens.
    told: Option<Told>,
}

struct Told {
    surface: &'static str,
    scheme: &'static str,
    matched: Matched,
    started: Instant,
    /// Counts the request as active until it is gone.
    _active: telemetry::Active,
}

/// Which route a request is for, as soon as that is known. It goes along with the request.
#[derive(Clone)]
pub(crate) struct Matched(Arc<Inner>);

struct Inner {
    span: Span,
    method: String,
    route: OnceLock<String>,
}

impl Matched {
    /// Tells the route of a request, where somebody listens.
    #[cfg(feature = "rest")]
    pub(crate) fn tell(extensions: &http::Extensions, route: impl FnOnce() -> String) {
        let Some(Self(inner)) = extensions.get::<Self>() else { return };
        let route = inner.route.get_or_init(route);
        inner.span.record("http.route", route.as_str());
        telemetry::rename(&inner.span, || format!("{} {route}", method_in_name(&inner.method)));
    }

    /// The span of the request.
    #[cfg(feature = "mcp")]
    pub(crate) fn span(&self) -> &Span {
        &self.0.span
    }
}

impl Request {
    /// Begins a span that continues the trace of the caller. `scheme` is that of the URLs of the surface.
    pub(crate) fn begin<B>(surface: &'static str, scheme: &'static str, request: &mut http::Request<B>) -> Self {
        let span = tracing::info_span!(
            "request",
            otel.kind = SERVER,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.surface = surface,
            http.request.method = method_name(request.method()),
            url.scheme = scheme,
            url.path = request.uri().path(),
            http.route = Empty,
            network.protocol.version = Empty,
            http.response.status_code = Empty,
            "error.type" = Empty,
        );
        if span.is_disabled() {
            return Self { span, told: None };
        }
        let method = method_name(request.method()).to_owned();
        if let Some(version) = version(request.version()) {
            span.record("network.protocol.version", version);
        }
        name(&span, || method_in_name(&method).to_owned());
        telemetry::extract(&span, request.headers());
        let active = telemetry::begin_request(&span, surface, scheme, &method);
        let matched = Matched(Arc::new(Inner { span: span.clone(), method, route: OnceLock::new() }));
        request.extensions_mut().insert(matched.clone());
        Self { span, told: Some(Told { surface, scheme, matched, started: Instant::now(), _active: active }) }
    }

    /// Tells what came of it: in the log, and where telemetry goes.
    pub(crate) fn end(self, status: StatusCode) {
        let Self { span, told: Some(told) } = self else { return };
        let latency = told.started.elapsed();
        span.record("http.response.status_code", i64::from(status.as_u16()));
        if status.is_server_error() {
            fail(&span, status.as_str());
        }
        span.in_scope(|| tracing::info!(status = status.as_u16(), ?latency, "answered"));
        telemetry::count_request(
            &span,
            &telemetry::Requested {
                surface: told.surface,
                scheme: told.scheme,
                method: &told.matched.0.method,
                route: told.matched.0.route.get().map(String::as_str),
                status: status.as_u16(),
                duration: latency,
            },
        );
    }
}

fn version(version: Version) -> Option<&'static str> {
    match version {
        Version::HTTP_10 => Some("1.0"),
        Version::HTTP_11 => Some("1.1"),
        Version::HTTP_2 => Some("2"),
        _ => None,
    }
}
