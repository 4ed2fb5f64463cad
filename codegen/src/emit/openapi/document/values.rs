//! Schemas of single values, for what has no document of its own.

use std::collections::BTreeMap;

use super::excerpt::Excerpts;
use super::json::Json;
use super::schema::{Notes, Schemas};
use crate::emit::openapi::types::Plan;
use crate::ir::types::{Literal, TypeUse};

/// What the schemas in `components` are referred to by.
const REFERENCE: &str = "\"#/components/schemas/";

/// Writes schemas, and remembers which others they refer to.
pub(in crate::emit) struct ValueSchemas<'a> {
    schemas: Schemas<'a>,
    components: BTreeMap<String, String>,
    reached: BTreeMap<String, String>,
}

impl<'a> ValueSchemas<'a> {
    pub(in crate::emit) fn new(plan: &'a Plan<'a>) -> Self {
        let schemas = Schemas::new(plan, Excerpts::new(&[]));
        let components = schemas.components().into_iter().collect();
        Self { schemas, components, reached: BTreeMap::new() }
    }

    /// The schema of a use of a type, as JSON.
    pub(in crate::emit) fn write(&mut self, usage: TypeUse, default: Option<&Literal>) -> String {
        let mut json = Json::default();
        self.schemas.usage(usage, Notes { default, ..Notes::default() }, &mut json);
        let text = json.finish();
        self.reach(&text);
        text
    }

    /// The schemas that those which were written refer to, by name.
    pub(in crate::emit) fn reached(&self) -> impl Iterator<Item = (&str, &str)> {
        self.reached.iter().map(|(name, schema)| (name.as_str(), schema.as_str()))
    }

    fn reach(&mut self, text: &str) {
        let mut open: Vec<String> = names(text);
        while let Some(name) = open.pop() {
            if let Some((name, schema)) = self.components.remove_entry(&name) {
                open.extend(names(&schema));
                self.reached.insert(name, schema);
            }
        }
    }
}

/// The schemas that a schema refers to.
fn names(schema: &str) -> Vec<String> {
    let references = schema.split(REFERENCE).skip(1);
    references.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()).collect()
}
