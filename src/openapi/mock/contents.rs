//! What the document says about the answers of an operation, and samples of them.

use std::borrow::Cow;

use serde_json::Value;

use super::Mock;
use super::data::{Generator, Place};
use crate::openapi::{Case, MediaKind, Operation, Status};
use crate::types::Direction;

impl Mock {
    /// The cases of an answer or failure.
    pub(super) fn cases(&self, indices: &'static [u16]) -> impl Iterator<Item = &'static Case> {
        let cases = self.api.cases;
        indices.iter().filter_map(|index| cases.get(usize::from(*index)))
    }

    /// The Response Object of a status.
    pub(super) fn response(&self, operation: usize, status: Status) -> Option<&Value> {
        let key = match status {
            Status::Code(code) => Cow::Owned(code.to_string()),
            Status::Range(digit) => Cow::Owned(format!("{digit}XX")),
            Status::Default => Cow::Borrowed("default"),
        };
        let responses = self.schemas.operation(operation).get("responses")?.as_object()?;
        responses.iter().find(|(status, _)| status.eq_ignore_ascii_case(&key)).map(|(_, response)| response)
    }

    /// The Media Type Object of a case.
    pub(super) fn content(&self, operation: usize, case: &Case) -> Option<&Value> {
        let contents = self.response(operation, case.status)?.get("content")?.as_object()?;
        contents.get(case.media_type).or_else(|| contents.values().next())
    }

    /// The Media Type Object of the answer that tells most about an operation's items.
    pub(super) fn json_content(&self, index: usize, operation: &Operation) -> Option<&Value> {
        let mut cases = self.cases(operation.answers);
        let content = cases.find_map(|case| self.content(index, case).filter(|_| case.kind == MediaKind::Json))?;
        schema_of(content).map(|_| content)
    }

    /// A value of a content: its example, or what its schema gives.
    pub(super) fn sample(&self, content: &Value, place: Place) -> Option<Value> {
        let schema = schema_of(content).unwrap_or(&Value::Bool(true));
        let mut generator = self.generator();
        let examples = content.get("examples").and_then(Value::as_object).into_iter().flatten();
        let examples = examples.filter_map(|(_, example)| example.get("value"));
        let mut told = content.get("example").into_iter().chain(examples);
        told.find_map(|example| generator.adopt(schema, example, place)).or_else(|| generator.value(schema, place))
    }

    /// As much of a value as fits a schema.
    pub(super) fn adopt(&self, schema: &Value, value: &Value, place: Place) -> Option<Value> {
        self.generator().adopt(schema, value, place)
    }

    pub(super) const fn generator(&self) -> Generator<'_> {
        Generator::new(&self.schemas, Direction::Response)
    }
}

/// The schema of a content; for a stream that of its items.
pub(super) fn schema_of(content: &Value) -> Option<&Value> {
    content.get("itemSchema").or_else(|| content.get("schema"))
}
