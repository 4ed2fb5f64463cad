//! What an action answers with (section 14 of the format).

pub(super) mod mapped;
pub(super) mod mock;
mod path;

use serde_json::Value;

use super::constant::{article, fit};
use super::references::Scope;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Content, Part, Type};
use crate::naftiko::{Constant, Output, Text};

/// The name of an output inside of another.
pub(super) fn inner(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") }
}

/// Reports a second output of a name.
fn check_unique(output: &Output<'_>, others: &[(String, ir::Output)], sink: &Sink) {
    let Some(name) = output.name else { return };
    if others.iter().any(|(other, _)| other == name.value) {
        let message = format!("the output `{}` is declared twice", name.value);
        sink.report(Diagnostic::new(Code::DuplicateOutput, name.span, message));
    }
}

/// The type of an output, which follows from its shape where the file does not say it.
pub(super) fn type_of(output: &Output<'_>) -> Type {
    let shape = match (&output.properties, &output.items) {
        (Some(_), _) => Type::Object,
        (None, Some(_)) => Type::Array,
        (None, None) => Type::Any,
    };
    output.r#type.map_or(shape, |r#type| r#type.value)
}

/// A text of the file as the content of an output of a type. `None`: it is not of that type, or a template that means
/// nothing, which is reported.
fn written(text: &Text<'_>, r#type: Type, scope: &Scope<'_, '_>) -> Option<Content> {
    let mut parts = scope.template(text)?;
    if parts.iter().all(|part| matches!(part, Part::Text(_))) {
        return constant(&Value::String(text.value.to_owned()), text, r#type, scope.sink);
    }
    // A template that is nothing but a value is that value, whatever its type.
    Some(match (parts.pop(), parts.is_empty()) {
        (Some(Part::Value(reference)), true) => Content::Value(reference),
        (last, _) => {
            parts.extend(last);
            Content::Template(parts)
        }
    })
}

fn constant(json: &Value, text: &Text<'_>, r#type: Type, sink: &Sink) -> Option<Content> {
    let Some(json) = fit(json, text.value, r#type) else {
        let message = format!("`{}` does not fit the output, which is {}", text.value, article(r#type));
        sink.report(Diagnostic::new(Code::UnfitOutput, text.span, message));
        return None;
    };
    Some(Content::Constant(json.to_string()))
}

/// `const` as the content of an output of a type.
fn fixed(constant: &Constant, r#type: Type, sink: &Sink) -> Option<Content> {
    let json = &constant.json;
    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    let text = Text { value: &text, span: constant.span, start: None };
    self::constant(json, &text, r#type, sink)
}
