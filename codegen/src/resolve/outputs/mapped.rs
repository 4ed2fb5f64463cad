//! Answers that are made of the answer of what is called.

use super::{check_unique, fixed, inner, path, type_of, written};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::json_path::JsonPath;
use crate::ir::{self, Content, Format, Type};
use crate::naftiko::{Output, Outputs};
use crate::resolve::references::Scope;

/// What the answer, which is of `format`, is made into. Nothing: it is handed on as it is.
pub(in crate::resolve) fn resolve(outputs: &Outputs<'_>, format: &Format, scope: &Scope<'_, '_>) -> Vec<ir::Output> {
    if let [output] = outputs.list.as_slice()
        && *format == Format::Json
        && is_whole(output)
    {
        return Vec::new();
    }
    if let [_, second, ..] = outputs.list.as_slice() {
        let message = "the first output that is not null is the whole answer; others are left out";
        scope.sink.report(
            Diagnostic::new(Code::FurtherOutputs, second.span, message)
                .help("make them `properties` of one output of type `object`"),
        );
    }
    let name = |output: &Output<'_>| output.name.map_or_else(String::new, |name| name.value.to_owned());
    let mut outputs: Vec<_> =
        outputs.list.iter().filter_map(|output| self::output(output, name(output), scope)).collect();
    if *format == Format::Xml {
        outputs.iter_mut().for_each(take_single);
    }
    outputs
}

/// Makes the lists of an output take a value that stands alone: XML does not tell a list of one from its element.
fn take_single(output: &mut ir::Output) {
    match &mut output.content {
        Content::Items(path, item) => {
            take_single(item);
            if path.is_singular() {
                output.content = Content::OneOrMore(std::mem::take(path), item.clone());
            }
        }
        Content::Path(path) if output.r#type == Type::Array => {
            let name = format!("{}[]", output.name);
            let itself = Content::Path(JsonPath::default());
            let item = ir::Output { name, description: String::new(), r#type: Type::Any, content: itself };
            output.content = Content::OneOrMore(std::mem::take(path), Box::new(item));
        }
        Content::At(_, content) => take_single_in(content),
        Content::Object(_) | Content::List(_) => take_single_in(&mut output.content),
        Content::Constant(_)
        | Content::Value(_)
        | Content::Template(_)
        | Content::Path(_)
        | Content::Paths(_)
        | Content::OneOrMore(..) => {}
    }
}

/// As [`take_single`], for the parts of a content.
fn take_single_in(content: &mut Content) {
    match content {
        Content::Object(properties) => properties.iter_mut().for_each(|(_, output)| take_single(output)),
        Content::List(elements) => elements.iter_mut().for_each(take_single),
        Content::At(_, content) => take_single_in(content),
        _ => {}
    }
}

/// The outputs by their names. Those without a name are reported.
pub(in crate::resolve) fn named(
    outputs: &Outputs<'_>,
    format: &Format,
    scope: &Scope<'_, '_>,
) -> Vec<(String, ir::Output)> {
    for output in outputs.list.iter().filter(|output| output.name.is_none()) {
        let message = "an output that steps keep has no name";
        scope.sink.report(Diagnostic::new(Code::MissingField, output.span, message).help("add `name: …`"));
    }
    let mut outputs = properties(&outputs.list, "", scope);
    if *format == Format::Xml {
        outputs.iter_mut().for_each(|(_, output)| take_single(output));
    }
    outputs
}

/// Whether an output is the whole document: of an open type, mapped from the root, without a shape of its own.
fn is_whole(output: &Output<'_>) -> bool {
    let is_root = |text: &str| matches!(text, "$" | "$.");
    matches!(type_of(output), Type::Any | Type::Object | Type::Array)
        && output.properties.is_none()
        && output.items.is_none()
        && output.constant.is_none()
        && path::value(output).is_none()
        && path::of(output).is_some_and(|path| is_root(path.value))
}

