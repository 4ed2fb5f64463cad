//! Texts that a schema allows.

use serde_json::{Map, Value};

use super::fits::{scalar_fits, size};
use super::{Place, format, pattern, words};

/// Texts that are tried for a pattern together with other demands.
const TRIED: usize = 24;
/// The longest text that is made to be long enough.
const LONGEST: usize = 64 * 1024;

/// A text that the keywords allow, or the nearest that is found.
pub(super) fn string(keywords: &Map<String, Value>, place: Place) -> Value {
    let least = size(keywords, "minLength").unwrap_or_default().min(LONGEST);
    let most = size(keywords, "maxLength").unwrap_or(usize::MAX);
    let mut nearest = None;
    let mut candidate = |text: String| {
        let value = Value::String(text);
        if scalar_fits(keywords, &value) {
            return Some(value);
        }
        nearest.get_or_insert(value);
        None
    };
    if let Some(found) = format::of(keywords).and_then(|format| format::sample(format, place)).and_then(&mut candidate)
    {
        return found;
    }
    if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
        for tried in 0..TRIED {
            let wanted = least.max(if tried % 2 == 0 { 0 } else { tried });
            let seed = place.seed.item(place.ordinal * TRIED + tried);
            if let Some(found) = pattern::sample(pattern, seed, wanted.min(most)).and_then(&mut candidate) {
                return found;
            }
        }
    }
    let text = words::text(place.seed, place.ordinal);
    // Whoever puts a key into a path by hand should not have to encode it.
    let text = if place.is_key { text.replace(' ', "-") } else { text };
    let text = sized(text, least, most, place.ordinal);
    candidate(text).or(nearest).unwrap_or_default()
}

/// A text as long as it must be. Its end tells texts apart, so it is cut at the front.
fn sized(text: String, least: usize, most: usize, ordinal: usize) -> String {
    let length = text.chars().count();
    if length > most {
        let text = if ordinal == 0 { text.replace(' ', "") } else { text };
        let kept = text.chars().count().saturating_sub(most);
        return text.chars().skip(kept).collect();
    }
    if length < least {
        let filling: String = text.chars().filter(|letter| *letter != ' ').cycle().take(least - length).collect();
        return format!("{filling}{text}");
    }
    text
}
