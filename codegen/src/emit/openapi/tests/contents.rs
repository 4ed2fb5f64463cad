//! What is made of each kind of content.

use super::{emit, operation};

/// What an answer with a content is in Rust.
fn answer(media_type: &str, schema: &str) -> String {
    let output = emit(&operation(&format!(
        "responses: {{ '200': {{ description: d, content: {{ '{media_type}': {{ {schema} }} }} }} }}"
    )));
    output.between("type Answer =", ";")
}

/// What a required body with a content is in Rust, and how it is handed over.
fn body(media_type: &str, schema: &str) -> (String, String) {
    let output =
        emit(&operation(&format!("requestBody: {{ required: true, content: {{ '{media_type}': {{ {schema} }} }} }}")));
    (output.between("#[doc = \" The body.\"] pub body:", ",}"), output.between("blank { body } body { ", " body}"))
}

const OBJECT: &str = "schema: { $ref: '#/components/schemas/Thing' }";
const TEXT: &str = "schema: { type: string }";
const BYTES: &str = "schema: { type: string, format: binary }";
const NUMBERS: &str = "schema: { type: array, items: { type: integer } }";

#[test]
fn answers_are_what_their_media_type_says() {
    for (media_type, schema, expected) in [
        ("application/json", OBJECT, "super::types::Thing"),
        ("application/json", NUMBERS, "::std::vec::Vec<i64>"),
        ("application/json", "", "::capsmith::types::Value"),
        ("application/problem+json", TEXT, "::std::string::String"),
        ("application/json", "schema: { type: [string, 'null'] }", "::core::option::Option<::std::string::String>"),
        ("text/plain", TEXT, "::std::string::String"),
        ("text/plain", "", "::std::string::String"),
        ("text/plain", NUMBERS, "::std::vec::Vec<i64>"),
        ("text/plain", "schema: { type: integer }", "i64"),
        ("application/xml", OBJECT, "::std::string::String"),
        ("application/octet-stream", BYTES, "::capsmith::Response"),
        ("application/pdf", OBJECT, "::capsmith::Response"),
        ("application/vnd.things.v1", OBJECT, "super::types::Thing"),
        ("image/*", TEXT, "::capsmith::Response"),
        ("*/*", OBJECT, "super::types::Thing"),
        ("*/*", TEXT, "::std::string::String"),
        ("*/*", "", "::capsmith::Response"),
        ("multipart/mixed", OBJECT, "::capsmith::Response"),
        ("text/event-stream", "schema: { type: integer }", "::capsmith::openapi::Events<i64>"),
        ("text/event-stream", "", "::capsmith::openapi::Events<::std::string::String>"),
        ("application/jsonl", "schema: { type: integer }", "::capsmith::openapi::Lines<i64>"),
        ("application/x-ndjson", "", "::capsmith::openapi::Lines<::capsmith::types::Value>"),
    ] {
        assert_eq!(answer(media_type, schema), expected, "{media_type} {schema}");
    }
}

#[test]
fn bodies_are_what_their_media_type_says() {
    let upload = "::capsmith::openapi::Upload";
    for (media_type, schema, expected, payload) in [
        ("application/json", OBJECT, "super::types::Thing", "Typed"),
        ("application/json", "", "::capsmith::types::Value", "Typed"),
        ("application/x-www-form-urlencoded", OBJECT, "super::types::Thing", "Typed"),
        ("multipart/form-data", OBJECT, "super::bodies::ActBody", "Parts"),
        ("multipart/form-data", "", upload, "Upload"),
        ("text/plain", TEXT, "::std::string::String", "Typed"),
        ("application/xml", OBJECT, "::std::string::String", "Typed"),
        ("application/octet-stream", BYTES, upload, "Upload"),
        ("image/*", "", upload, "Upload"),
        ("*/*", OBJECT, "super::types::Thing", "Typed"),
        ("text/event-stream", "", upload, "Upload"),
        ("application/jsonl", "schema: { type: integer }", "::std::vec::Vec<i64>", "Typed"),
    ] {
        assert_eq!(body(media_type, schema), (expected.to_owned(), payload.to_owned()), "{media_type} {schema}");
    }
}

#[test]
fn an_optional_body_has_a_setter() {
    let output = emit(&operation("requestBody: { content: { application/octet-stream: {} } }"));
    output.assert_has("pub body: ::core::option::Option<::capsmith::openapi::Upload>,");
    output.assert_has("pub fn body(mut self, body: impl ::core::convert::Into<::capsmith::openapi::Upload>) -> Self");
    output.assert_has("implement_accepted_inputs! { Act none { body } optional { Upload body } }");
}

#[test]
fn several_forms_of_a_body_are_an_enum() {
    let output = emit(&operation(&format!(
        "requestBody: {{ required: true, content: {{ application/json: {{ {OBJECT} }}, text/json: {{ {OBJECT} }}, application/xml: {{ {OBJECT} }}, \
         application/x-www-form-urlencoded: {{ {OBJECT} }}, multipart/form-data: {{ {OBJECT} }} }} }}"
    )));
    let variants = output.between("pub enum ActBody {", "}");
    for (variant, is_there) in [
        ("Json(super::types::Thing)", true),
        ("Form(super::types::Thing)", true),
        ("Multipart(ActMultipart)", true),
        // The same once more.
        ("Json2(", false),
        ("Xml(", false),
    ] {
        assert_eq!(variants.contains(variant), is_there, "{variant} in {variants}");
    }
    output.assert_has("impl ::core::convert::From<super::types::Thing> for ActBody");
    assert_eq!(output.text.matches("for ActBody{").count(), 2, "a conversion for each type");
    output.assert_has("pub fn act(&self, body: impl ::core::convert::Into<bodies::ActBody>)");
}

