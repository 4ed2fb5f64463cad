//! Operation Objects.

use super::Version;
use super::json::Json;
use super::media::{Holder, contents, headers};
use super::parameter::parameter;
use super::schema::Schemas;
use crate::emit::openapi::outcome;
use crate::emit::openapi::outline::{Call, Outline};
use crate::emit::openapi::payload::Payload;
use crate::ir::api::{Operation, Response, Status};

/// The Operation Object of a call.
pub(super) fn operation(outline: &Outline<'_>, schemas: &Schemas<'_>, version: Version, call: &Call<'_>) -> String {
    let operation = call.operation;
    let holder = Holder { schemas, version };
    let mut json = Json::default();
    json.object(|json| {
        if let Some(id) = &operation.id {
            json.key("operationId").text(id);
        }
        json.text_member("summary", &operation.docs.title);
        json.text_member("description", &operation.docs.description);
        if !operation.tags.is_empty() {
            json.key("tags").texts(operation.tags.iter().map(String::as_str));
        }
        json.flag("deprecated", operation.docs.deprecated);
        if !operation.parameters.is_empty() {
            json.key("parameters").array(|json| {
                operation.parameters.iter().for_each(|found| parameter(schemas, found, json));
            });
        }
        if let Some(payload) = &call.payload {
            body(holder, payload, json.key("requestBody"));
        }
        if !operation.responses.is_empty() {
            json.key("responses").object(|json| {
                for found in &operation.responses {
                    response(holder, operation, found, json.key(&status(found.status)));
                }
            });
        }
        security(outline, operation, json);
    });
    json.finish()
}

/// The forms that are read, in the order of the tables.
fn body(holder: Holder<'_>, payload: &Payload<'_>, json: &mut Json) {
    json.object(|json| {
        json.text_member("description", payload.description);
        json.flag("required", payload.required);
        contents(holder, payload.forms.iter().map(|form| form.content), json.key("content"));
    });
}

fn response(holder: Holder<'_>, operation: &Operation, response: &Response, json: &mut Json) {
    json.object(|json| {
        json.key("description").text(&response.description);
        let mut forms = outcome::contents(operation, response).peekable();
        if forms.peek().is_some() {
            contents(holder, forms, json.key("content"));
        }
        headers(holder.schemas, &response.headers, json);
    });
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn security(outline: &Outline<'_>, operation: &Operation, json: &mut Json) {
    if operation.security.is_empty() {
        return;
    }
    json.key("security").array(|json| {
        for requirement in &operation.security {
            json.object(|json| {
                for required in requirement {
                    let scheme = &outline.api.security_schemes[required.scheme];
                    json.key(&scheme.wire).texts(required.scopes.iter().map(String::as_str));
                }
            });
        }
    });
}
