//! Schemas of single values, for what has no document of its own.

use super::excerpt::Excerpts;
use super::json::Json;
use super::schema::{Notes, Schemas};
use crate::emit::openapi::types::Plan;
use crate::ir::types::{Literal, TypeUse};

/// Writes schemas, and remembers which others they refer to.
pub(in crate::emit) struct ValueSchemas<'a>(Schemas<'a>);

impl<'a> ValueSchemas<'a> {
    pub(in crate::emit) fn new(plan: &'a Plan<'a>) -> Self {
        Self(Schemas::new(plan, Excerpts::new(&[])))
    }

    /// The schema of a use of a type, as JSON.
    pub(in crate::emit) fn write(&self, usage: TypeUse, default: Option<&Literal>) -> String {
        let mut json = Json::default();
        self.0.usage(usage, Notes { default, ..Notes::default() }, &mut json);
        json.finish()
    }

    /// The schemas that those which were written refer to, sorted by name.
    pub(in crate::emit) fn referred(self) -> Vec<(String, String)> {
        self.0.components()
    }
}
