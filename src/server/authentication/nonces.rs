//! Nonces of digests. They are signed, so only those remain in memory that somebody with the password has used.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ring::hmac::{HMAC_SHA256, Key, sign, verify};
use ring::rand::SystemRandom;

use crate::digest::{hex, random};

/// How long a nonce may be used.
const LIFETIME: Duration = Duration::from_secs(300);
/// As many nonces as are remembered. What is forgotten counts as stale, which costs its user a request.
const REMEMBERED: usize = 4096;

pub(super) struct Nonces {
    key: Key,
    start: Instant,
    used: Mutex<UsedNonces>,
}

#[derive(Default)]
struct UsedNonces {
    by_text: HashMap<String, Counts>,
    /// Nonces that were given no later than this one, and are not among those above, have been forgotten.
    forgotten: Option<Duration>,
}

/// Which requests have been made with a nonce. They may overtake one another.
struct Counts {
    given: Duration,
    highest: u32,
    /// The highest count and the 63 below it.
    used: u64,
}

/// What becomes of a count.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    First,
    /// The nonce is too old or none of ours, or the count has been used.
    Stale,
}

impl Nonces {
    /// `None`: the system has no randomness.
    pub(super) fn new() -> Option<Self> {
        let key = Key::generate(HMAC_SHA256, &SystemRandom::new()).ok()?;
        Some(Self { key, start: Instant::now(), used: Mutex::default() })
    }

    /// A new one.
    pub(super) fn give(&self, now: Instant) -> String {
        let given = now.saturating_duration_since(self.start).as_millis();
        let content = format!("{given:x}-{}", random().unwrap_or_default());
        let tag = hex(sign(&self.key, content.as_bytes()).as_ref());
        format!("{content}-{tag}")
    }

    /// Counts a use of a nonce by somebody who knows the password.
    pub(super) fn take(&self, nonce: &str, count: u32, now: Instant) -> Use {
        let now = now.saturating_duration_since(self.start);
        let Some(given) = self.given(nonce).filter(|given| *given + LIFETIME > now && count > 0) else {
            return Use::Stale;
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = used.by_text.get_mut(nonce) {
            return counts.take(count);
        }
        if used.forgotten.is_some_and(|forgotten| given <= forgotten) {
            return Use::Stale;
        }
        if used.by_text.len() >= REMEMBERED {
            used.forget(now);
        }
        used.by_text.insert(nonce.to_owned(), Counts { given, highest: count, used: 1 });
        Use::First
    }

    /// When a nonce was given; `None`: it is none of ours.
    fn given(&self, nonce: &str) -> Option<Duration> {
        let (content, tag) = nonce.rsplit_once('-')?;
        let tag: Option<Vec<u8>> =
            (0..tag.len()).step_by(2).map(|start| u8::from_str_radix(tag.get(start..start + 2)?, 16).ok()).collect();
        verify(&self.key, content.as_bytes(), &tag?).ok()?;
        let millis = u64::from_str_radix(content.split_once('-')?.0, 16).ok()?;
        Some(Duration::from_millis(millis))
    }
}

impl UsedNonces {
    /// Makes room: for what has expired, or else the oldest.
    fn forget(&mut self, now: Duration) {
        self.by_text.retain(|_, counts| counts.given + LIFETIME > now);
        if self.by_text.len() < REMEMBERED {
            return;
        }
        if let Some(oldest) = self.by_text.values().map(|counts| counts.given).min() {
            self.by_text.retain(|_, counts| counts.given > oldest);
            self.forgotten = self.forgotten.max(Some(oldest));
        }
    }
}

impl Counts {
    fn take(&mut self, count: u32) -> Use {
        if count > self.highest {
            self.used = self.used.checked_shl(count - self.highest).unwrap_or(0) | 1;
            self.highest = count;
            return Use::First;
        }
        let bit = 1_u64.checked_shl(self.highest - count).unwrap_or(0);
        if bit == 0 || self.used & bit != 0 {
            return Use::Stale;
        }
        self.used |= bit;
        Use::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_is_good_once_in_whatever_order() {
        let (nonces, now) = (Nonces::new().unwrap(), Instant::now());
        let nonce = nonces.give(now);
        for count in [1, 3, 2, 70, 7] {
            assert_eq!(nonces.take(&nonce, count, now), Use::First, "{count}");
        }
        for count in [1, 2, 3, 6, 7, 70, 0] {
            assert_eq!(nonces.take(&nonce, count, now), Use::Stale, "{count}");
        }
        assert_eq!(nonces.take(&nonce, u32::MAX, now), Use::First);
    }

    #[test]
    fn nonces_of_others_and_old_ones_are_stale() {
        let (nonces, now) = (Nonces::new().unwrap(), Instant::now());
        let nonce = nonces.give(now);
        let others = Nonces::new().unwrap().give(now);
        let tampered = format!("f{nonce}");
        for text in [others.as_str(), &tampered, "", "-", "--", "0-x-\u{e4}\u{e4}", "0-x-0"] {
            assert_eq!(nonces.take(text, 1, now), Use::Stale, "{text}");
        }
        assert_eq!(nonces.take(&nonce, 1, now + LIFETIME + Duration::from_secs(1)), Use::Stale);
        assert_eq!(nonces.take(&nonce, 1, now), Use::First);
    }

    #[test]
    fn what_is_forgotten_cannot_be_used_again() {
        let (nonces, now) = (Nonces::new().unwrap(), Instant::now());
        let given: Vec<_> =
            (0..=REMEMBERED as u64).map(|index| nonces.give(now + Duration::from_millis(index))).collect();
        for nonce in &given {
            assert_eq!(nonces.take(nonce, 1, now), Use::First);
        }
        assert!(nonces.used.lock().unwrap().by_text.len() <= REMEMBERED);
        for nonce in [&given[0], &given[REMEMBERED]] {
            assert_eq!(nonces.take(nonce, 1, now), Use::Stale);
        }
    }
}
