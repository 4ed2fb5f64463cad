//! The schema of a tool's result.

use serde_json::{Map, Value, json};

use crate::description::schemas::{self, Table};
use crate::openapi::{Api, Case, MediaKind, Operation, Status};

/// The schema, where every answer of the operation is JSON or nothing. A tool with a schema must have a structured
/// result, which text and bytes are not. `budget` limits its definitions, in bytes.
pub(super) fn schema(
    api: &'static Api,
    operation: &'static Operation,
    object: &Value,
    table: Table,
    budget: usize,
) -> Option<Map<String, Value>> {
    let mut answers: Vec<&Value> = Vec::new();
    for index in operation.answers {
        let case = api.cases.get(usize::from(*index))?;
        match case.kind {
            MediaKind::Empty => {}
            MediaKind::Json => {
                let answer = described(case, &object["responses"])?;
                if !answers.contains(&answer) {
                    answers.push(answer);
                }
            }
            _ => return None,
        }
    }
    let answer = match answers.as_slice() {
        [] => return None,
        [answer] => answer.as_object()?.clone(),
        answers => {
            let mut union = Map::new();
            union.insert("anyOf".to_owned(), json!(answers));
            union
        }
    };
    schemas::result(&answer, table, budget)
}

fn described<'a>(case: &Case, responses: &'a Value) -> Option<&'a Value> {
    let status = match case.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    };
    responses.get(status)?.get("content")?.get(case.media_type)?.get("schema")
}
