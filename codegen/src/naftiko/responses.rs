//! Reading of what an exposed operation declares of its answers: `responses` and `responseBinary` (section 6.1).

use super::fields::Fields;
use super::model::{BinaryResponse, Responses};
use super::reader::{Field, Reader};
use crate::tree::Node;

/// Reads `responses`: statuses, with the media types of each.
pub(super) fn responses<'a>(reader: Reader<'a>, field: Field<'a>) -> Responses<'a> {
    let mut binary = Vec::new();
    for (status, id) in reader.texts(Some(field)) {
        let Some(mut fields) = Fields::open(reader, id, "an entry of `responses`") else { continue };
        let content = fields.get("content");
        for (media_type, id) in reader.texts(content) {
            // `{}` and nothing at all are how an empty content is written.
            if !matches!(reader.tree.node(id), Node::Mapping(_)) {
                continue;
            }
            let Some(mut fields) = Fields::open(reader, id, "the content") else { continue };
            if fields.boolean("binary").is_some_and(|binary| binary.value) {
                binary.push(BinaryResponse { key: status.span, status: Some(status), media_type });
            }
            fields.ignore(&["schema"]);
            fields.finish();
        }
        fields.ignore(&["description"]);
        fields.finish();
    }
    Responses { key: field.key.span, binary }
}

/// Reads `responseBinary`.
pub(super) fn binary<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<BinaryResponse<'a>> {
    let mut fields = Fields::open(reader, field.value, "`responseBinary`")?;
    let status = fields.text("status");
    let media_type = fields.need_text("mediaType");
    fields.ignore(&["description"]);
    fields.finish();
    Some(BinaryResponse { key: field.key.span, status, media_type: media_type? })
}
