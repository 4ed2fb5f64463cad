//! The formats of texts: a sample of each, and whether a text has it.

use serde_json::{Map, Value};

use super::Place;
use crate::types::Base64;
use crate::types::validate::has_format;

/// What a schema says about the form of its texts.
pub(super) fn of(keywords: &Map<String, Value>) -> Option<&str> {
    let word = |keyword| keywords.get(keyword).and_then(Value::as_str);
    if matches!(word("contentEncoding"), Some("base64")) { Some("byte") } else { word("format") }
}

/// A text of a format; `None` for formats that say nothing about the text.
pub(super) fn sample(format: &str, place: Place) -> Option<String> {
    let seed = place.seed.item(place.ordinal);
    let (high, low) = (seed.bits(), seed.child("low").bits());
    let below = |count| seed.below(count);
    let word = super::words::word(seed);
    Some(match format {
        "uuid" => format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xFFFF,
            high & 0xFFF,
            low >> 48 & 0xFFF,
            low & 0xFFFF_FFFF_FFFF
        ),
        "date" => format!("2024-{:02}-{:02}", 1 + below(12), 1 + below(28)),
        "date-time" => {
            let time = (below(24), below(59), low % 60);
            format!("2024-{:02}-{:02}T{:02}:{:02}:{:02}Z", 1 + below(12), 1 + below(28), time.0, time.1, time.2)
        }
        "time" => format!("{:02}:{:02}:{:02}Z", below(24), below(59), low % 60),
        "duration" => format!("PT{}M", 1 + below(59)),
        "uri" | "url" | "iri" => format!("https://example.com/{word}-{}", below(100)),
        "uri-reference" | "iri-reference" => format!("/{word}-{}", below(100)),
        "email" => format!("{word}.{}@example.com", below(100)),
        "hostname" => format!("{word}-{}.example.com", below(100)),
        "ipv4" | "ip" => format!("192.0.2.{}", below(255)),
        "ipv6" => format!("2001:db8::{:x}", 1 + below(0xFFFE)),
        "byte" => Base64::from(word.as_bytes().to_vec()).encode(),
        "decimal" => format!("{}.{:02}", below(100), low % 100),
        _ => return None,
    })
}

/// Whether a text has a format. What is not known is not judged.
pub(super) fn fits(format: &str, text: &str) -> bool {
    match format {
        // Another spelling of the same bytes is read, but not given back.
        "byte" => Base64::decode(text).is_ok_and(|bytes| bytes.encode() == text),
        "decimal" => text.parse::<f64>().is_ok_and(f64::is_finite),
        _ => has_format(format, text),
    }
}
