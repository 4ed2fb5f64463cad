//! Tools of a small document, called without a transport.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use rmcp::model::{CallToolResult, Tool};
use serde_json::{Map, Value, json};

use super::tools::DocumentTools;
use crate::mcp::Tools as _;
use crate::openapi::callers::Callers;
use crate::openapi::{
    Accept, Api, Body, Case, Document, Incoming, Inputs, MediaKind, Operation, Parameter, Payload, Place, Requirement,
    SecurityKind, SecurityScheme, Serve, Status, Upload,
};
use crate::server::{Dispatched, RawBody, RawReply};
use crate::types::Typed;
use crate::types::validate::Check;
use crate::{Context, Problem, Settings};

static PARAMETERS: [Parameter; 5] = [
    Parameter { name: "id", checks: &[Check::MinLength(2)], ..Parameter::PATH },
    Parameter { name: "page[size]", ..Parameter::QUERY },
    Parameter { name: "id", ..Parameter::QUERY },
    Parameter { name: "X-Key", ..Parameter::HEADER },
    Parameter { name: "body", ..Parameter::QUERY },
];

static BODIES: [Body; 4] = [
    Body::DEFAULT,
    Body { media_type: "text/event-stream", kind: MediaKind::EventStream, ..Body::DEFAULT },
    Body { media_type: "application/octet-stream", kind: MediaKind::Binary, ..Body::DEFAULT },
    Body { checks: &[Check::MinProperties(1)], ..Body::DEFAULT },
];

static CASES: [Case; 4] = [
    Case { status: Status::Code(200), media_type: "application/json", kind: MediaKind::Json, variant: 0 },
    Case { status: Status::Range(2), media_type: "", kind: MediaKind::Empty, variant: 1 },
    Case { status: Status::Code(200), media_type: "text/plain", kind: MediaKind::Text, variant: 2 },
    Case { status: Status::Default, media_type: "application/json", kind: MediaKind::Json, variant: 0 },
];

static OPERATIONS: [Operation; 10] = [
    Operation {
        name: "items/list",
        parameters: &[0, 1, 2, 3],
        answers: &[0, 1],
        security: &[&[0]],
        ..Operation::EMPTY
    },
    Operation { name: "createItem", method: "POST", parameters: &[2], bodies: &[0], ..Operation::EMPTY },
    Operation { name: "CREATEITEM", method: "PUT", bodies: &[3], answers: &[0], ..Operation::EMPTY },
    Operation { name: "hidden", is_tool: false, ..Operation::EMPTY },
    Operation { name: "listen", method: "POST", bodies: &[1], ..Operation::EMPTY },
    Operation { name: "upload", method: "PATCH", parameters: &[4], bodies: &[1, 2], ..Operation::EMPTY },
    Operation { name: "tree", method: "DELETE", answers: &[0, 2], bodies: &[0], ..Operation::EMPTY },
    Operation { name: "all", method: "LOCK", answers: &[3], ..Operation::EMPTY },
    Operation { name: "unserved", is_served: false, ..Operation::EMPTY },
    Operation { name: "find", tool: "lookup", ..Operation::EMPTY },
];

static API: Api = Api {
    name: "shop",
    title: "Shop",
    description: "",
    version: "1.0.0",
    servers: &[],
    security_schemes: &[SecurityScheme { name: "key", kind: SecurityKind::Header("x-key"), variables: &[] }],
    requirements: &[Requirement { scheme: 0, scopes: &[] }],
    parameters: &PARAMETERS,
    bodies: &BODIES,
    cases: &CASES,
    operations: &OPERATIONS,
};

