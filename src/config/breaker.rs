use std::time::Duration;

/// When an upstream that keeps failing is left alone for a while (a circuit breaker).
///
/// Each upstream of a client has its own. What counts as a failure is an attempt that got no answer (no connection, silence,
/// a connection that broke off) or one with a status of 500 or more; every other answer begins the count anew. After
/// [`failures`](Self::failures) in a row requests are refused with
/// [`ClientError::CircuitOpen`](crate::ClientError::CircuitOpen) and without asking the upstream; surfaces make 503 of it, with
/// `Retry-After`. When [`pause`](Self::pause) is over one request is let through on trial: its outcome ends the pause or
/// begins another one.
///
/// It is off unless it is set: where callers can provoke a 500 with a certain input, one of them could shut the upstream to all
/// others, and timeouts and the limit on requests in progress bound the time and the memory that a dead upstream costs anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breaker {
    /// How many failures in a row it takes; 0, which is never.
    pub failures: u32,
    /// How long the upstream is left alone; 10 seconds.
    pub pause: Duration,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { failures: 0, pause: Duration::from_secs(10) }
    }
}
