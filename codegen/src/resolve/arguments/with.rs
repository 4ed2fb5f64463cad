//! `with`: values and names that a call gives to inputs (section 8 of the format).

use super::{Kind, Origin, Resolver, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Location, Source};
use crate::naftiko::{Text, With};
use crate::resolve::constant::{article, fit};
use crate::resolve::names::normalise;
use crate::resolve::steps::is_path;
use crate::suggest;

/// Words that people write for the surface's own parameters, and that the format gives no meaning.
const FALSE_SCOPES: &[&str] =
    &["args", "arguments", "input", "inputs", "params", "parameters", "request", "tool", "mcp", "rest", "tools"];

/// What an entry's value is.
pub(super) enum Meaning<'w> {
    /// A parameter of the surface.
    Parameter(Reference<'w>),
    /// A value that is made of others, or a part of one.
    Value(Source),
    Constant,
}

/// A parameter of the surface by its name, and where it travels if that is said: `rest.query.limit`.
#[derive(Clone, Copy)]
pub(super) struct Reference<'w> {
    pub(super) location: Option<Location>,
    pub(super) name: &'w str,
    /// What leads from its value to a part of it, joined by dots.
    pub(super) fields: &'w str,
}

impl Resolver<'_, '_> {
    /// Follows the entries of `with`.
    pub(super) fn with(&mut self) {
        for entry in self.call.with {
            let Some(input) = self.named_input(entry) else {
                continue;
            };
            if let Some(first) = self.by_with[input] {
                let message = format!("`with` gives two values to `{}`", self.input(input).name);
                self.call.sink.report(
                    Diagnostic::new(Code::DuplicateParameter, entry.key.span, message).also(first, "the other"),
                );
                continue;
            }
            self.by_with[input] = Some(entry.key.span);
            match self.meaning(input, entry) {
                Some(Meaning::Parameter(reference)) => self.refer(input, reference, entry),
                Some(Meaning::Value(source)) => self.sources[input] = Some(source),
                Some(Meaning::Constant) => self.constant(input, entry),
                // Reported; no further complaint about this input.
                None => self.sources[input] = Some(Source::Absent),
            }
        }
    }

    /// The input that a key names, exactly or nearly.
    fn named_input(&self, entry: &With<'_>) -> Option<usize> {
        let key = entry.key.value;
        let inputs = &self.call.operation.inputs;
        if let Some(index) = inputs.iter().position(|input| input.parameter.name == key) {
            return Some(index);
        }
        let wanted = normalise(key);
        let near: Vec<usize> =
            (0..inputs.len()).filter(|index| normalise(&inputs[*index].parameter.name) == wanted).collect();
        match near.as_slice() {
            [index] => Some(*index),
            [] => {
                self.report_unknown_input(entry);
                None
            }
            [first, second, ..] => {
                let message =
                    format!("`{key}` in `with` could be more than one input of `{}`", self.call.operation.name);
                let places = &self.call.consumed.places;
                let names = [*first, *second].map(|index| inputs[index].parameter.name.as_str());
                self.call.sink.report(
                    Diagnostic::new(Code::AmbiguousParameter, entry.key.span, message)
                        .also(places[*first].span, "this one")
                        .also(places[*second].span, "or this one")
                        .help(format!("candidates: {}", suggest::list(names))),
                );
                None
            }
        }
    }

    fn report_unknown_input(&self, entry: &With<'_>) {
        if self.call.consumed.is_broken {
            return;
        }
        let key = entry.key.value;
        let operation = &self.call.operation.name;
        let message = format!("`{operation}` has no input `{key}`");
        let names: Vec<&str> = self.call.operation.inputs.iter().map(|input| input.parameter.name.as_str()).collect();
        let help = if names.is_empty() {
            format!("`{operation}` has no inputs; declare `{key}` in its `inputParameters`")
        } else {
            format!(
                "inputs of `{operation}`: {}; others are declared in its `inputParameters`",
                suggest::list(names.iter().copied())
            )
        };
        self.call.sink.report(
            Diagnostic::new(Code::UnknownInput, entry.key.span, message)
                .maybe_help(suggest::did_you_mean(key, names))
                .help(help),
        );
    }

    /// Whether a word stands for the surface's own parameters.
    pub(super) fn is_own(&self, scope: &str) -> bool {
        scope == self.call.kind.scope() || self.call.namespaces.contains(&scope)
    }

