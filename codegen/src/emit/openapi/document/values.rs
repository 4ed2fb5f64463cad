//! Schemas of single values, for what has no document of its own.

use super::dialect::Dialect;
use super::excerpt::Excerpts;
use super::json::Json;
use super::schema::{Notes, Schemas};
use crate::emit::openapi::types::Plan;
use crate::ir::types::{Docs, Literal, TypeUse};

/// Writes schemas, and remembers which others they refer to.
pub(in crate::emit) struct ValueSchemas<'a>(Schemas<'a>);

impl<'a> ValueSchemas<'a> {
    pub(in crate::emit) fn new(plan: &'a Plan<'a>, dialect: Dialect) -> Self {
        Self(Schemas::new(plan, Excerpts::new(&[]), dialect))
    }

    /// Says of some types, by their index, that there is nothing beside their properties, where their document does not say.
    pub(in crate::emit) fn closing(mut self, closed: Vec<bool>) -> Self {
        self.0.closed = closed;
        self
    }

    /// The schema of a use of a type, as JSON.
    pub(in crate::emit) fn write(&self, usage: TypeUse, default: Option<&Literal>) -> String {
        let mut json = Json::default();
        self.0.usage(usage, Notes { default, ..Notes::default() }, &mut json);
        json.finish()
    }

    /// Writes the schema of a use of a type that something is said about.
    pub(in crate::emit) fn write_described(
        &self,
        usage: TypeUse,
        description: &str,
        default: Option<&Literal>,
        json: &mut Json,
    ) {
        let docs = Docs { description: description.to_owned(), ..Docs::default() };
        self.0.usage(usage, Notes { docs: Some(&docs), default, ..Notes::default() }, json);
    }

    /// The schemas that those which were written refer to, sorted by name.
    pub(in crate::emit) fn referred(self) -> Vec<(String, String)> {
        self.0.components()
    }
}
