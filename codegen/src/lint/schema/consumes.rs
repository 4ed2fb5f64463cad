//! What is consumed, and credentials (section 5 of the format).

use super::action::IMPORT;
use super::shape::{Era, Object, Shape, free, may, must};
use super::text::{BASE_URI, EXTENDED, KEBAB, SIZE, is_base_uri, is_extended, is_kebab, is_size};

pub(super) static CONSUMES: Shape =
    Shape::Choice(|entry| Some(if entry.get("import").is_some() { &IMPORT } else { &HTTP }));

pub(super) const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

const FORMATS: &[&str] =
    &["json", "xml", "avro", "protobuf", "csv", "tsv", "psv", "yaml", "html", "markdown", "binary"];

static HTTP: Object = Object {
    fields: &[
        must("type", Shape::Word(&["http"])),
        must("namespace", Shape::Form(KEBAB, is_kebab)),
        may("description", Shape::Text),
        must("baseUri", Shape::Form(BASE_URI, is_base_uri)),
        may("inputParameters", Shape::Named(&INPUT)),
        may("authentication", AUTHENTICATION),
        may("resources", Shape::Named(&RESOURCE)),
        may("tunnel", Shape::Object(&TUNNEL)).of(Era::New),
    ],
    rule: free,
};

static TUNNEL: Object = Object {
    fields: &[
        must("type", Shape::Word(&["ziti"])),
        must("service", Shape::Text),
        must("identity", Shape::Text),
        may("fallback", Shape::Word(&["fail", "direct"])),
    ],
    rule: free,
};

static RESOURCE: Object = Object {
    fields: &[
        must("path", Shape::Text),
        may("label", Shape::Text).of(Era::Old),
        may("display", Shape::Text).of(Era::New),
        may("description", Shape::Text),
        may("tags", Shape::List(&Shape::Text)).of(Era::New),
        may("inputParameters", Shape::Named(&INPUT)),
        must("operations", Shape::Named(&OPERATION)),
    ],
    rule: free,
};

static OPERATION: Object = Object {
    fields: &[
        must("method", Shape::Word(METHODS)),
        may("label", Shape::Text).of(Era::Old),
        may("display", Shape::Text).of(Era::New),
        may("description", Shape::Text),
        may("tags", Shape::List(&Shape::Text)).of(Era::New),
        may("inputParameters", Shape::Named(&INPUT)),
        may("outputRawFormat", Shape::Word(FORMATS)),
        may("outputSchema", Shape::Text),
        may("outputParameters", Shape::Named(&OUTPUT)),
        may("outputMediaType", Shape::Text).of(Era::New),
        may("maxBinarySize", Shape::Form(SIZE, is_size)).of(Era::New),
    ],
    rule: free,
};

static INPUT: Object = Object {
    fields: &[
        may("name", Shape::Form(EXTENDED, is_extended)),
        must("in", Shape::Word(&["query", "header", "path", "cookie", "body", "environment"])),
        may("value", Shape::Text),
    ],
    rule: free,
};

static OUTPUT: Object = Object {
    fields: &[
        may("name", Shape::Form(EXTENDED, is_extended)),
        must("type", Shape::Word(&["string", "number", "boolean", "object", "array"])),
        must("value", Shape::Text),
    ],
    rule: free,
};

pub(super) const AUTHENTICATION: Shape = Shape::Choice(|entry| match entry.text_of("type") {
    "basic" | "digest" => Some(&PASSWORD),
    "bearer" => Some(&BEARER),
    "apikey" => Some(&API_KEY),
    "oauth2" => Some(&OAUTH2),
    _ => None,
});

static PASSWORD: Object = Object { fields: &[may("username", Shape::Text), may("password", Shape::Text)], rule: free };

static BEARER: Object = Object { fields: &[may("token", Shape::Text)], rule: free };

static API_KEY: Object = Object {
    fields: &[may("key", Shape::Text), may("value", Shape::Text), may("placement", Shape::Word(&["header", "query"]))],
    rule: free,
};

static OAUTH2: Object = Object {
    fields: &[
        must("authorizationServerUri", Shape::Text),
        must("resource", Shape::Text),
        may("scopes", Shape::List(&Shape::Text)),
        may("audience", Shape::Text),
        may("tokenEndpoint", Shape::Text),
        may("tokenValidation", Shape::Word(&["jwks", "introspection"])),
    ],
    rule: free,
};
