//! Objects, fields and shapes, and how a file is held against them.

use std::ops::RangeInclusive;

use super::outputs;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lint::view::{Item, View};
use crate::source::Span;
use crate::suggest;
use crate::tree::ScalarKind;

/// The two generations of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Era {
    /// `naftiko:`, where named things are lists.
    Old,
    /// `ikanos:`, where they are mappings keyed by their names.
    New,
}

/// A mapping.
pub(super) struct Object {
    pub(super) fields: &'static [Field],
    /// Rules between fields: what is wrong with the mapping, if something is.
    pub(super) rule: fn(View<'_>, Era) -> Option<&'static str>,
}

/// A field of a mapping.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) is_needed: bool,
    /// The generation that has it; `None`: both.
    pub(super) era: Option<Era>,
}

/// What a value may be.
pub(super) enum Shape {
    /// Anything, or what the compiler checks as strictly as the schema does.
    Any,
    Text,
    /// A text of a certain form.
    Form(&'static str, fn(&str) -> bool),
    /// One of a few words, as they are written.
    Word(&'static [&'static str]),
    Boolean,
    Integer(RangeInclusive<i64>),
    TextOrNumber,
    /// A list of at least one element.
    List(&'static Shape),
    /// A collection of named things.
    Named(&'static Object),
    /// A collection of named things of several kinds, as [`Choice`](Self::Choice).
    NamedChoice(fn(View<'_>) -> Option<&'static Object>),
    /// A mapping with keys of a certain form.
    Keyed(&'static str, fn(&str) -> bool, &'static Shape),
    /// A mapping with whatever keys.
    Values(&'static Shape),
    Object(&'static Object),
    /// One of several mappings, by what is in it; `None`: none of them, which the compiler reports.
    Choice(fn(View<'_>) -> Option<&'static Object>),
    /// Outputs of an exposed operation.
    Outputs,
}

/// A field that may be absent.
pub(super) const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, is_needed: false, era: None }
}

/// A field that must be there.
pub(super) const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, is_needed: true, era: None }
}

impl Field {
    /// The field belongs to one generation only.
    pub(super) const fn of(self, era: Era) -> Self {
        Self { name: self.name, shape: self.shape, is_needed: self.is_needed, era: Some(era) }
    }
}

/// No rule between fields.
pub(super) const fn free(_: View<'_>, _: Era) -> Option<&'static str> {
    None
}

/// Holds files against tables.
#[derive(Clone, Copy)]
pub(super) struct Schema<'s> {
    pub(super) era: Era,
    pub(super) sink: &'s Sink,
}

impl Schema<'_> {
    pub(super) fn report(self, span: Span, message: String) {
        self.sink.report(Diagnostic::new(Code::SchemaViolation, span, message));
    }

    /// Checks a mapping. What is no mapping is the compiler's business.
    pub(super) fn object(self, view: View<'_>, object: &Object, what: &str) {
        if !view.is_mapping() {
            return;
        }
        for field in object.fields {
            let belongs = field.era.is_none_or(|era| era == self.era);
            match view.entries().find(|(key, _)| key.text() == field.name) {
                Some((key, _)) if !belongs => {
                    let other = if self.era == Era::Old { "`ikanos`" } else { "`naftiko`" };
                    self.report(key.span(), format!("`{}` belongs to files that begin with {other}", field.name));
                }
                Some((key, value)) => self.shape(value, &field.shape, &quoted(key)),
                None if field.is_needed && belongs => {
                    self.report(view.span(), format!("{what} has no `{}`", field.name));
                }
                None => {}
            }
        }
        if let Some(message) = (object.rule)(view, self.era) {
            self.report(view.span(), format!("{what} {message}"));
        }
    }

    fn shape(self, view: View<'_>, shape: &Shape, name: &str) {
        match shape {
            Shape::Any => {}
            Shape::Text => self.kind(view, name, "a text", |kind| kind == ScalarKind::Text),
            Shape::TextOrNumber => self.kind(view, name, "a text or a number", |kind| {
                matches!(kind, ScalarKind::Text | ScalarKind::Integer | ScalarKind::Float)
            }),
            Shape::Boolean => {
                self.kind(view, name, "`true` or `false`", |kind| matches!(kind, ScalarKind::Boolean(_)));
            }
            Shape::Integer(range) => {
                let is_within = view.text().parse::<i64>().is_ok_and(|number| range.contains(&number));
                let is_integer = view.scalar().is_some_and(|scalar| scalar.kind() == ScalarKind::Integer);
                if !(is_within && is_integer) && view.scalar().is_some() {
                    let message = format!("{name} must be a number from {} to {}", range.start(), range.end());
                    self.report(view.span(), message);
                }
            }
            Shape::Form(form, fits) => {
                if view.scalar().is_some() && !fits(view.text()) {
                    self.report(view.span(), format!("{name} must be {form}, not `{}`", view.text()));
                }
            }
            Shape::Word(words) => {
                if view.scalar().is_some() && !words.contains(&view.text()) {
                    let words = suggest::list(words.iter().copied());
                    self.report(view.span(), format!("{name} must be one of {words}, as it stands here"));
                }
            }
            Shape::List(element) => self.list(view, element, name),
            Shape::Named(object) => self.named(view, |_| Some(object), name),
            Shape::NamedChoice(choose) => self.named(view, choose, name),
            Shape::Keyed(form, fits, value) => {
                for (key, element) in view.entries() {
                    if !fits(key.text()) {
                        self.report(key.span(), format!("a key of {name} must be {form}, not `{}`", key.text()));
                    }
                    self.shape(element, value, &quoted(key));
                }
            }
            Shape::Values(value) => {
                for (key, element) in view.entries() {
                    self.shape(element, value, &quoted(key));
                }
            }
            Shape::Object(object) => self.object(view, object, name),
            Shape::Choice(choose) => {
                if let Some(object) = choose(view) {
                    self.object(view, object, name);
                }
            }
            Shape::Outputs => outputs::check(self, view),
        }
    }

    fn kind(self, view: View<'_>, name: &str, expected: &str, fits: fn(ScalarKind) -> bool) {
        if view.scalar().is_some_and(|scalar| !fits(scalar.kind())) {
            self.report(view.span(), format!("{name} must be {expected}"));
        }
    }

    fn list(self, view: View<'_>, element: &Shape, name: &str) {
        if view.is_list() && view.elements().next().is_none() {
            self.report(view.span(), format!("{name} is empty"));
        }
        for value in view.elements() {
            self.shape(value, element, &format!("an entry of {name}"));
        }
    }

    fn named<'o>(self, view: View<'_>, choose: impl Fn(View<'_>) -> Option<&'o Object>, name: &str) {
        if view.scalar().is_some() {
            return;
        }
        if self.era == Era::Old && view.is_mapping() {
            self.report(view.span(), format!("{name} is a list in files that begin with `naftiko`"));
        }
        if self.era == Era::New && view.is_list() {
            self.report(
                view.span(),
                format!("{name} is a mapping keyed by the names in files that begin with `ikanos`"),
            );
        }
        if view.items().next().is_none() {
            self.report(view.span(), format!("{name} is empty"));
        }
        for Item { name: key, value } in view.items() {
            let what = key.map_or_else(|| format!("an entry of {name}"), quoted);
            if let Some(object) = choose(value) {
                self.object(value, object, &what);
            }
        }
    }
}

/// A name as messages show it.
fn quoted(name: View<'_>) -> String {
    format!("`{}`", name.text())
}
