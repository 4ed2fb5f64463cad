//! What a consumed operation learns from its match: the body, the answer and descriptions here, parameters in
//! `parameters`.

use super::plain::plain;
use super::{Joined, answer};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::api::{self, Api, MediaKind, ParameterEncoding};
use crate::ir::types::{Docs, TypeUse};
use crate::ir::{Constant, Input, Location, Operation, Parameter, Piece, Schema, Type};
use crate::names::{Allocator, NameKind, convert};
use crate::openapi::{Places, Spot};
use crate::resolve::inputs::describe;
use crate::resolve::names::RESERVED_FIELDS;
use crate::resolve::upstreams::{Consumed, InputPlace, Upstreams};
use crate::source::Span;

/// The side of the document.
#[derive(Clone, Copy)]
pub(super) struct Theirs<'d> {
    pub(super) api: &'d Api,
    pub(super) operation: &'d api::Operation,
    pub(super) places: &'d Places,
    pub(super) document: &'d Joined,
}

/// Merges what the document says into an operation. Contradictions are reported.
pub(super) fn merge(upstreams: &mut Upstreams<'_>, index: usize, theirs: &Theirs<'_>, sink: &Sink) {
    let authentication = upstreams
        .operations
        .get(index)
        .and_then(|operation| upstreams.list.get(operation.upstream))
        .map(|upstream| upstream.authentication.clone());
    let (Some(operation), Some(consumed)) = (upstreams.operations.get_mut(index), upstreams.consumed.get_mut(index))
    else {
        return;
    };
    let mut merger = Merger { operation, consumed, theirs: *theirs, authentication, sink };
    merger.path_parameters();
    merger.constants();
    merger.declared_parameters();
    merger.body();
    merger.further_parameters();
    merger.description();
    if merger.consumed.raw_format.is_none_or(|format| format.value == crate::naftiko::RawFormat::Json) {
        merger.operation.answer = answer::answer(theirs.operation);
    }
}

/// An operation while the document is merged into it.
pub(super) struct Merger<'m, 'a> {
    pub(super) operation: &'m mut Operation,
    pub(super) consumed: &'m mut Consumed<'a>,
    pub(super) theirs: Theirs<'m>,
    pub(super) authentication: Option<crate::ir::Authentication>,
    pub(super) sink: &'m Sink,
}

impl Merger<'_, '_> {
    /// Reports something about a place of the file, with one of the document.
    pub(super) fn report(
        &self,
        code: Code,
        span: Span,
        message: String,
        spot: Spot,
        there: &str,
        help: Option<String>,
    ) {
        let diagnostic = Diagnostic::new(code, span, message);
        self.sink.report(self.theirs.document.mark(diagnostic, spot, there).maybe_help(help));
    }

    /// Reports a declared type that no value of the document's type has.
    pub(super) fn check_type(&self, input: usize, usage: TypeUse, spot: Spot) {
        let place = self.consumed.places[input];
        let types = &self.theirs.api.types;
        let said = plain(types, TypeUse { nullable: false, ..usage });
        if let Some(declared) = place.declared_type.filter(|declared| !declared.overlaps(said)) {
            let name = &self.operation.inputs[input].parameter.name;
            let message = format!(
                "`{name}` is declared with the type `{}`, but the document says `{}`",
                declared.as_str(),
                said.as_str()
            );
            self.report(Code::ContradictingType, place.span, message, spot, "the document's type", None);
        }
    }

    /// Gives an input what the document says about it.
    pub(super) fn describe(&mut self, input: usize, schema: Schema, spot: Spot, required: bool, docs: &Docs) {
        let r#type = plain(&self.theirs.api.types, schema.r#type);
        let parameter = &mut self.operation.inputs[input].parameter;
        parameter.r#type = r#type;
        parameter.required |= required;
        parameter.schema = Some(schema);
        let place = &mut self.consumed.places[input];
        place.is_derived_body = false;
        place.documented = Some(spot);
        if let Some(text) = written(docs).filter(|_| !place.is_described) {
            parameter.description = text;
            place.is_described = true;
        }
    }

