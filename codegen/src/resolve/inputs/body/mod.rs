//! The body of a request: what the file writes, fields that are parameters of their own, or one parameter as a whole.

mod json;
mod text;

use super::Deriver;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Body, FormPart, JsonTemplate, Location, Method, Piece, Type};
use crate::naftiko::{BodyContent, BodyPart, ConsumedInput, Place, Text, TextKind};
use crate::source::Span;

impl<'a> Deriver<'_, 'a> {
    /// Makes the body, and inputs of what it is made of.
    pub(super) fn body(&mut self) {
        if let Some(body) = self.declarations.body
            && let Some(content) = &body.content
        {
            self.check_method(body.key);
            self.is_body = true;
            self.derived.body = self.content(content);
            self.report_unused_fields();
            return;
        }
        match self.whole_body().cloned() {
            Some(body) => self.declared_body(&body),
            None if self.body_parameters().next().is_some() => self.fields(),
            None => self.derived_body(),
        }
    }

    fn body_parameters(&self) -> impl Iterator<Item = &ConsumedInput<'a>> {
        self.declared.iter().filter(|input| input.place.value == Place::Request(Location::Body))
    }

    /// The parameter that is the body as a whole: the only one, and of that name.
    pub(super) fn whole_body(&self) -> Option<&ConsumedInput<'a>> {
        let mut bodies = self.body_parameters();
        let first = bodies.next()?;
        let is_written = self.declarations.body.is_some_and(|body| body.content.is_some());
        (first.name.value == "body" && bodies.next().is_none() && !is_written).then_some(first)
    }

    fn content(&mut self, content: &BodyContent<'a>) -> Option<Body> {
        match content {
            BodyContent::Plain(text) => self.plain(text),
            BodyContent::Json(json) => self.json_tree(json).map(Body::Json),
            BodyContent::Text(kind, text) => self.text(*kind, text),
            BodyContent::Form(pairs) => {
                let mut resolved = Vec::new();
                for (name, value) in pairs {
                    self.plain_text(name)?;
                    resolved.push((name.value.to_owned(), self.template(value)?));
                }
                Some(Body::Form(resolved))
            }
            BodyContent::Multipart(parts) => {
                parts.iter().map(|part| self.part(part)).collect::<Option<_>>().map(Body::Multipart)
            }
        }
    }

    /// A text without a type: what the header `Content-Type` says, if the file gives it, or else JSON.
    fn plain(&mut self, text: &Text<'a>) -> Option<Body> {
        let is_header = |input: &&ConsumedInput<'a>| {
            input.place.value == Place::Request(Location::Header)
                && input.name.value.eq_ignore_ascii_case("content-type")
        };
        let declared = self.declared.iter().find(is_header).and_then(|input| input.value);
        let kind = match declared.map(|value| value.value.to_ascii_lowercase()) {
            Some(value) if value.contains("xml") => TextKind::Xml,
            Some(value) if value.contains("x-www-form-urlencoded") => TextKind::Form,
            Some(value) if value.contains("sparql") => TextKind::Sparql,
            Some(value) if !value.contains("json") => TextKind::Raw,
            _ => return self.json_text(text).map(Body::Json),
        };
        self.text(kind, text)
    }

    fn part(&mut self, part: &BodyPart<'a>) -> Option<FormPart> {
        let file_name = match &part.file_name {
            Some(text) => Some(self.template(text)?),
            None => None,
        };
        self.plain_text(&part.name)?;
        if let Some(content_type) = &part.content_type {
            self.plain_text(content_type)?;
            super::check_header_value(content_type, self.surroundings.sink);
        }
        Some(FormPart {
            name: part.name.value.to_owned(),
            value: self.template(&part.value)?,
            file_name,
            content_type: part.content_type.map(|text| text.value.to_owned()),
        })
    }

    /// Reports a template where only text can stand.
    fn plain_text(&self, text: &Text<'a>) -> Option<()> {
        if text.value.contains("{{") {
            return self.malformed(text.span, "names and media types in a body cannot be templates");
        }
        Some(())
    }

    /// A JSON object of the parameters that are its fields.
    fn fields(&mut self) {
        let fields: Vec<ConsumedInput<'a>> = self.body_parameters().cloned().collect();
        if let Some(first) = fields.first() {
            self.check_method(first.name.span);
        }
        self.is_body = true;
        let mut properties = Vec::new();
        for field in &fields {
            let name = field.name.value;
            let value = match &field.value {
                Some(value) => self.value(name, value).map(constant),
                None => self.find(name).map(|index| JsonTemplate::Value(Piece::Input(index))),
            };
            properties.extend(value.map(|value| (name.to_owned(), value)));
        }
        self.derived.body = Some(Body::Json(JsonTemplate::object(properties)));
    }

    fn derived_body(&mut self) {
        let takes_a_body = matches!(self.declarations.method, Method::Post | Method::Put | Method::Patch);
        if !takes_a_body || self.declarations.is_broken {
            return;
        }
        let name = self.declarations.name;
        if !self.surroundings.is_joined {
            self.surroundings.sink.report(derived_body(name));
        }
        let index = self.input("body", Location::Body, None, name.span);
        self.derived.inputs[index].parameter.r#type = Type::Any;
        self.derived.inputs[index].parameter.required = false;
        self.derived.places[index].is_derived_body = true;
    }

    fn declared_body(&mut self, body: &ConsumedInput<'a>) {
        self.check_method(body.name.span);
        if let Some(value) = &body.value {
            self.is_body = true;
            self.derived.body = self.plain(value);
            return;
        }
        let index = self.input("body", Location::Body, Some(body), body.name.span);
        self.derived.inputs[index].parameter.r#type = body.r#type.unwrap_or(Type::Object);
    }

    fn check_method(&self, span: Span) {
        if matches!(self.declarations.method, Method::Get | Method::Head) {
            let name = self.declarations.name.value;
            let message = format!("the operation `{name}` sends a body with a request that should have none");
            self.surroundings.sink.report(Diagnostic::new(Code::BodyOfSafeMethod, span, message));
        }
    }

    /// Reports parameters that are fields of a body which does not have them.
    fn report_unused_fields(&mut self) {
        let Some(body) = &mut self.derived.body else { return };
        let mut used = Vec::new();
        body.for_each_piece(&mut |piece| {
            if let Piece::Input(index) | Piece::Field(index, _) = piece {
                used.push(*index);
            }
        });
        for field in self.body_parameters().filter(|field| field.value.is_none()) {
            let index = self.find(field.name.value);
            if index.is_none_or(|index| !used.contains(&index)) {
                let message = format!("the parameter `{}` does not stand in the body", field.name.value);
                self.surroundings.sink.report(
                    Diagnostic::new(Code::UnusedInput, field.name.span, message)
                        .help(format!("refer to it there: `{{{{{}}}}}`", field.name.value)),
                );
            }
        }
    }
}

/// A value that the file gives for a field: a single hole is what stands for it, other text is a string.
fn constant(mut value: ir::Template) -> JsonTemplate {
    match value.as_slice() {
        [Piece::Text(text)] => JsonTemplate::Literal(serde_json::Value::from(text.as_str()).to_string()),
        [Piece::Input(_) | Piece::Field(..) | Piece::Bind(_)] => JsonTemplate::Value(value.remove(0)),
        _ => JsonTemplate::Text(value),
    }
}

/// What to say about a body that nobody has declared.
pub(crate) fn derived_body(name: Text<'_>) -> Diagnostic {
    let message = format!("the operation `{}` does not say what its request body is", name.value);
    Diagnostic::new(Code::DerivedBody, name.span, message)
        .label("takes an optional JSON body")
        .help("declare it: `inputParameters: [{ name: body, in: body }]`")
}
