//! Numbers within limits.

use serde_json::{Map, Number, Value};

use super::Place;

/// What a schema demands of numbers.
pub(super) struct Limits {
    least: Option<f64>,
    above: Option<f64>,
    most: Option<f64>,
    below: Option<f64>,
    step: Option<f64>,
    /// The least and the greatest value that the format holds.
    held: Option<(f64, f64)>,
    single: bool,
}

impl Limits {
    pub(super) fn new(keywords: &Map<String, Value>) -> Self {
        let number = |keyword| keywords.get(keyword).and_then(Value::as_f64);
        let format = keywords.get("format").and_then(Value::as_str).unwrap_or_default();
        let held = match format {
            "int8" => Some((-128.0, 127.0)),
            "int16" => Some((-32_768.0, 32_767.0)),
            "int32" => Some((f64::from(i32::MIN), f64::from(i32::MAX))),
            "uint8" => Some((0.0, 255.0)),
            "uint16" => Some((0.0, 65_535.0)),
            "uint32" => Some((0.0, f64::from(u32::MAX))),
            "uint64" | "uint" => Some((0.0, f64::MAX)),
            _ => None,
        };
        Self {
            least: number("minimum"),
            above: number("exclusiveMinimum"),
            most: number("maximum"),
            below: number("exclusiveMaximum"),
            step: number("multipleOf").filter(|step| *step > 0.0),
            held,
            single: format == "float",
        }
    }

    pub(super) fn allow(&self, number: &Number) -> bool {
        number.as_f64().is_some_and(|value| self.hold(value))
    }

    fn hold(&self, value: f64) -> bool {
        self.least.is_none_or(|least| value >= least)
            && self.above.is_none_or(|above| value > above)
            && self.most.is_none_or(|most| value <= most)
            && self.below.is_none_or(|below| value < below)
            && self.held.is_none_or(|(least, most)| (least..=most).contains(&value))
            && self.step.is_none_or(|step| is_multiple(value, step))
    }

    /// The lower end of the range, and the upper one.
    fn ends(&self) -> (Option<f64>, Option<f64>) {
        let greater = |one: Option<f64>, other: Option<f64>| one.into_iter().chain(other).reduce(f64::max);
        let lesser = |one: Option<f64>, other: Option<f64>| one.into_iter().chain(other).reduce(f64::min);
        let (least, most) = (self.held.map(|held| held.0), self.held.map(|held| held.1));
        (greater(greater(self.least, self.above), least), lesser(lesser(self.most, self.below), most))
    }

    /// Numbers that are likely to be within the limits, the nicest first.
    fn candidates(&self, wanted: f64, whole: bool) -> Vec<f64> {
        let unit = self.step.unwrap_or(if whole { 1.0 } else { 0.25 });
        let (low, high) = self.ends();
        let snapped = |value: f64| [(value / unit).floor() * unit, (value / unit).ceil() * unit];
        let mut candidates = vec![wanted];
        candidates.extend(snapped(wanted));
        if let Some(low) = low {
            candidates.extend(snapped(low + wanted));
            candidates.extend(snapped(low));
            candidates.push((low / unit).floor() * unit + unit);
            candidates.push(low + unit);
        }
        if let Some(high) = high {
            candidates.extend(snapped(high));
            candidates.push((high / unit).ceil() * unit - unit);
            candidates.push(high - unit);
        }
        if let (Some(low), Some(high)) = (low, high) {
            candidates.extend(snapped(f64::midpoint(low, high)));
            candidates.push(f64::midpoint(low, high));
        }
        candidates.extend([0.0, low.unwrap_or_default(), high.unwrap_or_default()]);
        candidates
    }
}

/// Whether a number is a multiple of another, as far as binary fractions can tell.
fn is_multiple(value: f64, step: f64) -> bool {
    let quotient = value / step;
    (quotient - quotient.round()).abs() <= f64::EPSILON * quotient.abs().max(1.0)
}

/// A number that the keywords allow, if one is found.
pub(super) fn number(keywords: &Map<String, Value>, place: Place, whole: bool) -> Option<Value> {
    let limits = Limits::new(keywords);
    #[expect(clippy::cast_precision_loss, reason = "it is small")]
    let wanted = (1 + place.seed.below(100) + place.ordinal as u64) as f64 + if whole { 0.0 } else { 0.5 };
    let fitting = |value: &f64| limits.hold(*value) && (!whole || value.fract() == 0.0);
    let value = limits.candidates(wanted, whole).into_iter().find(fitting)?;
    Some(if whole { integer(value) } else { fraction(value, limits.single) })
}

/// A number as its type holds it: what has single precision loses the digits that a reader would lose.
pub(super) fn held(keywords: &Map<String, Value>, value: &Value) -> Value {
    let is_whole = keywords.get("type").is_some_and(|kind| match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "integer") && !kinds.iter().any(|kind| kind == "number"),
        kind => kind == "integer",
    });
    match (value.as_f64(), value.is_f64()) {
        (Some(number), true) if is_whole => integer(number),
        (Some(number), _) if Limits::new(keywords).single => fraction(number, true),
        _ => value.clone(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "doubles without fraction; the ends of the range saturate")]
fn integer(value: f64) -> Value {
    Value::from(value as i64)
}

fn fraction(value: f64, single: bool) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "this is what is asked for")]
    let shortest = || (value as f32).to_string().parse().unwrap_or(value);
    Value::from(if single { shortest() } else { value })
}

/// Equality of JSON Schema: 1 and 1.0 are one number, and the order of properties does not count.
pub(in crate::openapi::mock) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        (left, right) => left == right,
    }
}
