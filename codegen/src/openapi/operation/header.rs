//! Headers of responses and of parts.

use super::{Lowering, docs};
use crate::ir::api::Header;
use crate::names::{Allocator, NameKind, convert};
use crate::openapi::model;
use crate::openapi::place::Place;

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    pub(super) fn headers(&mut self, headers: Option<Place<'t>>, owner: &str) -> Vec<Header> {
        let mut names = Allocator::default();
        let mut result = Vec::new();
        for (wire, place) in headers.into_iter().flat_map(Place::pairs) {
            // The media type has its own place.
            if wire.eq_ignore_ascii_case("content-type") || wire.starts_with("x-amazon-apigateway") {
                continue;
            }
            let Some(target) = self.reader.follow(place, "read as text") else {
                result.push(Header {
                    wire: wire.to_owned(),
                    name: names.name(wire, NameKind::Value),
                    required: false,
                    explode: false,
                    r#type: self.schemas.text().provisional(),
                    docs: docs(None, None),
                });
                continue;
            };
            let model = model::Header::checked(target.place, self.reader);
            let schema = model.schema().or_else(|| self.media_type(model.content()?.pairs().next()?.1)?.schema());
            let position = self.position(target, "Header", || {
                format!("{}{}", convert(owner, NameKind::Type), convert(wire, NameKind::Type))
            });
            let edge = match schema {
                Some(schema) => self.schemas.usage(schema, position),
                None => self.schemas.text(),
            };
            result.push(Header {
                wire: wire.to_owned(),
                name: names.name(wire, NameKind::Value),
                required: model.required().and_then(Place::boolean) == Some(true),
                explode: model.explode().and_then(Place::boolean) == Some(true),
                r#type: edge.provisional(),
                docs: docs(model.description(), model.deprecated()),
            });
        }
        result
    }
}
