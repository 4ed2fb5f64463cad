//! What a server says about an operation beyond what its document does.

use indexmap::IndexMap;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Error, Value, json};

use crate::openapi::Document;

/// The media type that a server refuses requests with.
const PROBLEM: &str = "application/problem+json";
const EVENTS: &str = "text/event-stream";
/// References that are followed one after the other.
const FOLLOWED: usize = 16;

/// An object whose members are kept as text, so that no number loses digits.
type Object = IndexMap<String, Box<RawValue>>;

/// What a server of a document describes its operations with.
pub(super) struct Describer {
    document: &'static Document,
    /// The name of the schema of problem details.
    problem: String,
}

impl Describer {
    pub(super) fn new(document: &'static Document) -> Self {
        let names = (0..).map(|number: u32| match number {
            0 => "Problem".to_owned(),
            1 => "ProblemDetails".to_owned(),
            number => format!("ProblemDetails{number}"),
        });
        let problem = { names }.find(|name| document.schema(name).is_none()).unwrap_or_default();
        Self { document, problem }
    }

    /// The members of `components` that operations refer to, beside the schemas of the document.
    pub(super) fn components(&self) -> (String, String) {
        let response = json!({"description": "Why the request is not answered as asked.", "content": self.content()});
        (format!("{}:{}", json!(self.problem), problem()), json!({ "Problem": response }).to_string())
    }

    /// The Operation Object of an operation: any request may be refused with problem details, whatever else the document
    /// lists, and events are described as a whole, as OpenAPI 3.2 has it.
    pub(super) fn describe(&self, operation: &str) -> Result<String, Error> {
        let mut operation: Object = serde_json::from_str(operation)?;
        let mut responses: Object = within(&operation, "responses")?;
        for (status, response) in &mut responses {
            let mut described: Object = serde_json::from_str(response.get())?;
            let mut contents: Object = within(&described, "content")?;
            if let Some(content) = contents.get_mut(EVENTS) {
                *content = self.events(content)?;
            }
            let is_failure = status == "default" || status.starts_with(['4', '5']);
            if is_failure && !contents.keys().any(|media_type| media_type.starts_with(PROBLEM)) {
                contents.extend(serde_json::from_value::<Object>(self.content())?);
            }
            if !contents.is_empty() {
                described.insert("content".to_owned(), to_raw_value(&contents)?);
                *response = to_raw_value(&described)?;
            }
        }
        if !responses.contains_key("default") {
            let reference = json!({"$ref": "#/components/responses/Problem"});
            responses.insert("default".to_owned(), to_raw_value(&reference)?);
        }
        operation.insert("responses".to_owned(), to_raw_value(&responses)?);
        serde_json::to_string(&operation)
    }

    fn content(&self) -> Value {
        let reference = format!("#/components/schemas/{}", self.problem);
        json!({PROBLEM: {"schema": {"$ref": reference}}})
    }

    /// A Media Type Object of events whose schema is that of their data.
    fn events(&self, content: &RawValue) -> Result<Box<RawValue>, Error> {
        let mut content: Object = serde_json::from_str(content.get())?;
        for keyword in ["schema", "itemSchema"] {
            let Some(schema) = content.get_mut(keyword) else { continue };
            let data = if self.is_text(schema)? {
                schema.get().to_owned()
            } else {
                format!(r#"{{"type":"string","contentMediaType":"application/json","contentSchema":{}}}"#, schema.get())
            };
            let event = format!(r#"{{"type":"object","required":["data"],"properties":{{"data":{data}}}}}"#);
            *schema = RawValue::from_string(event)?;
        }
        to_raw_value(&content)
    }

    /// Whether a schema is that of texts, which stand in events as they are.
    fn is_text(&self, schema: &RawValue) -> Result<bool, Error> {
        let mut schema: Value = serde_json::from_str(schema.get())?;
        for _ in 0..FOLLOWED {
            let name = schema.get("$ref").and_then(|reference| reference.as_str()?.rsplit('/').next());
            match name.and_then(|name| self.document.schema(name)) {
                Some(target) => schema = serde_json::from_str(target)?,
                None => break,
            }
        }
        Ok(schema.get("type").is_some_and(|name| name == "string"))
    }
}

/// The object that is a member of another one; empty where there is none.
fn within(object: &Object, member: &str) -> Result<Object, Error> {
    object.get(member).map_or_else(|| Ok(Object::new()), |found| serde_json::from_str(found.get()))
}

/// The schema of [`Problem`](crate::Problem) (RFC 9457).
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer", "format": "int32"},
            "detail": {"type": "string"},
            "errors": {
                "description": "The inputs that cannot be taken.",
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "in": {"type": ["string", "null"], "description": "The place of the input."},
                        "parameter": {"type": "string", "description": "The name of the input."},
                        "detail": {"type": "string"},
                        "pointer": {"type": "string", "description": "What is meant in the input (RFC 6901)."},
                    },
                },
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static DOCUMENT: Document = Document {
        head: "",
        operations: &[],
        schemas: &[("Line", r#"{"type":"string"}"#), ("Problem", "true")],
        security_schemes: "",
    };

    fn described(operation: &str) -> Value {
        serde_json::from_str(&Describer::new(&DOCUMENT).describe(operation).unwrap()).unwrap()
    }

    #[test]
    fn any_request_may_be_refused() {
        let told = described(
            r#"{"operationId":"a","responses":{
                "200":{"description":"Fine."},
                "404":{"description":"None.","content":{"application/json":{"schema":{"maximum":1.10}}}},
                "4XX":{"description":"Wrong.","content":{"application/problem+json":{}}}
            }}"#,
        );
        assert_eq!(told["operationId"], "a");
        let responses = &told["responses"];
        assert_eq!(responses["200"], json!({"description": "Fine."}));
        let problem = json!({"schema": {"$ref": "#/components/schemas/ProblemDetails"}});
        assert_eq!(responses["404"]["content"][PROBLEM], problem, "{responses}");
        assert_eq!(responses["404"]["content"]["application/json"], json!({"schema": {"maximum": 1.10}}));
        assert_eq!(responses["4XX"]["content"], json!({PROBLEM: {}}));
        assert_eq!(responses["default"], json!({"$ref": "#/components/responses/Problem"}));
    }

    #[test]
    fn events_have_data() {
        let told = described(
            r##"{"responses":{"default":{"description":"","content":{"text/event-stream":{
                "schema":{"$ref":"#/components/schemas/Line"},"itemSchema":{"type":"integer"}}}}}}"##,
        );
        let content = &told["responses"]["default"]["content"];
        let data = |keyword: &str| &content[EVENTS][keyword]["properties"]["data"];
        assert_eq!(*data("schema"), json!({"$ref": "#/components/schemas/Line"}));
        assert_eq!(data("itemSchema")["contentSchema"], json!({"type": "integer"}));
        assert!(content.get(PROBLEM).is_some(), "{content}");
    }
}
