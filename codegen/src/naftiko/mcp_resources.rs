//! Reading of `resources` of an MCP surface (section 6.2 of the format).

use super::exposes::{self, Kind};
use super::fields::Fields;
use super::model::McpResource;
use super::reader::{Field, Named, Reader};

pub(super) fn read<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<McpResource<'a>> {
    reader.named(field).into_iter().filter_map(|named| resource(reader, &named)).collect()
}

fn resource<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<McpResource<'a>> {
    let mut fields = Fields::open(reader, named.value, "the resource")?;
    let label = fields.text_or("label", "display");
    let uri = fields.need_text("uri");
    let mime_type = fields.text("mimeType");
    let binary = fields.boolean("binary").is_some_and(|binary| binary.value);
    let location = fields.text("location");
    fields.ignore(&["tags"]);
    let action = exposes::action(&mut fields, named.key, Kind::Mcp);
    fields.finish();
    Some(McpResource { label, uri, mime_type, binary, location, action })
}
