//! When a request is sent again.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use super::ClientError;
use crate::Retries;

/// The attempts at one request.
pub(crate) struct Attempts {
    retries: Retries,
    left: u32,
}

impl Attempts {
    pub(crate) fn new(retries: Retries, is_idempotent: bool) -> Self {
        Self { retries, left: if is_idempotent { retries.max } else { 0 } }
    }

    /// Whether there may be another attempt after this one.
    pub(crate) const fn can_repeat(&self) -> bool {
        self.left > 0
    }

    /// The pause before the next attempt; `None` when this outcome is final.
    pub(crate) fn pause(&mut self, outcome: &Result<reqwest::Response, ClientError>) -> Option<Duration> {
        if self.left == 0 {
            return None;
        }
        let pause = match outcome {
            Ok(response) if is_transient(response.status()) => match retry_after(response.headers()) {
                Some(pause) if pause > self.retries.max_delay => return None,
                Some(pause) => pause,
                None => self.backoff(),
            },
            Err(ClientError::Connect { .. } | ClientError::Timeout { .. } | ClientError::Transport { .. }) => {
                self.backoff()
            }
            _ => return None,
        };
        self.left -= 1;
        Some(pause)
    }

    /// Between half of the doubled pause and all of it, so that clients that failed together do not return together.
    fn backoff(&self) -> Duration {
        let exponent = self.retries.max.saturating_sub(self.left).min(16);
        let longest = self.retries.delay.saturating_mul(1 << exponent).min(self.retries.max_delay);
        // Every state hashes differently, which is random enough for this and needs no further crate.
        let random = u32::try_from(RandomState::new().hash_one(exponent) >> 32).unwrap_or_default();
        longest / 2 + (longest / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
}

fn is_transient(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::TOO_MANY_REQUESTS
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::description::Method;

    fn answer(status: u16, retry_after: Option<&str>) -> reqwest::Response {
        let mut response = http::Response::builder().status(status);
        if let Some(value) = retry_after {
            response = response.header(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        }
        response.body("").unwrap().into()
    }

    fn attempts(max: u32, method: Method) -> Attempts {
        Attempts::new(Retries { max, ..Retries::default() }, method.is_idempotent())
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut attempts = attempts(3, Method::Get);
        let pauses: Vec<_> = std::iter::from_fn(|| attempts.pause(&Ok(answer(503, None)))).collect();
        let millis: Vec<_> = pauses.iter().map(Duration::as_millis).collect();
        assert_eq!(millis.len(), 3);
        for (index, longest) in [100, 200, 400].into_iter().enumerate() {
            assert!((longest / 2..=longest).contains(&millis[index]), "{millis:?}");
        }
    }

    #[test]
    fn retry_after_is_honoured_within_the_limit() {
        assert_eq!(attempts(1, Method::Get).pause(&Ok(answer(429, Some("2")))), Some(Duration::from_secs(2)));
        assert_eq!(attempts(1, Method::Get).pause(&Ok(answer(429, Some("3600")))), None);
        let past = httpdate::fmt_http_date(SystemTime::UNIX_EPOCH);
        assert_eq!(attempts(1, Method::Get).pause(&Ok(answer(503, Some(&past)))), Some(Duration::ZERO));
    }

    #[test]
    fn only_transient_failures_of_idempotent_methods_are_repeated() {
        assert_eq!(attempts(1, Method::Post).pause(&Ok(answer(503, None))), None);
        assert_eq!(attempts(1, Method::Get).pause(&Ok(answer(500, None))), None);
        assert_eq!(attempts(0, Method::Get).pause(&Ok(answer(503, None))), None);
        assert!(attempts(1, Method::Delete).pause(&Ok(answer(503, None))).is_some());
    }
}
