//! What the mock keeps.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

/// Collections that are kept; the one that was written longest ago goes first.
const MAX_COLLECTIONS: usize = 1_000;
/// Items of a collection; the oldest goes first.
const MAX_ITEMS: usize = 1_000;

/// The collections that were written, by their paths.
#[derive(Debug, Default)]
pub(super) struct Store {
    collections: HashMap<String, Collection>,
    /// How many writes there were.
    clock: u64,
}

/// The items of a collection by their keys, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Collection {
    pub(super) items: IndexMap<String, Value>,
    written: u64,
}

impl Store {
    /// A collection; `None` for one that was never written.
    pub(super) fn get(&self, path: &str) -> Option<&Collection> {
        self.collections.get(path)
    }

    /// A collection to write; `seeds` are what it shows as long as nobody writes it.
    pub(super) fn write(&mut self, path: &str, seeds: impl FnOnce() -> IndexMap<String, Value>) -> &mut Collection {
        self.clock += 1;
        if !self.collections.contains_key(path) && self.collections.len() >= MAX_COLLECTIONS {
            let oldest = self.collections.iter().min_by_key(|(_, collection)| collection.written);
            if let Some(path) = oldest.map(|(path, _)| path.clone()) {
                self.collections.remove(&path);
            }
        }
        let seeded = || Collection { items: seeds(), written: 0 };
        let collection = self.collections.entry(path.to_owned()).or_insert_with(seeded);
        collection.written = self.clock;
        collection
    }

    /// Forgets what lies below an item.
    pub(super) fn forget_below(&mut self, item: &str) {
        self.collections.retain(|path, _| path.strip_prefix(item).is_none_or(|rest| !rest.starts_with('/')));
    }
}

impl Collection {
    /// Adds an item, or replaces the one with its key.
    pub(super) fn put(&mut self, key: String, item: Value) {
        self.items.insert(key, item);
        if self.items.len() > MAX_ITEMS {
            self.items.shift_remove_index(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let mut store = Store::default();
        for number in 0..=MAX_COLLECTIONS {
            store.write(&format!("/{number}"), IndexMap::new);
        }
        assert!(store.get("/0").is_none() && store.get("/1").is_some());
        let collection = store.write("/1", IndexMap::new);
        for number in 0..=MAX_ITEMS {
            collection.put(number.to_string(), Value::Null);
        }
        assert_eq!(collection.items.len(), MAX_ITEMS);
        assert!(!collection.items.contains_key("0"));
    }

    #[test]
    fn what_lies_below_an_item_goes_with_it() {
        let mut store = Store::default();
        for path in ["/pets", "/pets/1/toys", "/pets/10/toys"] {
            store.write(path, IndexMap::new);
        }
        store.forget_below("/pets/1");
        assert!(store.get("/pets/1/toys").is_none() && store.get("/pets/10/toys").is_some());
    }
}
