//! Bodies of requests, and what they share with bodies of responses.

use std::collections::HashMap;

use super::{Lowering, docs, media, parameter, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{Body, Content, MediaKind, PartEncoding, Style};
use crate::openapi::model::{self, Encoding, MediaType, Operation as Model, shorten};
use crate::openapi::place::{Member, Place};
use crate::openapi::reader::UNTYPED;
use crate::openapi::schema::excerpt;
use crate::source::Span;
use crate::suggest;

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    pub(super) fn body(&mut self, owner: Place<'t>, operation: &Model<'t>, prefix: &str) -> Option<Body> {
        let place = operation.request_body()?;
        let Some(target) = self.reader.follow(place, UNTYPED) else {
            let contents = vec![self.untyped("application/json", MediaKind::Json)];
            return Some(Body { required: false, description: String::new(), contents });
        };
        let model = model::RequestBody::checked(target.place, self.reader);
        let position = self.position(target, "Body", || format!("{prefix}Body"));
        let contents = self.contents(model.content(), &position);
        if contents.is_empty() {
            let span = owner.key_span("requestBody");
            let diagnostic = Diagnostic::new(Code::BodyWithoutContent, span, "the request body has no content")
                .label("the operation has no body")
                .help("`content` says which media types it has");
            self.reader.report(owner.file, diagnostic);
            return None;
        }
        Some(Body {
            required: model.required().and_then(Place::boolean) == Some(true),
            description: docs(model.description(), None).description,
            contents,
        })
    }

    /// A body of which nothing is known.
    pub(super) fn untyped(&mut self, media_type: &str, kind: MediaKind) -> Content {
        Content {
            media_type: media_type.to_owned(),
            kind,
            r#type: Some(self.schemas.any().provisional()),
            item: None,
            encodings: Vec::new(),
            example: None,
        }
    }

    /// The forms of a body.
    pub(super) fn contents(&mut self, content: Option<Place<'t>>, position: &str) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        let mut counts: HashMap<MediaKind, usize> = HashMap::new();
        let members = content.into_iter().flat_map(Place::members).filter(|member| !member.key.starts_with("x-"));
        for Member { key: name, span, value: place } in members {
            self.check_media_type(name, span, place);
            let kind = media::kind(name);
            let count = counts.entry(kind).or_default();
            *count += 1;
            let position = match *count {
                1 => format!("{position}{}", suffix(kind)),
                count => format!("{position}{}{count}", suffix(kind)),
            };
            let Some(model) = self.media_type(place) else {
                let untyped = self.untyped(name.trim(), kind);
                contents.push(untyped);
                continue;
            };
            contents.push(self.content(name, kind, &model, position));
        }
        contents
    }

    fn check_media_type(&self, name: &str, span: Span, place: Place<'t>) {
        let diagnostic = if !media::is_well_formed(name) {
            Diagnostic::new(Code::OddMediaType, span, format!("`{}` is no media type", shorten(name)))
                .label(format!("sent as it stands, and read as {}", media::describe(media::kind(name))))
                .help("a media type is like `application/json`")
        } else if media::has_parameters(name) {
            let message = format!("the media type `{}` has parameters", shorten(name));
            Diagnostic::new(Code::MediaTypeParameters, span, message)
                .label("sent with them; answers are told apart without them")
        } else {
            return;
        };
        self.reader.report(place.file, diagnostic);
    }

    fn content(&mut self, name: &str, kind: MediaKind, model: &MediaType<'t>, position: String) -> Content {
        self.without_effect(model.place(), &["prefixEncoding", "itemEncoding"]);
        let (schema, item) = self.stream_schemas(kind, model);
        let item = item.map(|schema| self.schemas.usage(schema, format!("{position}Item")).provisional());
        let r#type = schema.map(|schema| self.schemas.usage(schema, position).provisional());
        let named = model.examples().and_then(|examples| examples.pairs().next());
        let example = model.example().or_else(|| {
            let place = self.reader.follow_quietly(named?.1)?;
            place.get("value").or_else(|| place.get("dataValue"))
        });
        let encodings = if matches!(kind, MediaKind::Form | MediaKind::Multipart) {
            model
                .encoding()
                .into_iter()
                .flat_map(Place::pairs)
                .map(|(property, place)| self.encoding(property, place))
                .collect()
        } else {
            Vec::new()
        };
        Content { media_type: name.trim().to_owned(), kind, r#type, item, encodings, example: example.map(excerpt) }
    }

    fn encoding_style(&self, place: Place<'t>) -> Option<Style> {
        let text = place.text()?;
        let style = parameter::style(text);
        if style.is_none() {
            let message = format!("`{}` is no style of properties of forms", shorten(text));
            let diagnostic = Diagnostic::new(Code::ParameterStyle, place.span(), message)
                .label("read as `form`")
                .help(format!("there are {}", suggest::list(parameter::form_styles())));
            self.reader.report(place.file, diagnostic);
        }
        style
    }

    fn encoding(&mut self, property: &str, place: Place<'t>) -> PartEncoding {
        let model = Encoding::checked(place, self.reader);
        self.without_effect(place, &["encoding", "prefixEncoding", "itemEncoding"]);
        let written = model.style().and_then(|place| self.encoding_style(place));
        let explode = model.explode().and_then(Place::boolean);
        let style = (written.is_some() || explode.is_some()).then(|| {
            let style = written.unwrap_or(Style::Form);
            (style, explode.unwrap_or(style == Style::Form))
        });
        PartEncoding {
            property: property.to_owned(),
            content_types: text(model.content_type())
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            style,
            allow_reserved: model.allow_reserved().and_then(Place::boolean) == Some(true),
            headers: self.headers(model.headers(), property),
        }
    }
}

/// What tells the names of a body's forms apart.
fn suffix(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "",
        MediaKind::Form => "Form",
        MediaKind::Multipart => "Multipart",
        MediaKind::EventStream => "Event",
        MediaKind::JsonLines => "Lines",
        MediaKind::Xml => "Xml",
        MediaKind::Text => "Text",
        MediaKind::Binary => "Bytes",
        MediaKind::Any => "Any",
    }
}
