//! A finished request on its way and back, with hooks and repetitions.

use std::time::{Duration, Instant};

use super::ClientError;
use super::hook::Hook;
use super::retry::Attempts;
use crate::Settings;

/// What sends the requests of a client.
pub(crate) struct Transport {
    pub(crate) hooks: Vec<Hook>,
    pub(crate) settings: Settings,
}

/// Where a request goes.
pub(crate) struct Destination<'a> {
    pub(crate) operation: &'static str,
    /// The upstream's name in logs.
    pub(crate) upstream: &'static str,
    pub(crate) http: &'a reqwest::Client,
    pub(crate) is_idempotent: bool,
}

impl Transport {
    /// Sends a request as often as the settings say.
    pub(crate) async fn send(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
        timeout: Option<Duration>,
    ) -> Result<reqwest::Response, ClientError> {
        let mut attempts = Attempts::new(self.settings.retries, destination.is_idempotent);
        if timeout.is_none() && !attempts.can_repeat() {
            return self.exchange(destination, request).await;
        }
        let started = Instant::now();
        loop {
            let again = if attempts.can_repeat() { request.try_clone() } else { None };
            if let Some(timeout) = timeout {
                *request.timeout_mut() = Some(timeout.saturating_sub(started.elapsed()));
            }
            let outcome = self.exchange(destination, request).await;
            match (attempts.pause(&outcome), again) {
                (Some(pause), Some(next)) if timeout.is_none_or(|timeout| started.elapsed() + pause < timeout) => {
                    drop(outcome);
                    tokio::time::sleep(pause).await;
                    request = next;
                }
                _ => return outcome,
            }
        }
    }

    async fn exchange(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
    ) -> Result<reqwest::Response, ClientError> {
        let &Destination { operation, upstream, http, .. } = destination;
        for hook in &self.hooks {
            let outcome = hook.prepare(&mut request).await;
            outcome.map_err(|source| ClientError::Hook { operation, source })?;
        }
        let method = request.method().clone();
        let started = Instant::now();
        let outcome = http.execute(request).await.map_err(|error| ClientError::transport(operation, error));
        let latency = started.elapsed();
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
