//! Answers that stand in the file: outputs of what calls nothing.

use super::{fixed, type_of, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Content, Type};
use crate::naftiko::Output;
use crate::resolve::references::Scope;

/// The name of an output that has none.
const UNNAMED: &str = "value";

/// The object that the outputs make; `None`: none of them has a value.
pub(in crate::resolve) fn resolve(outputs: &[Output<'_>], scope: &Scope<'_, '_>) -> Option<ir::Output> {
    let properties = properties(outputs, "", scope);
    (!properties.is_empty()).then(|| ir::Output {
        name: String::new(),
        description: String::new(),
        r#type: Type::Object,
        content: Content::Object(properties),
    })
}

fn properties(outputs: &[Output<'_>], parent: &str, scope: &Scope<'_, '_>) -> Vec<(String, ir::Output)> {
    let mut properties: Vec<(String, ir::Output)> = Vec::new();
    for output in outputs {
        let name = output.name.map_or(UNNAMED, |name| name.value);
        if properties.iter().any(|(other, _)| other == name) {
            let message = format!("the output `{name}` is declared twice");
            let span = output.name.map_or(output.span, |name| name.span);
            scope.sink.report(Diagnostic::new(Code::DuplicateOutput, span, message));
            continue;
        }
        let path = if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
        properties.extend(self::output(output, path, scope).map(|output| (name.to_owned(), output)));
    }
    properties
}

/// An output with its value. `None`: it has none and is left out.
fn output(output: &Output<'_>, name: String, scope: &Scope<'_, '_>) -> Option<ir::Output> {
    let r#type = type_of(output);
    if let Some(mapping) = &output.mapping {
        let message = format!("`{name}` is mapped from `{}`, but nothing is called that has an answer", mapping.value);
        scope.sink.report(
            Diagnostic::new(Code::UnfitOutput, mapping.span, message).help("add `call: …`, or give it a `value`"),
        );
        return None;
    }
    let content = match (output.value, &output.constant, &output.properties, &output.items) {
        (Some(value), ..) => Some(written(&value, r#type, scope)?),
        (None, Some(constant), ..) => Some(fixed(constant, r#type, scope.sink)?),
        (None, None, Some(properties), _) => {
            let properties = self::properties(properties, &name, scope);
            (!properties.is_empty()).then_some(Content::Object(properties))
        }
        (None, None, None, Some(items)) => {
            self::output(items, format!("{name}[]"), scope).map(|item| Content::List(vec![item]))
        }
        (None, None, None, None) => None,
    };
    let Some(content) = content else {
        let message = format!("the output `{name}` has no value and is left out");
        scope.sink.report(
            Diagnostic::new(Code::OutputWithoutValue, output.span, message)
                .help("nothing is called here, so the answer is what stands in the file: add a `value`"),
        );
        return None;
    };
    Some(ir::Output { name, description: crate::resolve::text(output.description), r#type, content })
}
