//! Reading of exposed `outputParameters` (section 14 of the format), in every flavour.

use super::adapters::TYPES;
use super::fields::Fields;
use super::model::{Constant, Output, Outputs};
use super::reader::{Field, Named, Reader};
use crate::tree::{Entry, Node, NodeId};

/// Reads the outputs of an action: a list, or a mapping keyed by their names.
pub(super) fn read<'a>(reader: Reader<'a>, field: Field<'a>) -> Outputs<'a> {
    let list = reader.named(Some(field)).into_iter().filter_map(|named| output(reader, &named)).collect();
    Outputs { key: field.key.span, list }
}

fn output<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<Output<'a>> {
    let mut fields = Fields::open(reader, named.value, "an entry of `outputParameters`")?;
    let name = named.key.or_else(|| fields.text("name"));
    fields.describe("the output", name);
    let r#type = fields.get("type");
    let constant = fields.get("const");
    let output = Output {
        span: fields.span,
        name,
        r#type: r#type.and_then(|field| reader.word(field.value, "`type`", TYPES)),
        description: fields.text("description"),
        mapping: fields.text("mapping"),
        value: fields.text("value"),
        constant: constant.map(|field| Constant { json: json(reader, field.value), span: reader.span(field.value) }),
        properties: fields.get("properties").map(|field| properties(reader, field)),
        items: fields.get("items").and_then(|field| items(reader, field)).map(Box::new),
    };
    fields.ignore(&["name", "label", "display"]);
    fields.finish();
    Some(output)
}

fn properties<'a>(reader: Reader<'a>, field: Field<'a>) -> Vec<Output<'a>> {
    reader.named(Some(field)).into_iter().filter_map(|named| output(reader, &named)).collect()
}

/// What the elements of a list are: an output, or the named properties of an object.
fn items<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Output<'a>> {
    let is_named = match reader.tree.node(field.value) {
        Node::Sequence(elements) => match elements {
            [element] => has_name(reader, *element),
            _ => true,
        },
        Node::Mapping(entries) => is_keyed_by_names(reader, entries),
        Node::Scalar(_) => false,
    };
    if is_named {
        return Some(Output {
            span: reader.span(field.value),
            properties: Some(properties(reader, field)),
            ..Output::default()
        });
    }
    let value = match reader.tree.node(field.value) {
        Node::Sequence([element]) => *element,
        _ => field.value,
    };
    output(reader, &Named { key: None, value })
}

fn has_name(reader: Reader<'_>, id: NodeId) -> bool {
    match reader.tree.node(id) {
        Node::Mapping(entries) => entries.iter().any(|entry| reader.tree.text(entry.key) == "name"),
        Node::Scalar(_) | Node::Sequence(_) => false,
    }
}

/// Whether a mapping holds outputs by their names, and is not an output itself: all its values are mappings, and not only
/// because an output has nothing but properties or items.
fn is_keyed_by_names(reader: Reader<'_>, entries: &[Entry]) -> bool {
    let is_mapping = |entry: &Entry| matches!(reader.tree.node(entry.value), Node::Mapping(_));
    let is_shape = |entry: &Entry| matches!(reader.tree.text(entry.key), "properties" | "items");
    entries.iter().all(is_mapping) && !entries.iter().all(is_shape)
}

/// A part of the file as JSON.
pub(super) fn json(reader: Reader<'_>, id: NodeId) -> serde_json::Value {
    match reader.tree.node(id) {
        Node::Scalar(scalar) => scalar.to_json(),
        Node::Sequence(elements) => elements.iter().map(|element| json(reader, *element)).collect(),
        Node::Mapping(entries) => {
            let member = |entry: &Entry| (reader.tree.text(entry.key).to_owned(), json(reader, entry.value));
            entries.iter().map(member).collect()
        }
    }
}
