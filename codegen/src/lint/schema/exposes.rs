//! What is exposed (section 6 of the format).

use super::action::{ARGUMENT, CALL, IMPORT, MAPPINGS, REF, STEPS, WITH, described_or_referring};
use super::consumes::{AUTHENTICATION, METHODS};
use super::shape::{Era, Field, Object, Shape, free, may, must};
use super::text::{EXTENDED, FILE_LOCATION, KEBAB, SIZE, is_extended, is_file_location, is_kebab, is_size};

pub(super) static EXPOSES: Shape = Shape::Choice(|entry| match entry.text_of("type") {
    _ if entry.get("import").is_some() => Some(&IMPORT),
    "rest" => Some(&REST),
    "mcp" => Some(&MCP),
    "skill" => Some(&SKILL_SURFACE),
    "control" => Some(&CONTROL),
    _ => None,
});

const NAMESPACE: Field = must("namespace", Shape::Form(KEBAB, is_kebab));
const ADDRESS: Field = may("address", Shape::Text);
const PORT: Field = must("port", Shape::Integer(1..=65_535));
const CREDENTIALS: Field = may("authentication", AUTHENTICATION);
const BINARY_SIZE: Field = may("maxBinarySize", Shape::Form(SIZE, is_size)).of(Era::New);
const OUTPUTS: Field = may("outputParameters", Shape::Outputs);
const LABEL: Field = may("label", Shape::Text).of(Era::Old);
const DISPLAY: Field = may("display", Shape::Text).of(Era::New);
const DESCRIPTION: Field = may("description", Shape::Text);
const TAGS: Field = may("tags", Shape::List(&Shape::Text)).of(Era::New);

static REST: Object = Object {
    fields: &[NAMESPACE, ADDRESS, PORT, CREDENTIALS, BINARY_SIZE, must("resources", Shape::Named(&RESOURCE))],
    rule: free,
};

static RESOURCE: Object = Object {
    fields: &[
        must("path", Shape::Text),
        LABEL,
        DISPLAY,
        DESCRIPTION,
        TAGS,
        may("inputParameters", Shape::Named(&INPUT)),
        may("operations", Shape::Named(&OPERATION)),
        may("forward", Shape::Object(&FORWARD)),
    ],
    rule: |resource, _| {
        resource.any(&["operations", "forward"]).is_none().then_some("has neither `operations` nor `forward`")
    },
};

static FORWARD: Object = Object {
    fields: &[must("targetNamespace", Shape::Text), may("trustedHeaders", Shape::List(&Shape::Text))],
    rule: free,
};

static OPERATION: Object = Object {
    fields: &[
        must("method", Shape::Word(METHODS)),
        LABEL,
        DISPLAY,
        DESCRIPTION,
        TAGS,
        may("inputParameters", Shape::Named(&INPUT)),
        CALL,
        STEPS,
        REF,
        WITH,
        MAPPINGS,
        OUTPUTS,
        may("responses", Shape::Any).of(Era::New),
        may("responseBinary", Shape::Any).of(Era::New),
    ],
    rule: |operation, _| {
        let both = operation.get("responses").and(operation.get("responseBinary"));
        both.map(|_| "has both `responses` and `responseBinary`")
    },
};

static INPUT: Object = Object {
    fields: &[
        may("name", Shape::Form(EXTENDED, is_extended)),
        must("in", Shape::Word(&["query", "header", "path", "cookie", "body"])),
        must("type", Shape::Word(&["string", "number", "integer", "boolean", "array", "object"])),
        must("description", Shape::Text),
        may("pattern", Shape::Text),
        may("value", Shape::Text),
    ],
    rule: free,
};