fn output(output: &Output<'_>, name: String, scope: &Scope<'_, '_>) -> Option<ir::Output> {
    let r#type = type_of(output);
    let content = content(output, &name, r#type, scope)?;
    Some(ir::Output { name, description: crate::resolve::text(output.description), r#type, content })
}

fn content(output: &Output<'_>, name: &str, r#type: Type, scope: &Scope<'_, '_>) -> Option<Content> {
    if let Some(value) = path::value(output) {
        if let Some(mapping) = output.mapping {
            let message = "an output has either a `mapping` or a `value`";
            scope
                .sink
                .report(Diagnostic::new(Code::UnfitOutput, value.span, message).also(mapping.span, "the mapping"));
            return None;
        }
        return written(&value, r#type, scope);
    }
    let path = match path::of(output) {
        Some(text) => Some((path::parse(&text, scope.sink)?, text)),
        None => None,
    };
    if let (None, Some(constant)) = (&path, &output.constant) {
        return fixed(constant, r#type, scope.sink);
    }
    let (path, text) = path.unzip();
    let is_list = path.as_ref().is_some_and(|path| !path.is_singular());
    if let (true, Some(text), Type::String | Type::Integer | Type::Number | Type::Boolean | Type::Object) =
        (is_list, text, r#type)
    {
        let message =
            format!("`{}` can select several values, but the output is of type `{}`", text.value, r#type.as_str());
        scope.sink.report(
            Diagnostic::new(Code::UnfitOutput, text.span, message).help("make it an `array`, or select one: `[0]`"),
        );
        return None;
    }
    match (path, &output.properties, &output.items) {
        (path, Some(properties), _) => {
            let properties = Content::Object(self::properties(properties, name, scope));
            Some(match path {
                Some(path) if !path.segments.is_empty() => Content::At(path, Box::new(properties)),
                _ => properties,
            })
        }
        (Some(path), None, Some(items)) => {
            let item = item(items, format!("{name}[]"), scope)?;
            Some(Content::Items(path, Box::new(item)))
        }
        (Some(path), None, None) => Some(if is_list { Content::Paths(path) } else { Content::Path(path) }),
        (None, None, _) => {
            report_unmapped(output, name, scope);
            None
        }
    }
}

fn properties(outputs: &[Output<'_>], parent: &str, scope: &Scope<'_, '_>) -> Vec<(String, ir::Output)> {
    let mut properties: Vec<(String, ir::Output)> = Vec::new();
    for output in outputs {
        check_unique(output, &properties, scope.sink);
        let Some(name) = output.name else { continue };
        let resolved = self::output(output, inner(parent, name.value), scope);
        properties.extend(resolved.map(|output| (name.value.to_owned(), output)));
    }
    properties
}

/// An element of a list: without a mapping, the element itself.
fn item(items: &Output<'_>, name: String, scope: &Scope<'_, '_>) -> Option<ir::Output> {
    let is_mapped = items.mapping.is_some() || items.value.is_some() || items.constant.is_some();
    if is_mapped || items.properties.is_some() {
        return output(items, name, scope);
    }
    let content = match &items.items {
        Some(inner) => Content::Items(JsonPath::default(), Box::new(item(inner, format!("{name}[]"), scope)?)),
        None => Content::Path(JsonPath::default()),
    };
    let description = crate::resolve::text(items.description);
    Some(ir::Output { name, description, r#type: type_of(items), content })
}

fn report_unmapped(output: &Output<'_>, name: &str, scope: &Scope<'_, '_>) {
    let message = match name {
        "" => "the output has neither a `mapping` nor a `value`".to_owned(),
        name => format!("the output `{name}` has neither a `mapping` nor a `value`"),
    };
    scope.sink.report(
        Diagnostic::new(Code::MissingField, output.span, message)
            .help("say where in the answer it stands: `mapping: $.…`"),
    );
}
