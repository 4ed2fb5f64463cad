//! Media Type Objects, Encoding Objects and Header Objects.

use std::collections::HashSet;

use super::Version;
use super::json::Json;
use super::parameter::name;
use super::schema::{Notes, Schemas};
use crate::ir::api::{Content, Header, MediaKind, PartEncoding};

/// What contents are written with.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    pub(super) schemas: &'a Schemas<'a>,
    pub(super) version: Version,
}

/// The forms of a body, by media type.
pub(super) fn contents<'a>(holder: Holder<'_>, contents: impl Iterator<Item = &'a Content>, json: &mut Json) {
    let mut seen = HashSet::new();
    json.object(|json| {
        for content in contents.filter(|content| seen.insert(content.media_type.as_str())) {
            self::content(holder, content, json.key(&content.media_type));
        }
    });
}

fn content(holder: Holder<'_>, content: &Content, json: &mut Json) {
    let Holder { schemas, version } = holder;
    let is_stream = matches!(content.kind, MediaKind::EventStream | MediaKind::JsonLines);
    json.object(|json| {
        // Before 3.2 the schema of a stream is that of its items.
        let (schema, item) = match (content.r#type, content.item) {
            (_, Some(item)) if is_stream && version == Version::V3_1 => (Some(item), None),
            uses => uses,
        };
        for (key, usage) in [("schema", schema), ("itemSchema", item)] {
            if let Some(usage) = usage {
                schemas.usage(usage, Notes::default(), json.key(key));
            }
        }
        if !content.encodings.is_empty() {
            json.key("encoding").object(|json| {
                for found in &content.encodings {
                    encoding(schemas, found, json.key(&found.property));
                }
            });
        }
        schemas.example(content.example, json);
    });
}

fn encoding(schemas: &Schemas<'_>, encoding: &PartEncoding, json: &mut Json) {
    json.object(|json| {
        json.text_member("contentType", &encoding.content_types.join(", "));
        if let Some((style, explode)) = encoding.style {
            json.key("style").text(name(style));
            json.key("explode").raw(if explode { "true" } else { "false" });
        }
        json.flag("allowReserved", encoding.allow_reserved);
        headers(schemas, &encoding.headers, json);
    });
}

/// The member with the headers of a response or a part, if there are any.
pub(super) fn headers(schemas: &Schemas<'_>, headers: &[Header], json: &mut Json) {
    if headers.is_empty() {
        return;
    }
    json.key("headers").object(|json| {
        for header in headers {
            json.key(&header.wire).object(|json| {
                json.text_member("description", &header.docs.description);
                json.flag("required", header.required);
                json.flag("deprecated", header.docs.deprecated);
                json.flag("explode", header.explode);
                schemas.usage(header.r#type, Notes::default(), json.key("schema"));
            });
        }
    });
}
