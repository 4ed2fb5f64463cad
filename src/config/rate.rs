use std::time::Duration;

/// How often one caller may ask: so many requests in a time, at once or one after the other.
///
/// Each caller has a bucket of [`requests`](Self::requests) tokens, which fills evenly in [`per`](Self::per). Callers are told
/// apart by the address that their connection comes from; of an IPv6 address the first 64 bits count, since a network of that
/// size is what one caller gets. `X-Forwarded-For` is not looked at, because anybody can write it: behind a proxy all callers
/// are one, and the proxy is the place for such a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rate {
    /// How many requests; 0, which is no limit.
    pub requests: u32,
    /// In what time; 1 second.
    pub per: Duration,
}

impl Default for Rate {
    fn default() -> Self {
        Self { requests: 0, per: Duration::from_secs(1) }
    }
}
