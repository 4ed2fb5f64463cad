//! A walk through a value and all that it holds.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use super::{Check, Rule, Violation, assert};
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

pub(super) struct Walk<'a> {
    side: Side,
    path: Vec<Segment<'a>>,
    violations: Vec<Violation>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Name(&'a str),
    Index(usize),
}

/// The violations of `view` and of all that it holds.
pub(crate) fn violations(view: View<'_>, checks: &[Check], side: Side) -> Vec<Violation> {
    let mut walk = Walk { side, path: Vec::new(), violations: Vec::new() };
    walk.view(view, checks);
    walk.violations
}

impl<'a> Walk<'a> {
    fn view(&mut self, view: View<'a>, checks: &[Check]) {
        let strict = self.side.is_strict();
        let checked = checks.iter().filter(|check| strict || !matches!(check, Check::Format(_)));
        for message in checked.filter_map(|check| assert::violation(view, check)) {
            self.report(message);
        }
        match view {
            View::Optional(optional) => {
                if let Some(view) = optional.get() {
                    self.view(view, checks);
                }
            }
            View::Model(model) => self.model(model),
            View::List(list) => self.items(list, 0, checks),
            View::Map(map) => self.values(map, checks),
            View::Any(value) if !checks.is_empty() => self.json(value, checks),
            _ => {}
        }
    }

    fn model(&mut self, model: &'a dyn Model) {
        match model.shape() {
            Shape::Struct(shape) => self.properties(model, shape),
            Shape::Tuple(shape) => {
                for index in 0..shape.len {
                    self.below(Segment::Index(index), |walk| walk.field(model, index, shape.rules));
                }
                if let View::List(rest) = model.field(shape.len).view()
                    && shape.rest
                {
                    self.items(rest, shape.len, checks_of(shape.rules, shape.len));
                }
            }
            Shape::Union(shape) => {
                let selected = model.selected();
                if shape.open && selected + 1 == shape.variants.len() && self.side.is_strict() {
                    self.report(("discriminator", unlisted(shape)));
                }
                self.field(model, selected, shape.rules);
            }
            Shape::StringEnum(shape) if model.selected() >= shape.values.len() && self.side.is_strict() => {
                self.report(("enum", format!("must be one of `{}`", shape.values.join("`, `"))));
            }
            Shape::StringEnum(_) => {}
        }
    }

    fn properties(&mut self, model: &'a dyn Model, shape: &'static Struct) {
        for (index, name) in shape.fields.iter().enumerate() {
            if self.side == Side::Any || !contains(shape.read_only, index) {
                self.below(Segment::Name(name), |walk| walk.field(model, index, shape.rules));
            }
        }
        if shape.additional == Additional::Keep {
            self.field(model, shape.fields.len(), shape.rules);
        }
    }

    fn field(&mut self, model: &'a dyn Model, index: usize, rules: &'static [Rule]) {
        let (view, checks) = (model.field(index).view(), checks_of(rules, index));
        match (view, model.foreign(index)) {
            (View::Opaque, Some(foreign)) if !checks.is_empty() => {
                if let Ok(value) = foreign.write() {
                    self.adopt(violations(View::Any(&value), checks, self.side));
                }
            }
            _ => self.view(view, checks),
        }
    }

    /// The items of a list, of which the first has the index `first` on the wire.
    fn items(&mut self, list: &'a dyn List, first: usize, checks: &[Check]) {
        let checks = items_of(checks);
        for index in 0..list.len() {
            if let Some(item) = list.get(index) {
                self.below(Segment::Index(first + index), |walk| walk.view(item, checks));
            }
        }
    }

    fn values(&mut self, map: &'a dyn Entries, checks: &[Check]) {
        let checks = values_of(checks);
        for (key, value) in (0..map.len()).filter_map(|index| map.get(index)) {
            self.below(Segment::Name(key), |walk| walk.view(value, checks));
        }
    }

    fn json(&mut self, value: &'a Value, checks: &[Check]) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(Segment::Index(index), |walk| walk.view(View::Any(item), items_of(checks)));
                }
            }
            Value::Object(properties) => {
                for (key, value) in properties {
                    self.below(Segment::Name(key), |walk| walk.view(View::Any(value), values_of(checks)));
                }
            }
            _ => {}
        }
    }

    /// Does something one step deeper.
    fn below(&mut self, segment: Segment<'a>, visit: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        visit(self);
        self.path.pop();
    }

    fn report(&mut self, (rule, message): (&'static str, String)) {
        #[cfg(feature = "__server")]
        if self.side == Side::Receiver && self.violations.len() >= MOST_FAULTS {
            return;
        }
        self.violations.push(Violation { pointer: self.pointer(), rule, message });
    }

    /// Takes violations of something at this place.
    fn adopt(&mut self, violations: Vec<Violation>) {
        for violation in violations {
            let pointer = self.pointer() + &violation.pointer;
            self.violations.push(Violation { pointer, ..violation });
        }
    }

    fn pointer(&self) -> String {
        let mut text = String::new();
        for segment in &self.path {
            // Writing to a string does not fail.
            let _ = match segment {
                Segment::Index(index) => write!(text, "/{index}"),
                Segment::Name(name) => write!(text, "/{}", escaped(name)),
            };
        }
        text
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
