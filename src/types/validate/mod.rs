//! Checks values against the constraints of their schemas.

mod assert;
mod check;
#[cfg(feature = "patterns")]
mod pattern;

pub use check::{Check, Rule};

use std::fmt;

use super::Typed;
use super::model::{Entries, List, Model, View};
use super::shape::{Additional, Shape};

/// A value that a schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The place, a JSON pointer (RFC 6901). Empty for the value itself.
    pub pointer: String,
    /// The keyword of the schema: `minimum`.
    pub rule: &'static str,
    /// What the schema demands: `must be at least 1`.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "value" } else { &self.pointer };
        write!(f, "{place}: {} ({})", self.message, self.rule)
    }
}

/// Checks `value` and all that it holds against the rules of its types, and `value` itself against `checks`.
#[must_use]
pub fn validate(value: &dyn Typed, checks: &[Check]) -> Vec<Violation> {
    let mut walk = Walk { pointer: String::new(), violations: Vec::new() };
    walk.view(value.view(), checks);
    walk.violations
}

struct Walk {
    pointer: String,
    violations: Vec<Violation>,
}

impl Walk {
    fn view(&mut self, view: View<'_>, checks: &[Check]) {
        for message in checks.iter().filter_map(|check| assert::violation(view, check)) {
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
            _ => {}
        }
    }

    fn model(&mut self, model: &dyn Model) {
        match model.shape() {
            Shape::Struct(shape) => {
                for (index, name) in shape.fields.iter().enumerate() {
                    self.below(name, |walk| walk.field(model, index, shape.rules));
                }
                if shape.additional == Additional::Keep {
                    self.field(model, shape.fields.len(), shape.rules);
                }
            }
            Shape::Tuple(shape) => {
                for index in 0..shape.len {
                    self.below(&index.to_string(), |walk| walk.field(model, index, shape.rules));
                }
                if let View::List(rest) = model.field(shape.len).view()
                    && shape.rest
                {
                    self.items(rest, shape.len, checks_of(shape.rules, shape.len));
                }
            }
            Shape::Union(shape) => self.field(model, model.selected(), shape.rules),
            Shape::StringEnum(shape) if model.selected() >= shape.values.len() => {
                self.report(("enum", format!("must be one of `{}`", shape.values.join("`, `"))));
            }
            Shape::StringEnum(_) => {}
        }
    }

    fn field(&mut self, model: &dyn Model, index: usize, rules: &'static [Rule]) {
        self.view(model.field(index).view(), checks_of(rules, index));
    }

    /// The items of a list, of which the first has the index `first` on the wire.
    fn items(&mut self, list: &dyn List, first: usize, checks: &[Check]) {
        let checks = checks.iter().find_map(|check| match check {
            Check::Items(checks) => Some(*checks),
            _ => None,
        });
        for index in 0..list.len() {
            if let Some(item) = list.get(index) {
                self.below(&(first + index).to_string(), |walk| walk.view(item, checks.unwrap_or(&[])));
            }
        }
    }

    fn values(&mut self, map: &dyn Entries, checks: &[Check]) {
        let checks = checks.iter().find_map(|check| match check {
            Check::Values(checks) => Some(*checks),
            _ => None,
        });
        for (key, value) in (0..map.len()).filter_map(|index| map.get(index)) {
            self.below(key, |walk| walk.view(value, checks.unwrap_or(&[])));
        }
    }

    /// Does something with `segment` at the end of the pointer.
    fn below(&mut self, segment: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        visit(self);
        self.pointer.truncate(length);
    }

    fn report(&mut self, (rule, message): (&'static str, String)) {
        self.violations.push(Violation { pointer: self.pointer.clone(), rule, message });
    }
}

fn checks_of(rules: &'static [Rule], field: usize) -> &'static [Check] {
    rules.iter().find(|rule| rule.field == field).map_or(&[], |rule| rule.checks)
}
