//! A finished request on its way and back, with hooks, redirects and repetitions.

use std::time::Duration;

use http::header::AUTHORIZATION;
use tokio::time::Instant;
use tracing::Instrument as _;

use super::circuit::Circuit;
use super::digest::Digest;
use super::hook::Hook;
use super::idle::{Progress, patiently};
use super::redirect::{Before, MAX_REDIRECTS};
use super::retry::Attempts;
use super::unpooled::Unpooled;
use super::{ClientError, Response};
use crate::Settings;
use crate::spans::{Template, UpstreamCall};

/// What sends the requests of a client.
pub struct Transport {
    hooks: Vec<Hook>,
    pub(crate) settings: Settings,
    /// `None`: the program has brought its own client.
    unpooled: Option<Unpooled>,
}

/// Where a request goes.
#[derive(Clone, Copy)]
pub(crate) struct Destination<'a> {
    pub(crate) operation: &'static str,
    /// The upstream's name in logs.
    pub(crate) upstream: &'static str,
    pub(crate) http: &'a reqwest::Client,
    pub(crate) circuit: &'a Circuit,
    pub(crate) is_idempotent: bool,
    /// Whether a redirect may be the answer that the operation is for, and is not followed.
    pub(crate) wants_redirects: bool,
    /// When the exchange must be over.
    pub(crate) deadline: Option<Instant>,
    /// The path of the operation, for spans.
    pub(crate) template: Template,
    /// Whether spans may have the upstream's host: its base URL is no secret.
    pub(crate) shows_host: bool,
    /// What answers the last challenge of the upstream, in each request anew: one that is redirected or repeated is
    /// another request to it.
    pub(crate) digest: Option<&'a Digest>,
}

impl Transport {
    /// `is_ours`: the HTTP clients are those of this crate.
    pub(super) fn new(hooks: Vec<Hook>, settings: Settings, is_ours: bool) -> Self {
        Self { hooks, settings, unpooled: is_ours.then(Unpooled::default) }
    }

    /// When an exchange that begins now must be over: `timeout` is that of the single request.
    pub(crate) fn deadline(&self, timeout: Option<Duration>) -> Option<Instant> {
        Instant::now().checked_add(timeout.or(self.settings.timeout)?)
    }

    /// Sends a request as often as the settings say.
    pub(crate) async fn send(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
    ) -> Result<Response, ClientError> {
        let mut attempts = Attempts::new(self.settings.retries, destination.is_idempotent);
        loop {
            let is_kept = attempts.can_repeat() || self.follows_redirects(destination) || request.method().is_safe();
            let before = is_kept.then(|| Before::new(&request));
            let outcome = self.exchange(destination, request, before.as_ref()).await;
            match (attempts.pause(&outcome), before.and_then(Before::into_request)) {
                (Some(pause), Some(next))
                    if destination.deadline.is_none_or(|deadline| pause < deadline - Instant::now()) =>
                {
                    drop(outcome);
                    tokio::time::sleep(pause).await;
                    request = next;
                }
                _ => {
                    let deadline = destination.deadline;
                    return outcome
                        .map(|response| Response::new(destination.operation, response, deadline, &self.settings));
                }
            }
        }
    }

    fn follows_redirects(&self, destination: &Destination<'_>) -> bool {
        self.settings.follow_redirects && !destination.wants_redirects
    }

    /// Sends a request wherever redirects lead it. The answer of one that is not followed is the answer.
    async fn exchange(
        &self,
        destination: &Destination<'_>,
        request: reqwest::Request,
        before: Option<&Before>,
    ) -> Result<reqwest::Response, ClientError> {
        let mut response = self.attempt(destination, request, before).await?;
        let Some(before) = before.filter(|_| self.follows_redirects(destination)) else { return Ok(response) };
        let origin = before.url();
        let mut next = before.follow(origin, &response);
        for _ in 0..MAX_REDIRECTS {
            let Some(request) = next else { break };
            let before = Before::new(&request);
            response = self.attempt(destination, request, Some(&before)).await?;
            next = before.follow(origin, &response);
        }
        Ok(response)
    }

