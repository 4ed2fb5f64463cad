//! Messages that have a form of their own in JSON.

use serde_json::{Map, Value};

use super::Shape;
use super::wire::broken;
use crate::formats::FormatError;

const DAY: i64 = 86_400;

/// A message by its fields.
pub(super) fn shape(shape: Shape, mut members: Map<String, Value>) -> Result<Value, FormatError> {
    Ok(match shape {
        Shape::Object => Value::Object(members),
        Shape::Content => members.into_iter().next().map_or(Value::Null, |(_, value)| value),
        Shape::Value => match members.into_iter().next() {
            Some((name, value)) if name != "nullValue" => value,
            _ => Value::Null,
        },
        Shape::Timestamp => timestamp(&members)?.into(),
        Shape::Duration => duration(&members)?.into(),
        Shape::FieldMask => match members.swap_remove("paths") {
            Some(Value::Array(paths)) => {
                let paths: Vec<String> = paths.iter().filter_map(Value::as_str).map(camel).collect();
                paths.join(",").into()
            }
            _ => Value::Null,
        },
    })
}

fn seconds(members: &Map<String, Value>) -> i64 {
    members.get("seconds").and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn nanos(members: &Map<String, Value>) -> i64 {
    members.get("nanos").and_then(Value::as_i64).unwrap_or_default()
}

/// A moment, by RFC 3339.
fn timestamp(members: &Map<String, Value>) -> Result<String, FormatError> {
    let (seconds, nanos) = (seconds(members), nanos(members));
    // From the year 1 to the year 9999.
    if !(-62_135_596_800..=253_402_300_799).contains(&seconds) || !(0..1_000_000_000).contains(&nanos) {
        return Err(broken("a moment of it lies outside of the years 1 to 9999"));
    }
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let rest = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let fraction = fraction(nanos);
    Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

/// The date of a day, counted from 1970-01-01 (the Gregorian calendar, whose periods of 400 years have 146,097 days).
fn date(days: i64) -> (i64, i64, i64) {
    // Years that begin in March have their leap day at the end.
    let days = days + 719_468;
    let (period, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (period * 400 + year + carry, month, day)
}

/// A duration in seconds.
fn duration(members: &Map<String, Value>) -> Result<String, FormatError> {
    let (seconds, nanos) = (seconds(members), nanos(members));
    let contradict = seconds.signum() * nanos.signum() < 0;
    if seconds.unsigned_abs() > 315_576_000_000 || nanos.unsigned_abs() > 999_999_999 || contradict {
        return Err(broken("a duration of it is longer than 10000 years, or of both signs"));
    }
    let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
    Ok(format!("{sign}{}{}s", seconds.unsigned_abs(), fraction(nanos.abs())))
}

/// A part of a second, with 3, 6 or 9 digits.
fn fraction(nanos: i64) -> String {
    match nanos {
        0 => String::new(),
        nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
        nanos => format!(".{nanos:09}"),
    }
}

/// A path of fields by their names in JSON.
fn camel(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut is_behind = false;
    for next in path.chars() {
        match next {
            '_' => is_behind = true,
            next if is_behind => {
                text.push(next.to_ascii_uppercase());
                is_behind = false;
            }
            next => text.push(next),
        }
    }
    text
}
