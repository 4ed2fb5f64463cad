//! The forms that a user is asked by.

use capsmith::Problem;
use capsmith::http::StatusCode;
use capsmith::mcp::ElicitationSchema;
use serde_json::{Value, json};

/// A form of a schema that stands in this file.
fn form(schema: Value) -> Result<ElicitationSchema, Problem> {
    serde_json::from_value(schema)
        .map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR).with_detail(error.to_string()))
}

/// A form of one text.
fn text(name: &str) -> Result<ElicitationSchema, Problem> {
    form(json!({ "type": "object", "properties": { name: { "type": "string" } }, "required": [name] }))
}

pub(super) fn name() -> Result<ElicitationSchema, Problem> {
    text("name")
}

pub(super) fn colour() -> Result<ElicitationSchema, Problem> {
    text("color")
}

pub(super) fn context() -> Result<ElicitationSchema, Problem> {
    text("context")
}

pub(super) fn confirmation() -> Result<ElicitationSchema, Problem> {
    form(json!({ "type": "object", "properties": { "ok": { "type": "boolean" } }, "required": ["ok"] }))
}

pub(super) fn user() -> Result<ElicitationSchema, Problem> {
    let properties = json!({
        "username": { "type": "string", "description": "User's response" },
        "email": { "type": "string", "description": "User's email address" },
    });
    form(json!({ "type": "object", "properties": properties, "required": ["username", "email"] }))
}

pub(super) fn defaults() -> Result<ElicitationSchema, Problem> {
    let properties = json!({
        "name": { "type": "string", "default": "John Doe" },
        "age": { "type": "integer", "default": 30 },
        "score": { "type": "number", "default": 95.5 },
        "status": { "type": "string", "enum": ["active", "inactive", "pending"], "default": "active" },
        "verified": { "type": "boolean", "default": true },
    });
    form(json!({ "type": "object", "properties": properties }))
}

pub(super) fn enums() -> Result<ElicitationSchema, Problem> {
    let values = json!(["option1", "option2", "option3"]);
    let titled = |word: &str| {
        json!([
            { "const": "value1", "title": format!("First {word}") },
            { "const": "value2", "title": format!("Second {word}") },
            { "const": "value3", "title": format!("Third {word}") },
        ])
    };
    let properties = json!({
        "untitledSingle": { "type": "string", "enum": values },
        "titledSingle": { "type": "string", "oneOf": titled("Option") },
        "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"],
        },
        "untitledMulti": { "type": "array", "items": { "type": "string", "enum": values } },
        "titledMulti": { "type": "array", "items": { "anyOf": titled("Choice") } },
    });
    form(json!({ "type": "object", "properties": properties }))
}