    fn meaning<'w>(&mut self, input: usize, entry: &With<'w>) -> Option<Meaning<'w>> {
        if !entry.json.is_string() {
            return Some(Meaning::Constant);
        }
        let text = entry.value.value;
        if text.contains("{{") {
            return self.template(input, entry);
        }
        if let Some(steps) = self.call.steps.filter(|_| is_path(text)) {
            return steps.path(&entry.value, self.call.sink).map(|reference| Meaning::Value(Source::Value(reference)));
        }
        let Some((scope, name)) = text.split_once('.') else {
            return Some(Meaning::Constant);
        };
        if self.is_own(scope) {
            let reference = self.reference(name, input, &entry.value)?;
            return self.part(input, reference, &entry.value);
        }
        if self.call.steps.is_some_and(|steps| steps.is_bare_path(text)) {
            let message = format!("`{text}` is a text, and not what the step gives");
            self.call.sink.report(
                Diagnostic::new(Code::UnknownReference, entry.value.span, message)
                    .help(format!("did you mean `$.{text}`?")),
            );
            return None;
        }
        let own = std::iter::once(self.call.kind.scope()).chain(self.call.namespaces.iter().copied());
        if let Some(diagnostic) = foreign_reference(&entry.value, scope, name, own, self.call.other_namespaces) {
            self.call.sink.report(diagnostic);
            return None;
        }
        Some(Meaning::Constant)
    }

    /// The parameter that a name behind the scope refers to.
    pub(super) fn reference<'w>(&self, name: &'w str, input: usize, text: &Text<'_>) -> Option<Reference<'w>> {
        let located = name.split_once('.').and_then(|(word, rest)| Some((location(word)?, rest)));
        let is_own_name = self.input(input).name == name;
        let reference = match located {
            Some((location, name)) if self.call.kind == Kind::Rest && !is_own_name => {
                Reference { location: Some(location), name, fields: "" }
            }
            _ => Reference { location: None, name, fields: "" },
        };
        if reference.name.is_empty() {
            let message = format!("`{}` names no parameter", text.value);
            self.call.sink.report(Diagnostic::new(Code::UnknownReference, text.span, message));
            return None;
        }
        let property = match reference.location {
            Some(Location::Body) if reference.name != "body" => Some(reference.name),
            None if !is_own_name => name.strip_prefix("body."),
            _ => None,
        };
        let Some(property) = property else { return Some(self.split(reference)) };
        let (name, fields) = property.split_once('.').unwrap_or((property, ""));
        Some(Reference { location: Some(Location::Property), name, fields })
    }

    /// A name with dots in it is that of a parameter, or else leads to a part of one.
    fn split<'w>(&self, reference: Reference<'w>) -> Reference<'w> {
        let whole = Reference { fields: "", ..reference };
        let Some((name, fields)) = reference.name.split_once('.') else { return whole };
        let part = Reference { name, fields, ..reference };
        if self.find(whole).is_empty() && !self.find(part).is_empty() { part } else { whole }
    }

    /// The parameters that a reference can be to: the one of exactly its name, or those of nearly its name.
    pub(super) fn find(&self, reference: Reference<'_>) -> Vec<usize> {
        let slots = &self.call.slots;
        let is_there = |slot: &Slot| reference.location.is_none_or(|location| slot.location == location);
        if let Some(exact) = slots.iter().position(|slot| slot.name == reference.name && is_there(slot)) {
            return vec![exact];
        }
        let wanted = normalise(reference.name);
        let is_near = |slot: &Slot| is_there(slot) && normalise(&slot.name) == wanted;
        (0..slots.len()).filter(|slot| is_near(&slots[*slot])).collect()
    }

    /// Connects an input with the parameter of a name, which comes into being if there is none.
    fn refer(&mut self, input: usize, reference: Reference<'_>, entry: &With<'_>) {
        let name = reference.name;
        let location = reference.location.unwrap_or(self.place(self.input(input).location));
        match self.find(reference).as_slice() {
            [slot] => self.connect(input, *slot),
            [] if location == Location::Path && self.call.kind == Kind::Rest => {
                // It may still be the one that is left over.
                if reference.location.is_none() {
                    self.referred.insert(input, name.to_owned());
                }
            }
            [] => self.add(input, Slot::new(name, location, Origin::With, entry.value.span)),
            candidates => self.report_ambiguous_reference(input, name, candidates, &entry.value),
        }
    }

    pub(super) fn report_ambiguous_reference(
        &mut self,
        input: usize,
        name: &str,
        candidates: &[usize],
        text: &Text<'_>,
    ) {
        let message = format!("`{name}` could be more than one parameter");
        let slots = || candidates.iter().map(|slot| &self.call.slots[*slot]);
        let diagnostic = Diagnostic::new(Code::AmbiguousParameter, text.span, message);
        let diagnostic =
            slots().fold(diagnostic, |diagnostic, slot| diagnostic.also(slot.span, format!("`{}`", slot.name)));
        let names = suggest::list(slots().map(|slot| slot.name.as_str()));
        self.call.sink.report(diagnostic.help(format!("candidates: {names}")));
        self.sources[input] = Some(Source::Absent);
        for slot in candidates {
            self.call.slots[*slot].is_claimed = true;
        }
    }

    fn constant(&mut self, input: usize, entry: &With<'_>) {
        let parameter = self.input(input);
        let json = fit(&entry.json, entry.value.value, parameter.r#type);
        if json.is_none() {
            let message = format!(
                "`{}` does not fit the input `{}`, which is {}",
                entry.value.value,
                parameter.name,
                article(parameter.r#type)
            );
            self.call.sink.report(Diagnostic::new(Code::ConstantType, entry.value.span, message));
        }
        self.sources[input] = Some(json.map_or(Source::Absent, |json| Source::Constant(json.to_string())));
    }
}

/// What is wrong with a text that looks like a reference to a parameter, but whose first word stands for none of `own`, the
/// words for the parameters here. `None`: it is a text like any other.
pub(in crate::resolve) fn foreign_reference<'w>(
    text: &Text<'_>,
    word: &str,
    name: &str,
    mut own: impl Iterator<Item = &'w str> + Clone,
    others: &[&str],
) -> Option<Diagnostic> {
    let near = suggest::nearest(word, own.clone());
    let is_reference = near.is_some() || FALSE_SCOPES.contains(&word) || others.contains(&word);
    if !is_reference || !is_reference_name(name) {
        return None;
    }
    let own = own.next().unwrap_or_default();
    let message = format!("`{}` refers to nothing: the parameters here are those of `{own}`", text.value);
    let diagnostic = Diagnostic::new(Code::UnknownReference, text.span, message);
    Some(diagnostic.help(format!("did you mean `{own}.{name}`?")))
}

/// The location that a word in a reference stands for.
fn location(word: &str) -> Option<Location> {
    match word {
        "path" => Some(Location::Path),
        "query" => Some(Location::Query),
        "header" | "headers" => Some(Location::Header),
        "cookie" | "cookies" => Some(Location::Cookie),
        "body" => Some(Location::Body),
        _ => None,
    }
}

fn is_reference_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
