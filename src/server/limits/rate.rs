//! How often one caller may ask: a bucket of tokens for each address, in a table that does not grow beyond a size.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::Rate;

/// How many callers have a bucket of their own. Further ones share one.
const CALLERS: usize = 65_536;
/// How often full buckets are looked for at most, in nanoseconds.
const SWEEP: u64 = 1_000_000_000;

/// The buckets of a listener.
pub(super) struct Buckets {
    start: Instant,
    /// The time in which a bucket gets a token, in nanoseconds.
    interval: u64,
    /// The time in which an empty bucket gets all tokens but one.
    tolerance: u64,
    table: Mutex<Table>,
}

/// A bucket is the time at which it will be full, in nanoseconds since the start.
#[derive(Default)]
struct Table {
    own: HashMap<Caller, u64>,
    shared: u64,
    swept: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Caller {
    V4(Ipv4Addr),
    V6([u8; 8]),
}

impl From<IpAddr> for Caller {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let [network @ .., _, _, _, _, _, _, _, _] = address.octets();
                Self::V6(network)
            }
        }
    }
}

impl Buckets {
    /// `None`: the settings have no limit.
    pub(super) fn new(rate: Rate) -> Option<Self> {
        // A time of centuries stands for one that does not end.
        let per = u64::try_from(rate.per.as_nanos()).unwrap_or(u64::MAX / 2);
        let interval = per.checked_div(u64::from(rate.requests))?.max(1);
        let tolerance = interval.saturating_mul(u64::from(rate.requests - 1));
        Some(Self { start: Instant::now(), interval, tolerance, table: Mutex::default() })
    }

    /// Takes a token out of the bucket of a caller; else tells how long it takes until there is one.
    pub(super) fn take(&self, address: IpAddr) -> Result<(), Duration> {
        let now = u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.take_at(now, address.into())
    }

    fn take_at(&self, now: u64, caller: Caller) -> Result<(), Duration> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = table.bucket(caller, now);
        let full = (*bucket).max(now);
        if let Some(wait) = (full - now).checked_sub(self.tolerance).filter(|wait| *wait > 0) {
            return Err(Duration::from_nanos(wait));
        }
        *bucket = full.saturating_add(self.interval);
        Ok(())
    }
}

impl Table {
    fn bucket(&mut self, caller: Caller, now: u64) -> &mut u64 {
        if self.own.len() >= CALLERS && !self.own.contains_key(&caller) {
            // Another request may have taken its time later and come first.
            if now.saturating_sub(self.swept) >= SWEEP {
                self.swept = now;
                self.own.retain(|_, full| *full > now);
            }
            if self.own.len() >= CALLERS {
                return &mut self.shared;
            }
        }
        self.own.entry(caller).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn buckets(requests: u32, seconds: u64) -> Buckets {
        Buckets::new(Rate { requests, per: Duration::from_secs(seconds) }).unwrap()
    }

    fn caller(text: &str) -> Caller {
        text.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn requests_may_come_out_of_order() {
        let buckets = buckets(1, 60);
        for number in 0..u32::try_from(CALLERS).unwrap() {
            buckets.take_at(SECOND, Caller::V4(number.into())).unwrap();
        }
        buckets.take_at(3 * SECOND, caller("203.0.113.1")).unwrap();
        assert!(buckets.take_at(2 * SECOND, caller("203.0.113.2")).is_err(), "the shared bucket is empty");
    }

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let buckets = buckets(3, 6);
        let one = caller("192.0.2.1");
        for _ in 0..3 {
            assert_eq!(buckets.take_at(0, one), Ok(()));
        }
        assert_eq!(buckets.take_at(0, one), Err(Duration::from_secs(2)));
        assert_eq!(buckets.take_at(2 * SECOND - 1, one), Err(Duration::from_nanos(1)));
        assert_eq!(buckets.take_at(2 * SECOND, one), Ok(()));
        assert!(buckets.take_at(2 * SECOND, one).is_err());
        assert_eq!(buckets.take_at(0, caller("192.0.2.2")), Ok(()), "others have their own");
    }

    #[test]
    fn what_is_not_used_does_not_add_up() {
        let buckets = buckets(1, 1);
        let one = caller("192.0.2.1");
        assert_eq!(buckets.take_at(1000 * SECOND, one), Ok(()));
        assert!(buckets.take_at(1000 * SECOND, one).is_err());
    }

    #[test]
    fn a_network_is_one_caller() {
        for (first, second, is_one) in [
            ("2001:db8::1", "2001:db8::ffff:1:2:3", true),
            ("2001:db8::1", "2001:db8:0:1::1", false),
            ("::ffff:192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
        ] {
            assert_eq!(caller(first) == caller(second), is_one, "{first} {second}");
        }
    }

    #[test]
    fn the_table_does_not_grow_without_end() {
        let buckets = buckets(1, 1);
        let number = |number: usize| Caller::V4(Ipv4Addr::from(u32::try_from(number).unwrap()));
        for index in 0..CALLERS {
            assert_eq!(buckets.take_at(0, number(index)), Ok(()));
        }
        assert_eq!(buckets.take_at(0, number(CALLERS)), Ok(()));
        assert!(buckets.take_at(0, number(CALLERS + 1)).is_err(), "further ones share a bucket");
        assert_eq!(buckets.take_at(2 * SECOND, number(CALLERS + 1)), Ok(()));
        assert_eq!(buckets.take_at(2 * SECOND, number(CALLERS + 2)), Ok(()), "full buckets are forgotten");
        assert_eq!(buckets.table.lock().unwrap().own.len(), 2);
    }

    #[test]
    fn there_is_no_limit_unless_it_is_set() {
        assert!(Buckets::new(Rate::default()).is_none());
    }
}
