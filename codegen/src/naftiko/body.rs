//! Reading of request bodies (section 5.5 of the format).

use super::fields::Fields;
use super::model::{Body, BodyContent, BodyPart, Json, TextKind};
use super::reader::{Field, Reader};
use crate::tree::{Node, NodeId};

/// The kinds of bodies, under the names of the schema and those that people write.
const KINDS: &[(&str, Kind)] = &[
    ("json", Kind::Json),
    ("text", Kind::Text(TextKind::Text)),
    ("xml", Kind::Text(TextKind::Xml)),
    ("sparql", Kind::Text(TextKind::Sparql)),
    ("raw", Kind::Text(TextKind::Raw)),
    ("formUrlEncoded", Kind::Form),
    ("form", Kind::Form),
    ("multipartForm", Kind::Multipart),
    ("multipart", Kind::Multipart),
];

#[derive(Clone, Copy)]
enum Kind {
    Json,
    Text(TextKind),
    Form,
    Multipart,
}

pub(super) fn read<'a>(reader: Reader<'a>, field: Field<'a>) -> Body<'a> {
    let content = match reader.tree.node(field.value) {
        Node::Scalar(_) => reader.text(field.value, "`body`").map(BodyContent::Plain),
        Node::Sequence(_) | Node::Mapping(_) => typed(reader, field.value),
    };
    Body { key: field.key.span, content }
}

/// A body that says what it is. A JSON body without data only says that there is one.
fn typed(reader: Reader<'_>, id: NodeId) -> Option<BodyContent<'_>> {
    let mut fields = Fields::open(reader, id, "`body`")?;
    let kind = fields.need("type").and_then(|field| reader.word(field.value, "the `type` of a body", KINDS))?;
    let data = match kind.value {
        Kind::Json => fields.get("data"),
        _ => fields.need("data"),
    };
    fields.finish();
    let data = data?.value;
    match kind.value {
        Kind::Json => match reader.tree.node(data) {
            // As it would stand in the body.
            Node::Scalar(scalar) if !scalar.plain => reader.text(data, "`data`").map(BodyContent::Plain),
            _ => Some(BodyContent::Json(json(reader, data)?)),
        },
        Kind::Text(kind) => Some(BodyContent::Text(kind, reader.text(data, "`data`")?)),
        Kind::Form => match reader.tree.node(data) {
            Node::Scalar(_) => Some(BodyContent::Text(TextKind::Form, reader.text(data, "`data`")?)),
            _ => pairs(reader, data).map(BodyContent::Form),
        },
        Kind::Multipart => {
            let Node::Sequence(parts) = reader.tree.node(data) else {
                reader.wrong_shape(data, "`data`", "a list of parts");
                return None;
            };
            parts.iter().map(|part| self::part(reader, *part)).collect::<Option<_>>().map(BodyContent::Multipart)
        }
    }
}

fn json(reader: Reader<'_>, id: NodeId) -> Option<Json<'_>> {
    match reader.tree.node(id) {
        Node::Scalar(scalar) => Some(Json::Scalar(reader.text(id, "a value")?, scalar.to_json())),
        Node::Sequence(elements) => {
            elements.iter().map(|element| json(reader, *element)).collect::<Option<_>>().map(Json::Array)
        }
        Node::Mapping(entries) => {
            let property =
                |entry: &crate::tree::Entry| Some((reader.text(entry.key, "a name")?, json(reader, entry.value)?));
            entries.iter().map(property).collect::<Option<_>>().map(Json::Object)
        }
    }
}

fn pairs(reader: Reader<'_>, id: NodeId) -> Option<Vec<(super::Text<'_>, super::Text<'_>)>> {
    let Node::Mapping(entries) = reader.tree.node(id) else {
        reader.wrong_shape(id, "`data`", "a text, or a mapping of names and values");
        return None;
    };
    let pair =
        |entry: &crate::tree::Entry| Some((reader.text(entry.key, "a name")?, reader.text(entry.value, "a value")?));
    entries.iter().map(pair).collect()
}

fn part(reader: Reader<'_>, id: NodeId) -> Option<BodyPart<'_>> {
    let mut fields = Fields::open(reader, id, "a part of the body")?;
    let (name, value) = (fields.need_text("name"), fields.need_text("value"));
    let (file_name, content_type) = (fields.text("filename"), fields.text("contentType"));
    fields.finish();
    Some(BodyPart { name: name?, value: value?, file_name, content_type })
}