#[test]
fn parts_are_files_and_values() {
    let output = emit(&operation(
        "requestBody: { required: true, content: { multipart/form-data: { \
         schema: { type: object, required: [file, note], properties: { file: { type: string, format: binary }, more: { type: array, items: { type: string, format: binary } }, \
         note: { type: string }, any: {}, id: { type: integer, readOnly: true }, new: { type: boolean } } }, \
         encoding: { any: { contentType: image/png }, note: { style: form, explode: false } } } } }",
    ));
    for text in [
        "pub file: ::capsmith::openapi::Upload,",
        "pub more: ::core::option::Option<::std::vec::Vec<::capsmith::openapi::Upload>>,",
        "pub any: ::core::option::Option<::capsmith::openapi::Upload>,",
        "\"file\" 0 file Upload Upload \"more\" 1 more uploads OptionalUploads \"note\" 2 note Typed Typed \
         \"any\" 3 any optional OptionalUpload \"new\" 4 new Typed Typed",
        "blank { file note } none { more any new } default {}",
        "pub fn new(file: impl ::core::convert::Into<::capsmith::openapi::Upload>, note: impl ::core::convert::Into<::std::string::String>) -> Self",
        "pub fn new_(mut self, new: bool) -> Self",
        "Part { name: \"note\", style: Some(Style::Form), explode: false, ..Part::DEFAULT }",
        "Part { name: \"any\", content_type: \"image/png\", ..Part::DEFAULT }",
    ] {
        output.assert_has(text);
    }
}

#[test]
fn several_answers_are_an_enum_named_by_status_and_media_type() {
    let output = emit(&operation(&format!(
        "responses: {{ '200': {{ description: Good, content: {{ application/json: {{ {OBJECT} }}, text/csv: {{ {TEXT} }} }} }}, \
         '202': {{ description: '' }}, 2XX: {{ description: '', content: {{ application/json: {{ {NUMBERS} }} }} }} }}"
    )));
    let variants = output.between("pub enum Act {", "}");
    for variant in
        ["OkJson(super::types::Thing)", "OkText(::std::string::String)", "Accepted,", "Success(::std::vec::Vec<i64>)"]
    {
        assert!(variants.contains(variant), "{variant} in {variants}");
    }
    output.assert_has("type Answer = super::responses::Act;");
    output.assert_has(
        "Case { status: Status::Range(2), media_type: \"application/json\", kind: MediaKind::Json, variant: 3 }",
    );
}

#[test]
fn answers_of_one_type_are_that_type() {
    let output = emit(&operation(&format!(
        "responses: {{ '200': {{ description: d, content: {{ application/json: {{ {OBJECT} }}, text/plain: {{ {OBJECT} }}, application/xml: {{}} }} }}, \
         '201': {{ description: d, content: {{ application/json: {{ {OBJECT} }} }} }} }}"
    )));
    output.assert_has("type Answer = super::types::Thing;");
    output.assert_has("answers: &[0, 1, 2],");
    assert!(!output.has("pub mod responses"));
}

#[test]
fn failures_are_those_with_a_typed_body() {
    let output = emit(&operation(&format!(
        "responses: {{ '200': {{ description: d }}, '400': {{ description: d, content: {{ application/json: {{ {OBJECT} }} }} }}, \
         '401': {{ description: d }}, '500': {{ description: d, content: {{ application/octet-stream: {{}} }} }}, default: {{ description: d, content: {{ text/plain: {{}} }} }} }}"
    )));
    output.assert_has("type Answer = ();");
    output.assert_has("type Failure = super::errors::TextOrThing;");
    output.assert_has(
        "Case { status: Status::Code(400), media_type: \"application/json\", kind: MediaKind::Json, variant: 1 }",
    );
    output.assert_has("failures: &[1, 2],");
}

#[test]
fn an_answer_without_a_body_is_nothing_whatever_the_document_says() {
    for (method, status) in [("head", "200"), ("get", "204")] {
        let document = super::document(&format!(
            "  /a:\n    {method}: {{ operationId: act, responses: {{ '{status}': {{ description: d, content: {{ application/json: {{ {TEXT} }} }} }} }} }}\n"
        ));
        emit(&document).assert_has("type Answer = ();");
    }
}

#[test]
fn pages_give_their_items() {
    let list = "schema: { type: object, properties: { data: { type: [array, 'null'], items: { type: integer } }, total: { type: integer } } }";
    let output = emit(&super::document(&format!(
        "  /a:\n    get: {{ operationId: list, parameters: [{{ name: page, in: query, schema: {{ type: integer, minimum: 0 }} }}], \
         responses: {{ '200': {{ description: d, content: {{ application/json: {{ {list} }} }} }} }} }}\n"
    )));
    output.assert_has("type Item = i64;");
    output.assert_has("::capsmith::__private::IntoItems::into_items(answer.data)");
    output.assert_has("pagination: Some(Pagination::Page { page: 0, size: None, first: 0 })");
    output.assert_has("pub fn pages(self)");
    assert!(!emit(&operation("")).has("pub fn pages(self)"));
}
