//! Lists.

use serde_json::{Map, Value};

use super::fits::{size, wants_unique};
use super::{Generator, Place, same};

/// The longest list that is made.
const LONGEST: usize = 1_000;
/// Values that are tried for an item that no other item may equal.
const TRIED: usize = 32;

impl Generator<'_> {
    pub(super) fn array(&mut self, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        let least = size(keywords, "minItems").unwrap_or_default();
        let places = keywords.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        let most = size(keywords, "maxItems").unwrap_or(usize::MAX);
        let usual = if places > 0 { places } else { 1 };
        let mut items = Vec::new();
        self.lengthen(keywords, &mut items, least.max(usual).min(most).min(LONGEST), place);
        (items.len() >= least.min(LONGEST)).then_some(Value::Array(items))
    }

    /// Adds items until there are `count`, or no more can be made.
    pub(super) fn lengthen(
        &mut self,
        keywords: &Map<String, Value>,
        items: &mut Vec<Value>,
        count: usize,
        place: Place,
    ) {
        let prefix = keywords.get("prefixItems").and_then(Value::as_array);
        let any = Value::Bool(true);
        while items.len() < count {
            let index = items.len();
            let rest = keywords.get("items").unwrap_or(&any);
            let schema = prefix.and_then(|prefix| prefix.get(index)).unwrap_or(rest);
            let place = place.item(index);
            let tried = if wants_unique(keywords) { TRIED } else { 1 };
            let ordinals =
                (0..tried).map(|tried| if tried == 0 { place.ordinal } else { place.ordinal + index + tried });
            let mut made = ordinals.filter_map(|ordinal| self.value(schema, place.other(ordinal)));
            let Some(item) = made.find(|item| tried == 1 || !items.iter().any(|other| same(item, other))) else {
                break;
            };
            items.push(item);
        }
    }
}
