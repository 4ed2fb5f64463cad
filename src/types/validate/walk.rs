//! A walk through a value and all that it holds.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Check, Rule, Violation, assert};
use crate::types::Foreign;
use crate::types::model::{Entries, List, Model, View};
use crate::types::shape::{Additional, Shape, Struct, Union, contains};

/// Whose value is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Anybody's.
    Any,
    /// A client's, which is about to send it: fields that requests do not carry are passed over, and so are strings that
    /// an open list lacks, since they can only have been written on purpose.
    #[cfg(feature = "client")]
    Sender,
    /// A client's, as its server sees it: what requests do not carry is passed over.
    #[cfg(feature = "__server")]
    Receiver,
}

impl Side {
    /// Whether formats count, strings that an open list lacks, and values that are no alternative of an open union.
    fn is_strict(self) -> bool {
        match self {
            #[cfg(feature = "client")]
            Self::Sender => false,
            _ => true,
        }
    }
}

/// As many faults as are told about a request: the answer must not be much larger than that.
#[cfg(feature = "__server")]
pub(crate) const MOST_FAULTS: usize = 100;

pub(super) struct Walk {
    side: Side,
    violations: Vec<Violation>,
}

/// A place in the value, on the stack of the walk: most values have no violation, and nothing is allocated for them.
#[derive(Clone, Copy)]
struct Place<'a> {
    above: Option<&'a Place<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    /// The value itself.
    Root,
    Name(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    const ROOT: Self = Self { above: None, segment: Segment::Root };

    fn property(&'a self, name: &'a str) -> Self {
        Self { above: Some(self), segment: Segment::Name(name) }
    }

    fn item(&'a self, index: usize) -> Self {
        Self { above: Some(self), segment: Segment::Index(index) }
    }

    fn pointer(&self) -> String {
        let mut text = self.above.map(Place::pointer).unwrap_or_default();
        // Writing to a string does not fail.
        let _ = match self.segment {
            Segment::Root => Ok(()),
            Segment::Index(index) => write!(text, "/{index}"),
            Segment::Name(name) => write!(text, "/{}", escaped(name)),
        };
        text
    }
}

/// The violations of `view` and of all that it holds.
pub(crate) fn violations(view: View<'_>, checks: &[Check], side: Side) -> Vec<Violation> {
    let mut walk = Walk { side, violations: Vec::new() };
    walk.view(view, checks, &Place::ROOT);
    walk.violations
}

impl Walk {
    fn view(&mut self, view: View<'_>, checks: &[Check], place: &Place<'_>) {
        if let View::Optional(optional) = view {
            // Checks are about what is there.
            if let Some(view) = optional.get() {
                self.view(view, checks, place);
            }
            return;
        }
        let strict = self.side.is_strict();
        let checked = checks.iter().filter(|check| strict || !matches!(check, Check::Format(_)));
        for message in checked.filter_map(|check| assert::violation(view, check)) {
            self.report(message, place);
        }
        match view {
            View::Model(model) => self.model(model, place),
            View::List(list) => self.items(list, 0, checks, place),
            View::Map(map) => self.values(map, checks, place),
            View::Any(value) if !checks.is_empty() => self.json(value, checks, place),
            _ => {}
        }
    }

    fn model(&mut self, model: &dyn Model, place: &Place<'_>) {
        match model.shape() {
            Shape::Struct(shape) => self.properties(model, shape, place),
            Shape::Tuple(shape) => {
                for index in 0..shape.len {
                    self.field(model, index, shape.rules, &place.item(index));
                }
                if let View::List(rest) = model.field(shape.len).view()
                    && shape.rest
                {
                    self.items(rest, shape.len, checks_of(shape.rules, shape.len), place);
                }
            }
            Shape::Union(shape) => {
                let selected = model.selected();
                if shape.open && selected + 1 == shape.variants.len() && self.side.is_strict() {
                    self.report(("discriminator", unlisted(shape)), place);
                }
                self.field(model, selected, shape.rules, place);
            }
            Shape::StringEnum(shape) if model.selected() >= shape.values.len() && self.side.is_strict() => {
                self.report(("enum", format!("must be one of `{}`", shape.values.join("`, `"))), place);
            }
            Shape::StringEnum(_) => {}
        }
    }

    fn properties(&mut self, model: &dyn Model, shape: &'static Struct, place: &Place<'_>) {
        for (index, name) in shape.fields.iter().enumerate() {
            if self.side == Side::Any || !contains(shape.read_only, index) {
                self.field(model, index, shape.rules, &place.property(name));
            }
        }
        if shape.additional == Additional::Keep {
            self.field(model, shape.fields.len(), shape.rules, place);
        }
    }

    fn field(&mut self, model: &dyn Model, index: usize, rules: &'static [Rule], place: &Place<'_>) {
        let checks = checks_of(rules, index);
        match model.field(index).view() {
            View::Opaque if !checks.is_empty() => {
                if let Some(Ok(value)) = model.foreign(index).map(Foreign::write) {
                    self.adopt(violations(View::Any(&value), checks, self.side), place);
                }
            }
            view => self.view(view, checks, place),
        }
    }

    /// The items of a list, of which the first has the index `first` on the wire.
    fn items(&mut self, list: &dyn List, first: usize, checks: &[Check], place: &Place<'_>) {
        let checks = items_of(checks);
        for index in 0..list.len() {
            if let Some(item) = list.get(index) {
                self.view(item, checks, &place.item(first + index));
            }
        }
    }

    fn values(&mut self, map: &dyn Entries, checks: &[Check], place: &Place<'_>) {
        let checks = values_of(checks);
        for (key, value) in (0..map.len()).filter_map(|index| map.get(index)) {
            self.view(value, checks, &place.property(key));
        }
    }

    fn json(&mut self, value: &Value, checks: &[Check], place: &Place<'_>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.view(View::Any(item), items_of(checks), &place.item(index));
                }
            }
            Value::Object(properties) => {
                for (key, value) in properties {
                    self.view(View::Any(value), values_of(checks), &place.property(key));
                }
            }
            _ => {}
        }
    }

    fn report(&mut self, (rule, message): (&'static str, String), place: &Place<'_>) {
        #[cfg(feature = "__server")]
        if self.side == Side::Receiver && self.violations.len() >= MOST_FAULTS {
            return;
        }
        self.violations.push(Violation { pointer: place.pointer(), rule, message });
    }

    /// Takes violations of something at this place.
    fn adopt(&mut self, violations: Vec<Violation>, place: &Place<'_>) {
        for violation in violations {
            let pointer = place.pointer() + &violation.pointer;
            self.violations.push(Violation { pointer, ..violation });
        }
    }
}

fn unlisted(shape: &Union) -> String {
    let tags: Vec<_> = shape.variants.iter().flat_map(|variant| variant.tags).copied().collect();
    format!("must have one of `{}` as `{}`", tags.join("`, `"), shape.discriminator)
}

/// A name as a segment of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

fn checks_of(rules: &'static [Rule], field: usize) -> &'static [Check] {
    rules.iter().find(|rule| rule.field == field).map_or(&[], |rule| rule.checks)
}

fn items_of(checks: &[Check]) -> &'static [Check] {
    let found = checks.iter().find_map(|check| match check {
        Check::Items(checks) => Some(*checks),
        _ => None,
    });
    found.unwrap_or(&[])
}

fn values_of(checks: &[Check]) -> &'static [Check] {
    let found = checks.iter().find_map(|check| match check {
        Check::Values(checks) => Some(*checks),
        _ => None,
    });
    found.unwrap_or(&[])
}
