//! One request to an upstream: each attempt is one.

use std::time::Instant;

use tracing::Span;
use tracing::field::Empty;
use url::Url;

use super::{CLIENT, fail, method_in_name, method_name, name};
use crate::ClientError;
use crate::client::Destination;
use crate::openapi;
use crate::telemetry;

/// The path of an operation before it is filled.
#[derive(Clone, Copy)]
pub(crate) enum Template {
    /// As the file writes it.
    Text(&'static str),
    /// That of an operation of a document.
    Document(&'static openapi::Api, &'static openapi::Operation),
}

impl Template {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Document(api, operation) => openapi::path_of(api, operation),
        }
    }
}

/// A request on its way to an upstream.
pub(crate) struct UpstreamCall {
    pub(crate) span: Span,
    /// `None`: nobody listens.
    told: Option<Told>,
}

struct Told {
    method: String,
    template: String,
    /// `None`: it must not be shown.
    address: Option<String>,
    port: Option<u16>,
    started: Instant,
}

impl UpstreamCall {
    /// Begins a span, and puts its context into the headers of the request.
    pub(crate) fn begin(destination: &Destination<'_>, request: &mut reqwest::Request) -> Self {
        let span = tracing::info_span!(
            "upstream call",
            otel.kind = CLIENT,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.upstream = destination.upstream,
            capsmith.operation = destination.operation,
            http.request.method = method_name(request.method()),
            http.response.status_code = Empty,
            url.template = Empty,
            server.address = Empty,
            server.port = Empty,
            "error.type" = Empty,
        );
        if span.is_disabled() {
            return Self { span, told: None };
        }
        let (method, template) = (method_name(request.method()).to_owned(), destination.template.text());
        span.record("url.template", template.as_str());
        let url = Some(request.url()).filter(|_| destination.shows_host);
        let (address, port) = (url.and_then(Url::host_str), url.and_then(Url::port_or_known_default));
        if let Some(address) = address {
            span.record("server.address", address);
        }
        if let Some(port) = port {
            span.record("server.port", i64::from(port));
        }
        let address = address.map(str::to_owned);
        name(&span, || format!("{} {template}", method_in_name(&method)));
        telemetry::inject(&span, request.headers_mut());
        Self { span, told: Some(Told { method, template, address, port, started: Instant::now() }) }
    }

    /// Tells what came of it.
    pub(crate) fn end(self, destination: &Destination<'_>, outcome: &Result<reqwest::Response, ClientError>) {
        let Some(Told { method, template, address, port, started }) = self.told else { return };
        let status = outcome.as_ref().ok().map(|response| response.status().as_u16());
        if let Some(status) = status {
            self.span.record("http.response.status_code", i64::from(status));
        }
        let error_type = match outcome {
            Ok(response) if response.status().as_u16() < 400 => None,
            Ok(response) => Some(response.status().as_str().to_owned()),
            Err(error) => Some(error_type(error).to_owned()),
        };
        if let Some(error_type) = &error_type {
            fail(&self.span, error_type);
        }
        telemetry::count_upstream_call(
            &self.span,
            &telemetry::UpstreamCalled {
                upstream: destination.upstream,
                operation: destination.operation,
                method: &method,
                template: &template,
                address: address.as_deref(),
                port,
                status,
                error_type: error_type.as_deref(),
                duration: started.elapsed(),
            },
        );
    }
}

/// A word for why there is no answer.
fn error_type(error: &ClientError) -> &'static str {
    match error {
        ClientError::Connect { .. } => "connect",
        ClientError::Timeout { .. } => "timeout",
        ClientError::Transport { .. } => "transport",
        ClientError::Hook { .. } => "hook",
        ClientError::CircuitOpen { .. } => "circuit_open",
        _ => "_OTHER",
    }
}
