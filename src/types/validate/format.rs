//! Formats of strings.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Url;

/// Whether a text has a format. What is not known is not judged.
pub(crate) fn has_format(format: &str, text: &str) -> bool {
    match format {
        "uuid" => is_uuid(text),
        "date" => is_date(text),
        "date-time" => text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| is_date(date) && is_time(time)),
        "time" => is_time(text),
        "duration" => {
            text.strip_prefix('P').is_some_and(|rest| rest.ends_with(|last: char| last.is_ascii_alphabetic()))
        }
        "uri" | "url" => is_reference(text) && text.is_ascii() && Url::parse(text).is_ok(),
        "iri" => is_reference(text) && Url::parse(text).is_ok(),
        "uri-reference" => is_reference(text) && text.is_ascii(),
        "iri-reference" => is_reference(text),
        "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host)),
        "hostname" => is_host(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "ip" => text.parse::<IpAddr>().is_ok(),
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
        // A leap second ends an hour.
        && (two(second, 59) || (*minute, second) == ("59", "60"))
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

/// Whether all characters of a text may stand in a reference (RFC 3986, and RFC 3987 for those beyond ASCII).
fn is_reference(text: &str) -> bool {
    let is_foreign = |letter: char| letter.is_control() || " \"<>\\^`{|}".contains(letter);
    let escapes = text.split('%').skip(1);
    let is_escape = |after: &str| after.get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    !text.contains(is_foreign) && { escapes }.all(is_escape)
}

#[cfg(test)]
mod tests {
    use super::has_format;

    #[test]
    fn formats_are_told_apart() {
        for (format, good, bad) in [
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
            ("date", "2024-02-29", "2023-02-29"),
            ("time", "23:59:60Z", "12:30"),
            ("date-time", "2024-02-29T10:00:00.5+01:00", "2024-02-29"),
            ("duration", "P1DT2H", "1 day"),
            ("email", "a@example.com", "a"),
            ("hostname", "a-b.example", "-a"),
            ("ipv4", "192.0.2.1", "192.0.2"),
            ("ipv6", "::1", "1"),
            ("ip", "::1", ""),
            ("uri", "urn:a:b", "/a"),
            ("iri", "https://ex.ample/ä", "ä"),
            ("uri-reference", "a%20b", "a%2"),
            ("iri-reference", "ä", "a b"),
        ] {
            assert!(has_format(format, good), "{format}: {good}");
            assert!(!has_format(format, bad), "{format}: {bad}");
        }
        assert!(has_format("anything", ""));
    }
}
