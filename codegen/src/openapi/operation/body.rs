//! Bodies of requests, and what they share with bodies of responses.

use super::{Lowering, docs, media, parameter, text};
use crate::diagnostic::Code;
use crate::ir::api::{Body, Content, MediaKind, PartEncoding, Style};
use crate::openapi::model::{self, Encoding, MediaType, Operation as Model, shorten};
use crate::openapi::place::Place;
use crate::openapi::schema::excerpt;

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    pub(super) fn body(&mut self, operation: &Model<'t>, prefix: &str) -> Option<Body> {
        let place = operation.request_body()?;
        let target = self.reader.follow(place)?;
        let model = model::RequestBody::checked(target.place, self.reader);
        let position = self.position(target, "Body", || format!("{prefix}Body"));
        let contents = self.contents(model.content(), &position);
        if contents.is_empty() {
            self.reader.tell(place, Code::BodyWithoutContent, "the request body has no content");
            return None;
        }
        Some(Body {
            required: model.required().and_then(Place::boolean) == Some(true),
            description: docs(model.description(), None).description,
            contents,
        })
    }

    /// The forms of a body.
    pub(super) fn contents(&mut self, content: Option<Place<'t>>, position: &str) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        for (name, place) in content.into_iter().flat_map(Place::pairs).filter(|(name, _)| !name.starts_with("x-")) {
            if !media::is_well_formed(name) {
                self.reader.tell(place, Code::OddMediaType, format!("`{}` is no media type", shorten(name)));
            } else if media::has_parameters(name) {
                self.reader.tell(
                    place,
                    Code::MediaTypeParameters,
                    format!("the media type `{}` has parameters", shorten(name)),
                );
            }
            let kind = media::kind(name);
            let position = match contents.iter().filter(|content| content.kind == kind).count() {
                0 => format!("{position}{}", suffix(kind)),
                count => format!("{position}{}{}", suffix(kind), count + 1),
            };
            let Some(model) = self.media_type(place) else {
                let untyped = Content {
                    media_type: name.trim().to_owned(),
                    kind,
                    r#type: Some(self.schemas.any().provisional()),
                    item: None,
                    encodings: Vec::new(),
                    example: None,
                };
                contents.push(untyped);
                continue;
            };
            contents.push(self.content(name, kind, &model, position));
        }
        contents
    }

    fn content(&mut self, name: &str, kind: MediaKind, model: &MediaType<'t>, position: String) -> Content {
        let is_stream = matches!(kind, MediaKind::EventStream | MediaKind::JsonLines);
        // Before 3.2 the schema of a stream is that of its items.
        let (schema, item) = match (model.schema(), model.item_schema()) {
            (Some(schema), None) if is_stream => (None, Some(schema)),
            fields => fields,
        };
        let item = item.map(|schema| self.schemas.usage(schema, format!("{position}Item")).provisional());
        let r#type = schema.map(|schema| self.schemas.usage(schema, position).provisional());
        let named = model.examples().and_then(|examples| examples.pairs().next());
        let example = model.example().or_else(|| {
            let place = self.reader.follow(named?.1)?.place;
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

    fn encoding(&mut self, property: &str, place: Place<'t>) -> PartEncoding {
        let model = Encoding::checked(place, self.reader);
        let written = model.style().and_then(|place| parameter::style(place.text()?));
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
