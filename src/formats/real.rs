//! Real numbers of binary formats.

use serde_json::{Number, Value};

/// A number of 32 bits, with the digits that its type can tell apart.
pub(super) fn float(number: f32) -> Value {
    double(number.to_string().parse().unwrap_or_else(|_| number.into()))
}

/// A number of 64 bits. Those that JSON has no number for are texts.
pub(super) fn double(number: f64) -> Value {
    Number::from_f64(number).map_or_else(
        || match number {
            number if number.is_nan() => "NaN".into(),
            number if number > 0.0 => "Infinity".into(),
            _ => "-Infinity".into(),
        },
        Value::Number,
    )
}
