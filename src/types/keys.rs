//! The keys of a [`Map`](super::Map), apart from its values, so that they are the same code for all of these.

use indexmap::IndexSet;

/// Up to so many keys are compared one by one, which is faster than hashing and needs less memory.
const FEW: usize = 8;

#[derive(Clone)]
pub(super) enum Keys {
    Few(Vec<String>),
    Many(IndexSet<String>),
}

impl Keys {
    pub(super) const fn new() -> Self {
        Self::Few(Vec::new())
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Few(keys) => keys.len(),
            Self::Many(keys) => keys.len(),
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        match self {
            Self::Few(keys) => keys.get(index).map(String::as_str),
            Self::Many(keys) => keys.get_index(index).map(String::as_str),
        }
    }

    pub(super) fn find(&self, key: &str) -> Option<usize> {
        match self {
            Self::Few(keys) => keys.iter().position(|found| found == key),
            Self::Many(keys) => keys.get_index_of(key),
        }
    }

    /// The index of `key`, which is the last if there was none.
    pub(super) fn insert(&mut self, key: String) -> usize {
        match self {
            Self::Few(keys) => {
                if let Some(index) = keys.iter().position(|found| *found == key) {
                    return index;
                }
                keys.push(key);
                let last = keys.len() - 1;
                if last == FEW {
                    *self = Self::Many(std::mem::take(keys).into_iter().collect());
                }
                last
            }
            Self::Many(keys) => keys.insert_full(key).0,
        }
    }

    /// Takes `key` out; the order of the others stays.
    pub(super) fn remove(&mut self, key: &str) -> Option<usize> {
        let index = self.find(key)?;
        match self {
            Self::Few(keys) => drop(keys.remove(index)),
            Self::Many(keys) => drop(keys.shift_remove_index(index)),
        }
        Some(index)
    }

    pub(super) fn into_vec(self) -> Vec<String> {
        match self {
            Self::Few(keys) => keys,
            Self::Many(keys) => keys.into_iter().collect(),
        }
    }
}