static DOCUMENT: Document = Document {
    head: "",
    operations: &[
        r##"{"summary":"List items","description":"All of them.","parameters":[
            {"name":"id","in":"path","required":true,"schema":{"type":"string","minLength":2},"description":"The shop."},
            {"name":"page[size]","in":"query","schema":{"$ref":"#/components/schemas/Size"}},
            {"name":"id","in":"query","schema":{"type":"array","items":{"type":"string"}}},
            {"name":"X-Key","in":"header","schema":{"type":"string"}}],
            "responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Item"}}}}},"2XX":{}}}"##,
        r##"{"summary":"Create an item.","deprecated":true,"parameters":[{"name":"id","in":"query","schema":{"type":"integer"}}],
            "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}}}"##,
        r##"{"description":"Put items.","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"name":{"type":"string"},"a/b":{"type":"object"}}}}}},
            "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}}}}"##,
        "{}",
        r#"{"requestBody":{"required":true,"content":{"text/event-stream":{}}}}"#,
        r#"{"parameters":[{"name":"body","in":"query","schema":{"type":"string"}}],
            "requestBody":{"description":"A picture.","required":true,"content":{"text/event-stream":{},"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}}}"#,
        r##"{"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}},
            "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}},"text/plain":{}}}}}"##,
        r#"{"responses":{"default":{"content":{"application/json":{"schema":{"anyOf":[{"type":"string"},{"type":"object"}]}}}}}}"#,
        "{}",
        "{}",
    ],
    schemas: &[
        (
            "Item",
            r##"{"type":"object","description":"An item.","properties":{
                "id":{"type":"integer","readOnly":true},
                "name":{"type":["string","null"],"x-note":"x"},
                "parent":{"anyOf":[{"$ref":"#/components/schemas/Item"},{"type":"null"}]},
                "state":{"$ref":"#/components/schemas/State"}},
                "required":["id","state"],"additionalProperties":false}"##,
        ),
        ("Size", r#"{"type":"integer","minimum":1}"#),
        ("State", r#"{"type":"string","enum":["new","old"]}"#),
    ],
    security_schemes: "",
};

/// Takes anything.
#[derive(Default)]
struct Anything {
    fields: [Option<Value>; 5],
    body: Option<Value>,
    upload: Upload,
}

impl Inputs for Anything {
    fn field(&self, index: usize) -> &dyn Typed {
        &self.fields[index]
    }

    fn body(&mut self) -> Payload<'_> {
        match &self.body {
            Some(body) => Payload::Typed(0, body),
            None => Payload::Absent,
        }
    }
}

impl Accept for Anything {
    fn blank() -> Self {
        Self::default()
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        &mut self.fields[index]
    }

    fn body_mut(&mut self, content: usize) -> Place<'_> {
        match content {
            0 => Place::Typed(self.body.insert(Value::Null)),
            _ => Place::Upload(&mut self.upload),
        }
    }
}

/// Answers with the inputs that it gets.
struct Echo;

impl Serve for Echo {
    fn serve(&self, operation: usize, incoming: Incoming, _: Context) -> Dispatched {
        Box::pin(async move {
            if operation == 7 {
                return Err(Problem::new(StatusCode::CONFLICT).with_detail("Not now."));
            }
            let Anything { fields, body, upload } = incoming.read()?;
            let given = fields.into_iter().enumerate().filter_map(|(index, value)| Some((index.to_string(), value?)));
            let mut seen: Map<String, Value> = given.collect();
            seen.extend(body.map(|body| ("body".to_owned(), body)));
            let bytes = upload.bytes().await?;
            if !bytes.is_empty() {
                seen.insert("bytes".to_owned(), String::from_utf8_lossy(&bytes).into());
            }
            let body = RawBody::Bytes(Bytes::from(Value::Object(seen).to_string()));
            Ok(RawReply { status: StatusCode::OK, headers: HeaderMap::new(), body })
        })
    }
}

fn tools() -> DocumentTools {
    tools_with(&Settings { max_tool_result: 100, ..Settings::default() })
}

fn tools_with(settings: &Settings) -> DocumentTools {
    DocumentTools::new(&API, &DOCUMENT, Arc::new(Echo), Arc::new(Callers::new(&API, None, settings)), settings)
}

fn tool(name: &str) -> Tool {
    tools().listed().iter().find(|tool| tool.name == name).unwrap_or_else(|| panic!("no tool {name}")).clone()
}

async fn call(name: &str, arguments: Value) -> CallToolResult {
    let tools = tools();
    let position = tools.listed().iter().position(|tool| tool.name == name).expect("a tool");
    let given = arguments.as_object().expect("an object").clone();
    tools.call(&tools.listed()[position], position, given, Context::new()).await
}