    /// Sends a request, and one that only reads once more where the connection ended before an answer came: an upstream
    /// may close one that was idle at the moment at which it is used (RFC 9112, section 9.3.1). The second time it has a
    /// connection that is new, as all that were idle may have ended.
    async fn attempt(
        &self,
        destination: &Destination<'_>,
        request: reqwest::Request,
        before: Option<&Before>,
    ) -> Result<reqwest::Response, ClientError> {
        let again = before.filter(|_| request.method().is_safe()).filter(|before| before.is_whole());
        let outcome = self.attempt_once(destination, request, again.is_some()).await;
        if !outcome.as_ref().is_err_and(ClientError::is_lost_connection) {
            return outcome;
        }
        let Some(request) = again.and_then(Before::request) else { return outcome };
        let unpooled = self.unpooled.as_ref().and_then(|clients| clients.for_url(request.url(), &self.settings));
        let anew = Destination { http: unpooled.unwrap_or(destination.http), ..*destination };
        self.attempt_once(&anew, request, false).await
    }

    /// Hooks have the last word on the headers of a request, those of the trace too. `is_repeated`: where the connection is lost
    /// it is sent once more.
    async fn attempt_once(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
        is_repeated: bool,
    ) -> Result<reqwest::Response, ClientError> {
        let call = UpstreamCall::begin(destination, &mut request);
        let outcome = self.execute(destination, request, is_repeated).instrument(call.span.clone()).await;
        call.end(destination, &outcome);
        outcome
    }

    async fn execute(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
        is_repeated: bool,
    ) -> Result<reqwest::Response, ClientError> {
        let &Destination { operation, upstream, http, circuit, .. } = destination;
        for hook in &self.hooks {
            let outcome = hook.prepare(&mut request).await;
            outcome.map_err(|source| ClientError::Hook { operation, source })?;
        }
        if let Some(digest) = destination.digest
            && !request.headers().contains_key(AUTHORIZATION)
            && let Some(header) = digest.header(request.method(), request.url())
        {
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        let pass = circuit.admit(operation)?;
        let method = request.method().clone();
        let started = Instant::now();
        let progress = Progress::watch(&mut request);
        let sent =
            patiently(http.execute(request), self.settings.read_timeout, destination.deadline, progress.as_ref());
        let outcome = match sent.await {
            Some(outcome) => outcome.map_err(|error| ClientError::transport(operation, error)),
            None => Err(ClientError::elapsed(operation)),
        };
        let latency = started.elapsed();
        if is_repeated && outcome.as_ref().is_err_and(ClientError::is_lost_connection) {
            // What counts is how the repetition ends.
            drop(pass);
        } else {
            circuit.record(pass, &outcome);
        }
        match &outcome {
            Ok(response) => {
                let status = response.status().as_u16();
                tracing::debug!(operation, upstream, %method, status, ?latency, "upstream answered");
            }
            Err(error) => {
                let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
                tracing::warn!(operation, upstream, %method, ?latency, cause, "upstream failed");
            }
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use allocation_counter::measure;

    use super::*;
    use crate::client::http_client_builder;

    #[test]
    fn without_a_subscriber_a_span_allocates_nothing() {
        let http = http_client_builder(&Settings::default()).build().unwrap();
        let circuit = Circuit::new("stars", Settings::default().breaker);
        let destination = Destination {
            operation: "get-star",
            upstream: "stars",
            http: &http,
            circuit: &circuit,
            is_idempotent: true,
            wants_redirects: false,
            deadline: None,
            digest: None,
            template: Template::Text("/stars/{id}"),
            shows_host: true,
        };
        let mut request = reqwest::Request::new(http::Method::GET, "http://stars.invalid/stars/vega".parse().unwrap());
        let outcome = Err(ClientError::elapsed("get-star"));
        let mut tell = || UpstreamCall::begin(&destination, &mut request).end(&destination, &outcome);
        // The first time, `tracing` takes note of the place.
        tell();
        let allocated = measure(tell);
        assert_eq!(allocated.count_total, 0);
        assert!(request.headers().is_empty());
    }
}
