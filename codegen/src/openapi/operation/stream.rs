//! What the items of a stream are.

use super::Lowering;
use crate::ir::api::MediaKind;
use crate::openapi::model::MediaType;
use crate::openapi::place::Place;

/// The fields of a server-sent event (OpenAPI 3.2, "Special Considerations for Server-Sent Events").
const EVENT_FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

impl<'t> Lowering<'t, '_, '_> {
    /// The schemas of a body as a whole and of its items.
    pub(super) fn stream_schemas(
        &self,
        kind: MediaKind,
        model: &MediaType<'t>,
    ) -> (Option<Place<'t>>, Option<Place<'t>>) {
        let is_stream = matches!(kind, MediaKind::EventStream | MediaKind::JsonLines);
        // Before 3.2 the schema of a stream is that of its items, or of a list of them.
        let (schema, item) = match (model.schema(), model.item_schema()) {
            (Some(schema), None) if is_stream => (None, Some(self.element(schema).unwrap_or(schema))),
            fields => fields,
        };
        match kind {
            MediaKind::EventStream => (schema, item.map(|item| self.data(item).unwrap_or(item))),
            _ => (schema, item),
        }
    }

    fn element(&self, schema: Place<'t>) -> Option<Place<'t>> {
        let schema = self.reader.follow_quietly(schema)?;
        schema.get("type").and_then(Place::text).filter(|name| *name == "array")?;
        schema.get("items")
    }

    /// The schema of the data, where a schema describes the event around them.
    fn data(&self, event: Place<'t>) -> Option<Place<'t>> {
        let properties = self.reader.follow_quietly(event)?.get("properties")?;
        if !properties.pairs().all(|(name, _)| EVENT_FIELDS.contains(&name)) {
            return None;
        }
        let data = properties.get("data")?;
        let described = self.reader.follow_quietly(data)?;
        let is_json = described.get("contentMediaType").and_then(Place::text).is_some_and(|name| name.contains("json"));
        Some(described.get("contentSchema").filter(|_| is_json).unwrap_or(data))
    }
}