/// What the operation got.
async fn seen(name: &str, arguments: Value) -> Value {
    let result = call(name, arguments).await;
    assert_ne!(result.is_error, Some(true), "{result:?}");
    result.structured_content.expect("structured content")
}

/// The text of a refusal.
async fn refused(name: &str, arguments: Value) -> String {
    let result = call(name, arguments).await;
    assert_eq!(result.is_error, Some(true), "{result:?}");
    serde_json::to_value(&result).expect("JSON")["content"][0]["text"].as_str().expect("a text").to_owned()
}

#[test]
fn each_operation_that_arguments_can_say_is_a_tool() {
    let tools = tools();
    let names: Vec<&str> = tools.listed().iter().map(|tool| &*tool.name).collect();
    assert_eq!(names, ["CREATEITEM_2", "all", "createItem", "items_list", "lookup", "tree", "upload"]);
}

#[test]
fn schemas_are_valid_and_whole() {
    for tool in tools().listed() {
        let schemas = [Some(&tool.input_schema), tool.output_schema.as_ref()];
        for schema in schemas.into_iter().flatten() {
            let schema = Value::Object((**schema).clone());
            assert_eq!(schema["type"], "object", "{}: {schema:#}", tool.name);
            assert!(!schema.to_string().contains("#/components"), "{}: {schema:#}", tool.name);
            // Fails for what is no schema of 2020-12 and for references that lead nowhere.
            jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{}: {error}", tool.name));
        }
    }
}

#[test]
fn arguments_of_one_name_stay_apart_and_credentials_are_none() {
    let schema = Value::Object((*tool("items_list").input_schema).clone());
    let expected = json!({
        "type": "object",
        "properties": {
            "id_path": {"type": "string", "minLength": 2, "description": "The shop."},
            "page_size": {
                "$ref": "#/$defs/Size",
                "description": "Without it the server decides how many come.",
            },
            "id_query": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["id_path"],
        "additionalProperties": false,
        "$defs": {"Size": {"type": "integer", "minimum": 1}},
    });
    assert_eq!(schema, expected);
}

#[test]
fn members_of_the_body_are_arguments_where_nothing_is_lost() {
    let create = Value::Object((*tool("createItem").input_schema).clone());
    let names = |schema: &Value| -> Vec<String> {
        schema["properties"].as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(names(&create), ["id", "name", "parent", "state"]);
    assert_eq!(create["required"], json!(["state"]));
    assert_eq!(create["$defs"]["Item"]["required"], json!(["state"]));
    assert_eq!(create["$defs"]["Item"]["properties"]["id"], Value::Null);
    // The body may be absent, but not without its `state`.
    let tree = Value::Object((*tool("tree").input_schema).clone());
    assert_eq!(tree["properties"], json!({"body": {"$ref": "#/$defs/Item"}}));
    let upload = Value::Object((*tool("upload").input_schema).clone());
    assert_eq!(
        (names(&upload), &upload["required"]),
        (vec!["body_query".to_owned(), "body_content".to_owned()], &json!(["body_content"]))
    );
    assert_eq!(upload["properties"]["body_content"]["contentEncoding"], "base64");
}

#[test]
fn tools_say_what_they_do() {
    let list = tool("items_list");
    assert_eq!(
        (list.title.as_deref(), list.description.as_deref()),
        (Some("List items"), Some("List items\n\nAll of them."))
    );
    let create = tool("createItem");
    assert_eq!(create.description.as_deref(), Some("Create an item.\n\nDeprecated."));
    for (name, hints) in [
        ("items_list", json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true})),
        ("createItem", json!({"readOnlyHint": false, "idempotentHint": false})),
        ("CREATEITEM_2", json!({"readOnlyHint": false, "idempotentHint": true})),
        ("tree", json!({"readOnlyHint": false, "destructiveHint": true, "idempotentHint": true})),
        ("all", Value::Null),
    ] {
        assert_eq!(serde_json::to_value(tool(name).annotations).expect("JSON"), hints, "{name}");
    }
}