static MCP: Object = Object {
    fields: &[
        NAMESPACE,
        ADDRESS,
        may("port", Shape::Integer(1..=65_535)),
        CREDENTIALS,
        DESCRIPTION,
        may("transport", Shape::Word(&["http", "stdio"])),
        must("tools", Shape::Named(&TOOL)),
        may("resources", Shape::Named(&MCP_RESOURCE)),
        may("prompts", Shape::Named(&PROMPT)),
        BINARY_SIZE,
        may("ttlMs", Shape::Integer(0..=i64::MAX)).of(Era::New),
        may("cacheScope", Shape::Word(&["public", "private"])).of(Era::New),
    ],
    rule: free,
};

static TOOL: Object = Object {
    fields: &[
        LABEL,
        DISPLAY,
        DESCRIPTION,
        TAGS,
        may("inputParameters", Shape::Named(&ARGUMENT)),
        CALL,
        STEPS,
        REF,
        WITH,
        MAPPINGS,
        may("hints", Shape::Object(&HINTS)),
        OUTPUTS,
    ],
    rule: |tool, _| described_or_referring(tool),
};

static HINTS: Object = Object {
    fields: &[
        may("readOnly", Shape::Boolean),
        may("destructive", Shape::Boolean),
        may("idempotent", Shape::Boolean),
        may("openWorld", Shape::Boolean),
    ],
    rule: free,
};

static MCP_RESOURCE: Object = Object {
    fields: &[
        must("label", Shape::Text).of(Era::Old),
        must("display", Shape::Text).of(Era::New),
        must("uri", Shape::Text),
        must("description", Shape::Text),
        may("mimeType", Shape::Text),
        CALL,
        STEPS,
        WITH,
        MAPPINGS,
        OUTPUTS,
        may("location", Shape::Form(FILE_LOCATION, is_file_location)),
        may("binary", Shape::Boolean).of(Era::New),
    ],
    rule: free,
};

static PROMPT: Object = Object {
    fields: &[
        must("label", Shape::Text).of(Era::Old),
        must("display", Shape::Text).of(Era::New),
        must("description", Shape::Text),
        may("arguments", Shape::Named(&PROMPT_ARGUMENT)),
        may("template", Shape::List(&Shape::Object(&MESSAGE))),
        may("location", Shape::Form(FILE_LOCATION, is_file_location)),
    ],
    rule: |prompt, _| {
        let is_one = prompt.get("template").is_some() != prompt.get("location").is_some();
        (!is_one).then_some("needs either `template` or `location`")
    },
};

static PROMPT_ARGUMENT: Object =
    Object { fields: &[LABEL, DISPLAY, must("description", Shape::Text), may("required", Shape::Boolean)], rule: free };

static MESSAGE: Object =
    Object { fields: &[must("role", Shape::Word(&["user", "assistant"])), must("content", Shape::Text)], rule: free };

static SKILL_SURFACE: Object = Object {
    fields: &[NAMESPACE, ADDRESS, PORT, CREDENTIALS, DESCRIPTION, must("skills", Shape::Named(&SKILL))],
    rule: free,
};

// The lengths of its texts are checked whenever a file is compiled.
static SKILL: Object = Object {
    fields: &[
        must("description", Shape::Text),
        may("license", Shape::Text),
        may("compatibility", Shape::Text),
        may("metadata", Shape::Values(&Shape::Text)),
        may("allowed-tools", Shape::Text),
        may("argument-hint", Shape::Text),
        may("user-invocable", Shape::Boolean),
        may("disable-model-invocation", Shape::Boolean),
        may("location", Shape::Form(FILE_LOCATION, is_file_location)),
        may("tools", Shape::Named(&SKILL_TOOL)),
    ],
    rule: free,
};

static SKILL_TOOL: Object = Object {
    fields: &[
        must("description", Shape::Text),
        may("from", Shape::Object(&SKILL_SOURCE)),
        may("instruction", Shape::Text),
    ],
    rule: free,
};

static SKILL_SOURCE: Object =
    Object { fields: &[must("sourceNamespace", Shape::Text), must("action", Shape::Text)], rule: free };

static CONTROL: Object = Object { fields: &[ADDRESS, PORT, CREDENTIALS], rule: free };
