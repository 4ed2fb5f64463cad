//! `enum` and `const`.

use std::collections::HashSet;

use super::Schemas;
use super::expand::Atom;
use super::keyword::{Kinds, declared};
use super::literal::{literal, number};
use super::lower::Lowered;
use super::shape::Shape;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::types::{EnumBase, Literal};
use crate::openapi::place::Place;

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The shape of listed values. `None`: there is no list.
    pub(super) fn lower_values(&mut self, atoms: &[Atom<'t>], kinds: Kinds) -> Option<Lowered<'t>> {
        if let Some(constant) = atoms.iter().find_map(|atom| atom.schema.constant()) {
            let value = fit(constant, kinds);
            return Some(Lowered::plain(if value == Literal::Null { Shape::Null } else { Shape::Constant(value) }));
        }
        let mut lists =
            atoms.iter().filter_map(|atom| atom.schema.values()).filter(|values| values.elements().len() > 0);
        let first = lists.next()?;
        let mut mistyped = None;
        let mut values: Vec<Literal> = Vec::new();
        let mut seen = HashSet::new();
        for place in first.elements() {
            let value = fit(place, kinds);
            if value != literal(place) {
                mistyped = mistyped.or(Some(place));
            }
            if value != Literal::Null && seen.insert(value.clone()) {
                values.push(value);
            }
        }
        for list in lists {
            let others: HashSet<Literal> = list.elements().map(|place| fit(place, kinds)).collect();
            let both: Vec<Literal> = values.iter().filter(|value| others.contains(value)).cloned().collect();
            // Lists that exclude each other leave nothing: the first one counts.
            if !both.is_empty() {
                values = both;
            }
        }
        let is_nullable = |atom: &Atom<'t>| {
            atom.schema.nullable().and_then(Place::boolean) == Some(true)
                || declared(&atom.schema).is_none_or(|kinds| kinds.has(Kinds::NULL))
        };
        let null = first.elements().find(|place| place.is_null());
        if let Some(place) = null.filter(|_| !atoms.iter().any(is_nullable)) {
            let message = "`null` is listed, but is not of the schema's type";
            let diagnostic = Diagnostic::new(Code::MistypedValue, place.span(), message).label("allowed all the same");
            self.reader.report(place.file, diagnostic);
        }
        if let Some(place) = mistyped {
            let diagnostic =
                Diagnostic::new(Code::MistypedValue, place.span(), "the value is not of the schema's type")
                    .label("this one and others are read as if they were");
            self.reader.report(place.file, diagnostic);
        }
        Some(Lowered::plain(enumeration(values)))
    }
}

/// The shape of a list of values without null.
fn enumeration<'t, E>(values: Vec<Literal>) -> Shape<'t, E> {
    let all = |test: fn(&Literal) -> bool| values.iter().all(test);
    if values.is_empty() {
        return Shape::Null;
    }
    if all(|value| matches!(value, Literal::Boolean(_))) {
        return Shape::Boolean;
    }
    let is_integer = |value: &Literal| match value {
        Literal::Number(number) => number.as_integer().is_some_and(|integer| i64::try_from(integer).is_ok()),
        _ => false,
    };
    let base = if all(|value| matches!(value, Literal::String(_))) {
        EnumBase::String
    } else if all(is_integer) {
        EnumBase::Integer
    } else {
        EnumBase::Mixed
    };
    Shape::Enum(base, values)
}

/// The value at a place, as the type that its schema declares where it can be read so.
fn fit(place: Place<'_>, kinds: Kinds) -> Literal {
    let value = literal(place);
    let Some(scalar) = place.scalar() else {
        return value;
    };
    match &value {
        Literal::Boolean(_) | Literal::Number(_) if kinds == Kinds::STRING => Literal::String(scalar.text.to_owned()),
        Literal::String(_) if kinds == Kinds::INTEGER || kinds == Kinds::NUMBER => {
            number(place).map_or(value, Literal::Number)
        }
        Literal::String(_) if kinds == Kinds::BOOLEAN => place.boolean().map_or(value, Literal::Boolean),
        _ => value,
    }
}