#[test]
fn results_have_a_schema_where_they_are_json() {
    let output = |name: &str| tool(name).output_schema.map(|schema| Value::Object((*schema).clone()));
    let list = output("items_list").expect("a schema");
    assert_eq!(list["properties"]["result"], json!({"type": ["array", "null"], "items": {"$ref": "#/$defs/Item"}}));
    let item = output("CREATEITEM_2").expect("a schema");
    assert_eq!((&item["properties"]["id"]["type"], &item["required"]), (&json!(["integer", "null"]), &Value::Null));
    // Text is no structured result, and what may be an object or not has no schema.
    assert_eq!((output("tree"), output("all"), output("createItem")), (None, None, None));
    let validator = jsonschema::draft202012::new(&item).expect("a schema");
    let lenient = json!({"id": null, "state": "other", "parent": {"more": 1}});
    assert!(validator.is_valid(&lenient) && validator.is_valid(&json!({"result": null})));
    assert!(!validator.is_valid(&json!({"id": "x"})));
}

#[tokio::test]
async fn arguments_go_where_the_document_says() {
    let given = json!({"id_path": "ab", "page_size": 5.0, "id_query": ["x"]});
    assert_eq!(seen("items_list", given).await, json!({"0": "ab", "1": 5, "2": ["x"]}));
    assert_eq!(seen("items_list", json!({"id_path": "ab", "page_size": null})).await, json!({"0": "ab"}));
    let given = json!({"id": 7, "state": "new", "name": null});
    assert_eq!(seen("createItem", given).await, json!({"0": 7, "body": {"name": null, "state": "new"}}));
    assert_eq!(seen("tree", json!({})).await, json!({}));
    assert_eq!(seen("tree", json!({"body": {"state": "old"}})).await, json!({"body": {"state": "old"}}));
    assert_eq!(seen("upload", json!({"body_content": "aGk="})).await, json!({"bytes": "hi"}));
}

#[tokio::test]
async fn a_page_size_of_the_settings_is_sent_where_the_agent_gives_none() {
    let tools = tools_with(&Settings { tool_page_size: Some(20), ..Settings::default() });
    let position = tools.listed().iter().position(|tool| tool.name == "items_list").expect("a tool");
    let listed = &tools.listed()[position];
    assert_eq!(listed.input_schema["properties"]["page_size"]["default"], 20);
    for (given, size) in [(json!({"id_path": "ab"}), 20), (json!({"id_path": "ab", "page_size": 5}), 5)] {
        let given = given.as_object().expect("an object").clone();
        let seen = tools.call(listed, position, given, Context::new()).await.structured_content;
        assert_eq!(seen.expect("structured content")["1"], size);
    }
}

#[tokio::test]
async fn faults_are_told_in_terms_of_the_arguments() {
    let given = json!({"page_size": "5", "id_query": "x", "size": 1});
    assert_eq!(
        refused("items_list", given).await,
        "`items_list` cannot be called with these arguments:\n\
         - `id_path` is required\n\
         - `page_size` must be a whole number, not the text \"5\"; send 5 without quotes\n\
         - `id_query` must be an array, not the text \"x\"; send a JSON array and not its text\n\
         - `size` is not an argument of this tool; its arguments are `id_path`, `page_size`, `id_query`: rename it or \
         leave it out"
    );
    // What only the operation knows.
    assert_eq!(
        refused("items_list", json!({"id_path": "a"})).await,
        "`items_list` cannot be called with these arguments:\n- `id_path` must have at least 2 characters; given was the text \"a\""
    );
    let text = refused("CREATEITEM_2", json!({})).await;
    assert!(text.contains("- `body` must have at least 1 propert"), "{text}");
    let text = refused("upload", json!({"body_content": "?"})).await;
    assert!(text.ends_with("- `body_content` must be base64 text, not the text \"?\""), "{text}");
    assert_eq!(refused("all", json!({})).await, "409 Conflict: Not now.");
}

#[tokio::test]
async fn a_result_that_is_too_large_says_what_may_narrow_it() {
    let text = refused("items_list", json!({"id_path": "x".repeat(100)})).await;
    assert_eq!(text, "The answer is larger than 100 bytes. Ask for less, for example by `page_size`, `id_query`.");
}
