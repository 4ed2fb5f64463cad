//! What a server takes from its callers: how often, how much at a time, for how long.
//!
//! All of it stands in front of the router, so that a router pays nothing for it where an application mounts it by itself.

mod head;
mod patience;
mod progress;
mod rate;

use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use http::{Request, StatusCode};
use tower_http::cors::CorsLayer;

use super::allowed::Allowed;
use super::bind::Exposed;
use super::health::Probes;
use super::{Problem, cors};
use crate::Settings;
#[cfg(feature = "control")]
use crate::control::Refusals;

pub(crate) use head::HeadLimits;
pub(crate) use patience::Patient;
pub(crate) use progress::{AnswerBody, Connection, InProgress};

/// What the requests of a listener must pass before the router sees them.
pub(crate) struct Gate {
    pub(crate) namespace: &'static str,
    /// The scheme of the URLs of what is served.
    pub(crate) scheme: &'static str,
    /// What takes no part in the limits on numbers, and has no spans.
    pub(crate) probes: Probes,
    /// Whether there are spans of its other requests.
    pub(crate) is_told: bool,
    pub(crate) head: HeadLimits,
    pub(crate) timeouts: Timeouts,
    pub(crate) max_connections: usize,
    max_concurrency: usize,
    in_progress: AtomicUsize,
    rate: Option<rate::Buckets>,
    /// `None`: no page of another origin may read answers.
    pub(crate) cors: Option<CorsLayer>,
    /// `None`: the router checks hosts and origins itself.
    allowed: Option<Allowed>,
    /// What counts requests that no router answers, where anything does.
    #[cfg(feature = "control")]
    refusals: Option<Refusals>,
}

/// How long callers, and answers to them, may take.
#[derive(Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) head: Duration,
    pub(crate) keep_alive: Duration,
    pub(crate) send: Duration,
    request: Option<Duration>,
}

impl Gate {
    /// A gate that also checks hosts and origins where `is_guarded` says so.
    pub(crate) fn new(surface: Exposed, settings: &Settings) -> Self {
        let Exposed { namespace, probes, is_guarded, is_told, .. } = surface;
        Self {
            namespace,
            scheme: if settings.tls.is_some() { "https" } else { "http" },
            probes,
            is_told,
            head: HeadLimits {
                uri: settings.max_uri_length,
                headers: settings.max_headers,
                header_bytes: settings.max_header_bytes,
            },
            timeouts: Timeouts {
                head: settings.head_timeout,
                keep_alive: settings.keep_alive_timeout,
                send: settings.send_timeout,
                request: settings.request_timeout,
            },
            max_connections: settings.max_connections,
            max_concurrency: settings.max_concurrency,
            in_progress: AtomicUsize::new(0),
            rate: rate::Buckets::new(settings.rate),
            cors: cors::layer(&settings.cors),
            allowed: is_guarded.then(|| Allowed::new(settings)),
            #[cfg(feature = "control")]
            refusals: None,
        }
    }

    /// The same gate, which has its refusals counted.
    #[cfg(feature = "control")]
    pub(crate) fn counting(self, refusals: Option<Refusals>) -> Self {
        Self { refusals, ..self }
    }

    /// Lets a request pass, or says why not. Probes take no part in the limits: a server that has much to do is not dead.
    fn admit<B>(&self, request: &Request<B>, peer: IpAddr, has_place: &mut bool) -> Result<(), Problem> {
        self.check(request, peer, has_place).map_err(|problem| self.counted(problem, Duration::ZERO))
    }

    fn check<B>(&self, request: &Request<B>, peer: IpAddr, has_place: &mut bool) -> Result<(), Problem> {
        let is_probe = self.probes.have(request.uri().path());
        if !is_probe {
            if let Some(rate) = &self.rate
                && let Err(wait) = rate.take(peer)
            {
                let detail = "More requests come from this address than this server answers.";
                return Err(Problem::later(StatusCode::TOO_MANY_REQUESTS, detail, wait));
            }
            *has_place = self.take_place();
            if !*has_place {
                let detail = "This server answers as many requests as it can at a time.";
                return Err(Problem::later(StatusCode::SERVICE_UNAVAILABLE, detail, Duration::ZERO));
            }
        }
        self.head.check(request)?;
        // Probes do not know the name of the server and tell nobody anything.
        self.allowed.as_ref().filter(|_| !is_probe).map_or(Ok(()), |allowed| allowed.check(request))
    }

    fn take_place(&self) -> bool {
        let is_free = self.in_progress.fetch_add(1, Ordering::Relaxed) < self.max_concurrency;
        if !is_free {
            self.leave_place();
        }
        is_free
    }

    fn leave_place(&self) {
        self.in_progress.fetch_sub(1, Ordering::Relaxed);
    }

    /// Waits for an answer as long as the settings allow.
    pub(crate) async fn in_time<T>(&self, answer: impl Future<Output = T>) -> Result<T, Problem> {
        let Some(limit) = self.timeouts.request else { return Ok(answer.await) };
        let mut answer = pin!(answer);
        // What is there at once needs no timer.
        match poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await {
            Poll::Ready(answer) => Ok(answer),
            Poll::Pending => tokio::time::timeout(limit, answer).await.map_err(|_| {
                let problem = Problem::new(StatusCode::GATEWAY_TIMEOUT);
                self.counted(problem.with_detail("The answer was not ready in time."), limit)
            }),
        }
    }

    /// A refusal that has been counted.
    #[cfg_attr(not(feature = "control"), expect(clippy::unused_self, reason = "only control surfaces count"))]
    fn counted(&self, problem: Problem, after: Duration) -> Problem {
        #[cfg(feature = "control")]
        if let Some(refusals) = &self.refusals {
            refusals.count(problem.status(), after);
        }
        let _ = after;
        problem
    }
}