    /// Adds an input that the file does not have.
    pub(super) fn add(&mut self, name: &str, location: Location, span: Span) -> usize {
        let taken: Vec<String> = self.operation.inputs.iter().map(|input| bare(input.field.as_str())).collect();
        let reserved: Vec<&str> = RESERVED_FIELDS.iter().copied().chain(taken.iter().map(String::as_str)).collect();
        let plain = convert(name, NameKind::Value);
        let located = format!("{plain}_{}", crate::resolve::inputs::word(location));
        let field = Allocator::reserving(&reserved).either(plain, located);
        let parameter = Parameter {
            name: name.to_owned(),
            location,
            r#type: Type::Any,
            required: false,
            description: describe(name, location, &self.operation.path),
            schema: None,
        };
        let place =
            InputPlace { span, is_described: false, is_derived_body: false, declared_type: None, documented: None };
        // The body is last.
        let is_body = |input: &Input| input.parameter.location == Location::Body;
        let index = self.operation.inputs.iter().position(is_body).unwrap_or(self.operation.inputs.len());
        self.operation.inputs.insert(index, Input { parameter, field });
        self.consumed.places.insert(index, place);
        index
    }

    fn body(&mut self) {
        if self.operation.body.is_some() {
            // The file says it.
            return;
        }
        let is_body = |input: &Input| input.parameter.location == Location::Body;
        let ours = self.operation.inputs.iter().position(is_body);
        let Some(body) = &self.theirs.operation.body else {
            if let Some(input) = ours {
                self.no_body(input);
            }
            return;
        };
        let spot = self.theirs.places.body.unwrap_or(self.theirs.places.operation);
        let Some(content) = body.contents.iter().find(|content| content.kind == MediaKind::Json) else {
            self.no_json(ours, body.required, spot);
            return;
        };
        let span = self.consumed.name.span;
        let input = ours.unwrap_or_else(|| self.add("body", Location::Body, span));
        let Some(usage) = content.r#type else { return };
        self.check_type(input, usage, spot);
        let schema = Schema {
            r#type: usage,
            encoding: ParameterEncoding::Content(MediaKind::Json),
            allow_empty: false,
            default: None,
        };
        let docs = Docs { description: body.description.clone(), ..Docs::default() };
        self.describe(input, schema, spot, body.required, &docs);
        self.media_type(&content.media_type);
    }

    /// Sends the media type that the document names, where it is a special one.
    fn media_type(&mut self, media_type: &str) {
        let is_header = |constant: &Constant| constant.name.eq_ignore_ascii_case("content-type");
        if media_type.eq_ignore_ascii_case("application/json")
            || media_type.contains('*')
            || self.operation.constants.iter().any(is_header)
        {
            return;
        }
        self.operation.constants.push(Constant {
            name: "Content-Type".to_owned(),
            location: Location::Header,
            value: vec![Piece::Text(media_type.to_owned())],
        });
        self.consumed.constants.push(self.consumed.name.span);
    }

    /// The document has no body: nor has the operation, unless the file says otherwise.
    fn no_body(&mut self, input: usize) {
        let place = self.consumed.places[input];
        if place.is_derived_body {
            self.operation.inputs.remove(input);
            self.consumed.places.remove(input);
            return;
        }
        let message = format!("`{}` declares a body, but the document has none", self.operation.name);
        let spot = self.theirs.places.operation;
        self.report(Code::UndocumentedParameter, place.span, message, spot, "takes no body", None);
    }

    /// The document has a body, and none that is JSON. What the file declares stays as it is: it may be right all the same.
    fn no_json(&mut self, ours: Option<usize>, required: bool, spot: Spot) {
        let declared = ours.filter(|input| !self.consumed.places[*input].is_derived_body);
        if let Some(input) = ours.filter(|_| declared.is_none()) {
            self.operation.inputs.remove(input);
            self.consumed.places.remove(input);
        }
        let name = &self.operation.name;
        let span = declared.map_or(self.consumed.name.span, |input| self.consumed.places[input].span);
        let (code, message) = match (declared, required) {
            (Some(_), _) => {
                (Code::InputLeftOut, format!("the body of `{name}` stays as it is, since the document's is not JSON"))
            }
            (None, true) => {
                let message = format!("`{name}` needs a body that is not JSON, which a capability cannot send");
                (Code::UnsuppliableInput, message)
            }
            (None, false) => (Code::InputLeftOut, format!("`{name}` sends no body, since the document's is not JSON")),
        };
        self.report(code, span, message, spot, "the body", None);
    }

    fn description(&mut self) {
        if self.operation.description.is_empty() {
            let docs = &self.theirs.operation.docs;
            let title = docs.title.trim();
            let text = if title.is_empty() { docs.description.trim() } else { title };
            text.clone_into(&mut self.operation.description);
        }
    }
}

/// What the document says in words.
fn written(docs: &Docs) -> Option<String> {
    [&docs.description, &docs.title]
        .into_iter()
        .map(|text| text.trim())
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

fn bare(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}
