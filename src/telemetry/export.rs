//! What telemetry is sent by: the HTTP client that calls upstreams, on a runtime of its own.
//!
//! OpenTelemetry sends from threads of its own, which are in no runtime; and a runtime of the program's would not go on while
//! the end of the program waits for what is left.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use opentelemetry_http::{HttpClient, HttpError, Request, Response, ResponseBodyTooLarge};
use tokio::runtime::Runtime;

use super::TelemetryError;
use super::environment::variable;
use crate::client::{http_client_builder, is_loopback};
use crate::{Settings, TransportError};

/// As much of the collector's answer is read.
const MAX_ANSWER: usize = 1024 * 1024;
/// How long a collector may take, where no variable says so.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends the telemetry of one signal.
pub(super) struct Sender {
    remote: reqwest::Client,
    loopback: reqwest::Client,
    /// There until it is dropped.
    runtime: Option<Runtime>,
}

impl Sender {
    /// `variables` are those of the signal and of all signals that have a timeout in milliseconds.
    pub(super) fn new(variables: [&'static str; 2]) -> Result<Self, TelemetryError> {
        let timeout = timeout(variables)?;
        let builder = || {
            // Telemetry is seldom sent, and a connection in between would be gone by then.
            http_client_builder(&Settings::default()).timeout(timeout).pool_max_idle_per_host(0)
        };
        let client = |source| TelemetryError::Client { source: TransportError::new(source) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Ok(Self {
            remote: builder().build().map_err(client)?,
            // A proxy of the environment cannot reach this machine's loopback addresses.
            loopback: builder().no_proxy().build().map_err(client)?,
            runtime: Some(runtime.map_err(|source| TelemetryError::Runtime { source })?),
        })
    }

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(reqwest::Error::without_url)?;
        let client = if is_loopback(request.url()) { &self.loopback } else { &self.remote };
        let mut answer = client.execute(request).await.map_err(reqwest::Error::without_url)?;
        let mut body = BytesMut::new();
        while let Some(part) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
            if body.len() + part.len() > MAX_ANSWER {
                return Err(ResponseBodyTooLarge::new().into());
            }
            body.extend_from_slice(&part);
        }
        let mut response = Response::new(body.freeze());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl HttpClient for Sender {
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(async move {
            match &self.runtime {
                Some(runtime) => runtime.block_on(self.send(request)),
                None => self.send(request).await,
            }
        })
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        // Waiting for a runtime is forbidden where another one runs, and that may be here.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sender")
    }
}

fn timeout(variables: [&'static str; 2]) -> Result<Duration, TelemetryError> {
    for name in variables {
        if let Some(text) = variable(name) {
            let reason = "is no number of milliseconds";
            let milliseconds = text.trim().parse().map_err(|_| TelemetryError::Variable { variable: name, reason })?;
            return Ok(Duration::from_millis(milliseconds));
        }
    }
    Ok(TIMEOUT)
}
