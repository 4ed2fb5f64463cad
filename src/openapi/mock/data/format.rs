//! The formats of texts: a sample of each, and whether a text has it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::{Map, Value};
use url::Url;

use super::Place;
use crate::types::Base64;

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
        "uuid" => is_uuid(text),
        "date" => is_date(text),
        "date-time" => text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        "time" => is_time(text),
        "duration" => {
            text.strip_prefix('P').is_some_and(|rest| rest.ends_with(|last: char| last.is_ascii_alphabetic()))
        }
        "uri" | "url" | "iri" => Url::parse(text).is_ok() && !text.contains([' ', '{', '}']),
        "uri-reference" | "iri-reference" => !text.contains([' ', '{', '}', '<', '>', '\\']),
        "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host)),
        "hostname" => is_host(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "ip" => text.parse::<IpAddr>().is_ok(),
        // Another spelling of the same bytes is read, but not given back.
        "byte" => Base64::decode(text).is_ok_and(|bytes| bytes.encode() == text),
        "decimal" => text.parse::<f64>().is_ok_and(f64::is_finite),
        _ => true,
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let within = |part: &str, size: usize, most: u32| {
        part.len() == size && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    let longest = match (*month, year.parse::<u32>().unwrap_or_default()) {
        ("02", year) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        ("02", _) => 28,
        ("04" | "06" | "09" | "11", _) => 30,
        _ => 31,
    };
    within(year, 4, 9999) && within(month, 2, 12) && within(day, 2, longest)
}

/// A time with an offset.
fn is_time(text: &str) -> bool {
    let (time, zone) = match text.find(['Z', 'z', '+', '-']) {
        Some(end) => text.split_at(end),
        None => return false,
    };
    let two = |part: &str, most: u32| part.len() == 2 && part.parse().is_ok_and(|number: u32| number <= most);
    let parts: Vec<_> = time.split(':').collect();
    let [hour, minute, second] = parts.as_slice() else { return false };
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let offset = zone.get(1..).unwrap_or_default();
    two(hour, 23)
        && two(minute, 59)
        && two(second, 59)
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (offset.is_empty() && zone.eq_ignore_ascii_case("z")
            || offset.split_once(':').is_some_and(|(hour, minute)| two(hour, 23) && two(minute, 59)))
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && text.len() < 254 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..64).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}
