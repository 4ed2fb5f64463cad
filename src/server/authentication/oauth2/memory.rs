//! What an authorization server has said of tokens, for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::super::secret::hash;

/// As many tokens as are remembered.
const REMEMBERED: usize = 4096;

/// Claims by token. Tokens themselves are not kept, only their hashes.
pub(super) struct Memory {
    lifetime: Duration,
    by_token: Mutex<HashMap<[u8; 32], Remembered>>,
}

struct Remembered {
    claims: Value,
    when: Instant,
}

impl Memory {
    pub(super) fn new(lifetime: Duration) -> Self {
        Self { lifetime, by_token: Mutex::default() }
    }

    pub(super) fn recall(&self, token: &str) -> Option<Value> {
        let by_token = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        let remembered =
            by_token.get(&hash(token.as_bytes())).filter(|remembered| remembered.when.elapsed() < self.lifetime)?;
        Some(remembered.claims.clone())
    }

    /// Keeps what is said of a token that is good. Of others nothing is kept: anybody can invent as many as he likes.
    pub(super) fn keep(&self, token: &str, claims: Value) {
        let mut by_token = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        if by_token.len() >= REMEMBERED {
            by_token.retain(|_, remembered| remembered.when.elapsed() < self.lifetime);
        }
        // Asking again costs less than finding out which is the oldest.
        if by_token.len() >= REMEMBERED {
            by_token.clear();
        }
        by_token.insert(hash(token.as_bytes()), Remembered { claims, when: Instant::now() });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_said_is_remembered_for_a_while() {
        let memory = Memory::new(Duration::from_secs(600));
        assert_eq!(memory.recall("a"), None);
        memory.keep("a", json!({"sub": "ada"}));
        assert_eq!((memory.recall("a"), memory.recall("b")), (Some(json!({"sub": "ada"})), None));
        let memory = Memory::new(Duration::ZERO);
        memory.keep("a", json!({}));
        assert_eq!(memory.recall("a"), None);
    }

    #[test]
    fn no_more_than_so_many_tokens_are_remembered() {
        let memory = Memory::new(Duration::from_secs(600));
        for number in 0..=2 * REMEMBERED {
            memory.keep(&number.to_string(), json!(number));
            assert!(memory.by_token.lock().unwrap().len() <= REMEMBERED);
        }
        assert_eq!(memory.recall(&(2 * REMEMBERED).to_string()), Some(json!(2 * REMEMBERED)));
    }
}
