//! Parameter Objects.

use super::json::Json;
use super::schema::{Notes, Schemas};
use crate::ir::api::{Location, MediaKind, Parameter, ParameterEncoding, Style};

pub(super) fn parameter(schemas: &Schemas<'_>, parameter: &Parameter, json: &mut Json) {
    let docs = &parameter.docs;
    json.object(|json| {
        json.key("name").text(&parameter.wire);
        json.key("in").text(location(parameter.location));
        json.text_member("description", &docs.description);
        json.flag("required", parameter.required);
        json.flag("deprecated", docs.deprecated);
        json.flag("allowEmptyValue", parameter.allow_empty);
        let notes = Notes { default: parameter.default.as_ref(), ..Notes::default() };
        match parameter.encoding {
            ParameterEncoding::Style { style, explode, allow_reserved } => {
                if style != usual(parameter.location) {
                    json.key("style").text(name(style));
                }
                if explode != matches!(style, Style::Form | Style::Cookie) {
                    json.key("explode").raw(if explode { "true" } else { "false" });
                }
                json.flag("allowReserved", allow_reserved);
                schemas.usage(parameter.r#type, notes, json.key("schema"));
            }
            ParameterEncoding::Content(kind) => json.key("content").object(|json| {
                json.key(media_type(kind)).object(|json| schemas.usage(parameter.r#type, notes, json.key("schema")));
            }),
        }
        schemas.example(docs.example, json);
    });
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The style of a parameter that does not say which one it has.
pub(in crate::emit) fn usual(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::QueryString | Location::Cookie => Style::Form,
    }
}

pub(in crate::emit) fn name(style: Style) -> &'static str {
    match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}

/// What the text of a parameter is: the IR keeps no more of it than its meaning.
pub(in crate::emit) fn media_type(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "application/json",
        MediaKind::Form => "application/x-www-form-urlencoded",
        MediaKind::Xml => "application/xml",
        _ => "text/plain",
    }
}
