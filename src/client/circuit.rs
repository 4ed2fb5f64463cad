//! Circuit breakers: an upstream that keeps failing is left alone for a while.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::ClientError;
use crate::config::Breaker;

/// The circuit of one upstream.
pub(crate) struct Circuit {
    /// `None`: the settings want none, so that requests pay nothing for it.
    breaker: Option<(Breaker, Mutex<State>)>,
    upstream: &'static str,
}

#[derive(Clone, Copy)]
enum State {
    /// Requests pass. The number is that of the failures since the last success.
    Closed(u32),
    /// No request passes until then, and then one on trial.
    Open(Instant),
    /// One request is on its way on trial.
    HalfOpen,
}

/// What a request on trial, while it lives, keeps others from being. One whose caller goes away before there is an outcome
/// leaves the trial to the next.
#[derive(Default)]
pub(super) struct Pass<'a> {
    trial: Option<&'a Circuit>,
}

impl Circuit {
    pub(super) fn new(upstream: &'static str, breaker: Breaker) -> Self {
        let breaker = (breaker.failures > 0).then(|| (breaker, Mutex::new(State::Closed(0))));
        Self { breaker, upstream }
    }

    /// Lets a request of an operation pass, or refuses it.
    pub(super) fn admit(&self, operation: &'static str) -> Result<Pass<'_>, ClientError> {
        let Some((_, state)) = &self.breaker else { return Ok(Pass::default()) };
        let mut state = lock(state);
        let retry_after = match *state {
            State::Closed(_) => return Ok(Pass::default()),
            State::Open(until) => until.saturating_duration_since(Instant::now()),
            // How long the trial takes nobody knows.
            State::HalfOpen => Duration::from_secs(1),
        };
        if retry_after.is_zero() {
            *state = State::HalfOpen;
            return Ok(Pass { trial: Some(self) });
        }
        Err(ClientError::CircuitOpen { operation, retry_after })
    }

    /// Takes note of how an attempt ended.
    pub(super) fn record(&self, pass: Pass<'_>, outcome: &Result<reqwest::Response, ClientError>) {
        let Some((breaker, state)) = &self.breaker else { return };
        let is_trial = pass.end();
        let mut state = lock(state);
        let failures = match *state {
            // Sent before the circuit opened: whether it closes is up to the trial.
            State::Open(_) | State::HalfOpen if !is_trial => return,
            State::Open(_) | State::HalfOpen => breaker.failures,
            State::Closed(failures) => failures.saturating_add(1),
        };
        if !is_failure(outcome) {
            if is_trial {
                tracing::info!(upstream = self.upstream, "the upstream answers again");
            }
            *state = State::Closed(0);
        } else if failures < breaker.failures {
            *state = State::Closed(failures);
        } else {
            tracing::warn!(upstream = self.upstream, pause = ?breaker.pause, "the upstream keeps failing and is left alone");
            let now = Instant::now();
            *state = State::Open(now.checked_add(breaker.pause).unwrap_or(now));
        }
    }
}

impl Pass<'_> {
    /// Ends a trial whose outcome is known, and tells whether it is one.
    fn end(mut self) -> bool {
        self.trial.take().is_some()
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some((_, state)) = self.trial.and_then(|circuit| circuit.breaker.as_ref()) {
            *lock(state) = State::Open(Instant::now());
        }
    }
}

/// Whether an attempt says that the upstream is unwell, and not that the request is.
fn is_failure(outcome: &Result<reqwest::Response, ClientError>) -> bool {
    match outcome {
        Ok(response) => response.status().is_server_error(),
        Err(error) => {
            matches!(error, ClientError::Connect { .. } | ClientError::Timeout { .. } | ClientError::Transport { .. })
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> reqwest::Response {
        http::Response::builder().status(status).body("").unwrap().into()
    }

    fn circuit(failures: u32, pause: Duration) -> Circuit {
        Circuit::new("upstream", Breaker { failures, pause })
    }

    /// The time after which the next request may be sent; `None`: it may be sent, and gets this answer.
    fn refused(circuit: &Circuit, status: u16) -> Option<Duration> {
        match circuit.admit("list") {
            Ok(pass) => {
                circuit.record(pass, &Ok(answer(status)));
                None
            }
            Err(ClientError::CircuitOpen { operation: "list", retry_after }) => Some(retry_after),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn failures_in_a_row_open_it() {
        let circuit = circuit(3, Duration::from_secs(60));
        for status in [500, 503, 404, 500, 429, 502, 599, 504] {
            assert_eq!(refused(&circuit, status), None, "{status}");
        }
        assert!(refused(&circuit, 200).is_some_and(|after| after > Duration::from_secs(50)));
    }

    #[test]
    fn what_gets_no_answer_is_a_failure_and_what_is_never_sent_is_none() {
        let circuit = circuit(1, Duration::from_secs(60));
        let hook = ClientError::InvalidBearer { operation: "list" };
        circuit.record(circuit.admit("list").unwrap(), &Err(hook));
        circuit.record(circuit.admit("list").unwrap(), &Err(ClientError::elapsed("list")));
        assert!(circuit.admit("list").is_err());
    }

    #[test]
    fn one_request_is_on_trial_when_the_pause_is_over() {
        let circuit = circuit(1, Duration::ZERO);
        assert_eq!(refused(&circuit, 500), None);
        let trial = circuit.admit("list").unwrap();
        assert_eq!(refused(&circuit, 200), Some(Duration::from_secs(1)), "the trial is on its way");
        circuit.record(trial, &Ok(answer(503)));
        drop(circuit.admit("list").unwrap());
        assert_eq!(refused(&circuit, 200), None, "a trial without an outcome is left to the next");
        assert_eq!(refused(&circuit, 200), None);
    }

    #[test]
    fn what_was_sent_before_it_opened_does_not_close_it() {
        let circuit = circuit(1, Duration::from_secs(60));
        let (late, failing) = (circuit.admit("list").unwrap(), circuit.admit("list").unwrap());
        circuit.record(failing, &Ok(answer(500)));
        circuit.record(late, &Ok(answer(200)));
        assert!(refused(&circuit, 200).is_some());
    }

    #[test]
    fn a_trial_that_fails_opens_it_at_once() {
        let circuit = circuit(2, Duration::ZERO);
        for _ in 0..3 {
            assert_eq!(refused(&circuit, 500), None);
        }
        let _trial = circuit.admit("list").unwrap();
        assert!(circuit.admit("list").is_err(), "one is on trial, as before");
    }

    #[test]
    fn it_is_off_unless_it_is_set() {
        let circuit = Circuit::new("upstream", Breaker::default());
        for _ in 0..100 {
            assert_eq!(refused(&circuit, 500), None);
        }
    }
}
