//! Numbers and texts.

use super::Schemas;
use super::expand::Atom;
use super::keyword;
use super::literal::{count, number};
use super::shape::Shape;
use crate::ir::types::{Bound, NumberRules, SizeRules, StringFormat, StringRules};
use crate::openapi::place::Place;

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    pub(super) fn string<E>(atoms: &[Atom<'t>]) -> Shape<'t, E> {
        let base64 = atoms.iter().filter_map(|atom| atom.schema.content_encoding()).find_map(Place::string);
        let format = if base64.is_some_and(|encoding| encoding.to_ascii_lowercase().starts_with("base64")) {
            StringFormat::Base64
        } else {
            let mut formats = atoms.iter().filter_map(|atom| keyword::format(&atom.schema));
            let is_binary = atoms.iter().any(|atom| {
                let media_type = atom.schema.content_media_type().and_then(Place::string);
                media_type == Some("application/octet-stream")
            });
            let implied = if is_binary { StringFormat::Binary } else { StringFormat::Plain };
            formats.find_map(keyword::string_format).unwrap_or(implied)
        };
        let mut rules = StringRules::default();
        for schema in atoms.iter().map(|atom| &atom.schema) {
            rules.min_length = rules.min_length.max(schema.min_length().and_then(count));
            rules.max_length = least(rules.max_length, schema.max_length().and_then(count));
            rules.pattern = rules.pattern.or_else(|| schema.pattern().and_then(Place::string).map(str::to_owned));
        }
        Shape::String(format, rules)
    }

    pub(super) fn integer<E>(atoms: &[Atom<'t>]) -> Shape<'t, E> {
        let format = atoms.iter().find_map(|atom| keyword::format(&atom.schema)).map(keyword::integer_format);
        Shape::Integer(format.unwrap_or_default(), number_rules(atoms))
    }

    pub(super) fn number_shape<E>(atoms: &[Atom<'t>]) -> Shape<'t, E> {
        let format = atoms.iter().find_map(|atom| keyword::format(&atom.schema)).map(keyword::number_format);
        Shape::Number(format.unwrap_or_default(), number_rules(atoms))
    }
}

fn number_rules(atoms: &[Atom<'_>]) -> NumberRules {
    let mut rules = NumberRules::default();
    for schema in atoms.iter().map(|atom| &atom.schema) {
        let minimum = bound(schema.minimum(), schema.exclusive_minimum());
        let maximum = bound(schema.maximum(), schema.exclusive_maximum());
        rules.minimum = tighter(rules.minimum, minimum, |new, old| new > old);
        rules.maximum = tighter(rules.maximum, maximum, |new, old| new < old);
        rules.multiple_of = rules.multiple_of.or_else(|| schema.multiple_of().and_then(number));
    }
    rules
}

/// An end of a range: `exclusive` is a truth value in 3.0 and a bound of its own from 3.1 on.
fn bound(inclusive: Option<Place<'_>>, exclusive: Option<Place<'_>>) -> Option<Bound> {
    let flag = exclusive.and_then(Place::boolean);
    if let Some(value) = exclusive.filter(|_| flag.is_none()).and_then(number) {
        return Some(Bound { value, exclusive: true });
    }
    inclusive.and_then(number).map(|value| Bound { value, exclusive: flag == Some(true) })
}

fn tighter(old: Option<Bound>, new: Option<Bound>, is_tighter: impl Fn(f64, f64) -> bool) -> Option<Bound> {
    match (old, new) {
        (Some(old), Some(new)) if is_tighter(new.value.as_double(), old.value.as_double()) => Some(new),
        (None, new) => new,
        (old, _) => old,
    }
}

pub(super) fn least(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

/// The sizes that all of the pairs of a minimum and a maximum allow.
pub(super) fn size_rules<'t>(pairs: impl Iterator<Item = (Option<Place<'t>>, Option<Place<'t>>)>) -> SizeRules {
    let mut rules = SizeRules::default();
    for (minimum, maximum) in pairs {
        rules.minimum = rules.minimum.max(minimum.and_then(count));
        rules.maximum = least(rules.maximum, maximum.and_then(count));
    }
    rules
}
