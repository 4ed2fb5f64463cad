//! An object with free keys.

use std::fmt;
use std::marker::PhantomData;

use super::keys::Keys;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// A map from strings in the order of insertion.
///
/// The keys are kept by code that does not depend on `V`, so another type of values costs the compiler little.
#[derive(Clone)]
pub struct Map<V> {
    keys: Keys,
    values: Vec<V>,
}

impl<V> Map<V> {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Self { keys: Keys::new(), values: Vec::new() }
    }

    /// The number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.values.get(self.keys.find(key)?)
    }

    /// The value of `key`, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.values.get_mut(self.keys.find(key)?)
    }

    /// Whether there is an entry for `key`.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.keys.find(key).is_some()
    }

    /// The entry at `index`, in the order of insertion.
    #[must_use]
    pub fn get_index(&self, index: usize) -> Option<(&str, &V)> {
        Some((self.keys.get(index)?, self.values.get(index)?))
    }

    /// Sets the value of `key` and gives back the one that it had.
    pub fn insert(&mut self, key: impl Into<String>, value: V) -> Option<V> {
        let index = self.keys.insert(key.into());
        if index == self.values.len() {
            self.values.push(value);
            return None;
        }
        self.values.get_mut(index).map(|place| std::mem::replace(place, value))
    }

    /// Takes the entry of `key` out; the order of the others stays.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        let index = self.keys.remove(key)?;
        Some(self.values.remove(index))
    }

    /// The entries, in the order of insertion.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.keys().zip(&self.values)
    }

    /// The keys, in the order of insertion.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.keys.len()).map(|index| self.keys.get(index).unwrap_or_default())
    }

    /// The values, in the order of insertion.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.values.iter()
    }

    /// Puts `value` at `key` and leads to it.
    pub(super) fn place(&mut self, key: String, value: V) -> &mut V {
        let index = self.keys.insert(key);
        if index == self.values.len() {
            self.values.push(value);
        } else {
            self.values[index] = value;
        }
        &mut self.values[index]
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Maps with the same entries are equal in whatever order these were inserted.
impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::iter::Zip<std::vec::IntoIter<String>, std::vec::IntoIter<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.keys.into_vec().into_iter().zip(self.values)
    }
}

/// Generated types are not written by this; maps of types that the user put in the place of a schema are.
impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, value)) = entries.next_entry::<String, V>()? {
            map.insert(key, value);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::Map;

    #[test]
    fn maps_are_read_and_written_in_their_order() {
        let text = r#"{"b":1,"a":2}"#;
        let map: Map<u8> = serde_json::from_str(text).unwrap();
        assert_eq!(map.get("a"), Some(&2));
        assert_eq!(serde_json::to_string(&map).unwrap(), text);
        assert!(serde_json::from_str::<Map<u8>>("[]").unwrap_err().to_string().contains("expected an object"));
    }

    #[test]
    fn few_and_many_keys_are_kept_alike() {
        let mut map = Map::new();
        for round in 0..2 {
            for number in 0..20 {
                assert_eq!(map.insert(number.to_string(), number + round), (round == 1).then_some(number));
                assert_eq!(map.get(&number.to_string()), Some(&(number + round)));
            }
            assert_eq!(map.len(), 20);
        }
        assert_eq!(map.keys().nth(13), Some("13"));
        assert_eq!((map.remove("3"), map.remove("3")), (Some(4), None));
        assert_eq!(map.get_index(3), Some(("4", &5)));
        for number in 5..20 {
            assert_eq!(map.remove(&number.to_string()), Some(number + 1));
        }
        let entries: Vec<_> = map.clone().into_iter().collect();
        assert_eq!(entries, [("0".to_owned(), 1), ("1".to_owned(), 2), ("2".to_owned(), 3), ("4".to_owned(), 5)]);
        assert_eq!(map, entries.into_iter().rev().collect());
    }
}
