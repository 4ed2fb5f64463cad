//! Reading of `exposes` (section 6 of the format).

use super::adapters::{self, METHODS, PLACES, Side, TYPES, check_name};
use super::control;
use super::fields::Fields;
use super::imports::{self, Section};
use super::model::{
    Action, Adapter, Constant, ExposedInput, ExposedOperation, ExposedResource, Exposes, Forwarding, InputValue, Mcp,
    McpHints, McpTool, Rest, Text, With,
};
use super::reader::{Field, Named, Reader};
use super::{mcp_resources, outputs, prompts, responses, skills, steps};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Cache, CacheScope};
use crate::tree::{Node, NodeId};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Rest,
    Mcp,
    Skill,
    Control,
}

const KINDS: &[(&str, Kind)] =
    &[("rest", Kind::Rest), ("mcp", Kind::Mcp), ("skill", Kind::Skill), ("control", Kind::Control)];

pub(super) fn read<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<Exposes<'a>> {
    reader.list(field).iter().filter_map(|id| entry(reader, *id)).collect()
}

fn entry(reader: Reader<'_>, id: NodeId) -> Option<Exposes<'_>> {
    let Some(origin) = imports::follow(reader, id, Section::Exposes) else {
        return Some(Exposes::Unreadable);
    };
    let reader = origin.reader;
    let mut fields = Fields::open(reader, origin.node, "an entry of `exposes`")?;
    let Some(r#type) = fields.get("type") else {
        // Without its type nothing else can be judged.
        fields.report_missing("type", fields.slip("type"));
        return None;
    };
    let kind = reader.word(r#type.value, "the `type` of what is exposed", KINDS)?;
    if kind.value == Kind::Control {
        let control = control::read(&mut fields, kind.span);
        fields.finish();
        return Some(Exposes::Control(control));
    }
    let adapter = adapter(&mut fields, kind.value, origin.namespace);
    let exposes = match kind.value {
        Kind::Rest => Exposes::Rest(rest(&mut fields, adapter)),
        Kind::Skill => Exposes::Skill(skills::read(&mut fields, adapter)),
        Kind::Mcp | Kind::Control => Exposes::Mcp(mcp(&mut fields, adapter)),
    };
    fields.finish();
    Some(exposes)
}

fn adapter<'a>(fields: &mut Fields<'a>, kind: Kind, imported_as: Option<Text<'a>>) -> Adapter<'a> {
    let reader = fields.reader;
    let namespace = fields.need_text("namespace");
    let what = match kind {
        Kind::Rest => "the REST surface",
        Kind::Mcp => "the MCP surface",
        Kind::Skill => "the skill surface",
        Kind::Control => "the control surface",
    };
    fields.describe(what, namespace);
    check_name(reader, namespace, "a namespace");
    let description = fields.text("description");
    if kind == Kind::Rest {
        fields.extension(&["description"], "read nevertheless");
    }
    let port = fields.get("port");
    let authentication = fields.get("authentication");
    Adapter {
        namespace: imported_as.or(namespace),
        own_namespace: namespace,
        description,
        address: fields.text("address"),
        port: port.and_then(|field| reader.port(field.value)),
        has_port: port.is_some(),
        authentication: authentication.and_then(|field| adapters::authentication(reader, field, Side::Inbound)),
        // A catalogue answers with nothing of an upstream's.
        max_binary_size: if kind == Kind::Skill { None } else { fields.text("maxBinarySize") },
    }
}

fn rest<'a>(fields: &mut Fields<'a>, adapter: Adapter<'a>) -> Rest<'a> {
    let reader = fields.reader;
    let resources = fields.need("resources");
    Rest {
        adapter,
        resources: reader.named(resources).into_iter().filter_map(|named| resource(reader, &named)).collect(),
    }
}

fn resource<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<ExposedResource<'a>> {
    let mut fields = Fields::open(reader, named.value, "the exposed resource")?;
    let name = named.key.or_else(|| fields.text("name"));
    fields.describe("the exposed resource", name);
    check_name(reader, name, "a resource");
    let path = fields.need_text("path");
    let forward = fields.get("forward");
    let operations = if forward.is_some() { fields.get("operations") } else { fields.need("operations") };
    let resource = ExposedResource {
        label: fields.text_or("label", "display").or(name),
        description: fields.text("description"),
        tags: tags(&mut fields),
        path,
        input_parameters: inputs(&mut fields, Kind::Rest),
        operations: reader.named(operations).into_iter().filter_map(|named| operation(reader, &named)).collect(),
        forward: forward.and_then(|field| forwarding(reader, field)),
    };
    fields.ignore(&["name"]);
    fields.finish();
    Some(resource)
}

fn tags<'a>(fields: &mut Fields<'a>) -> Vec<Text<'a>> {
    let reader = fields.reader;
    let tags = fields.get("tags");
    reader.list(tags).iter().filter_map(|tag| reader.text(*tag, "a tag")).collect()
}

fn forwarding<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Forwarding<'a>> {
    let mut fields = Fields::open(reader, field.value, "`forward`")?;
    let target_namespace = fields.need_text("targetNamespace");
    let names = reader.list(fields.get("trustedHeaders"));
    let trusted_headers = names.iter().filter_map(|name| reader.text(*name, "the name of a header field")).collect();
    fields.finish();
    Some(Forwarding { target_namespace, trusted_headers })
}

fn operation<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<ExposedOperation<'a>> {
    let mut fields = Fields::open(reader, named.value, "the exposed operation")?;
    let method = fields.need("method");
    let path = fields.text("path");
    fields.extension(&["path"], "taken instead of the resource's path");
    let action = action(&mut fields, named.key, Kind::Rest);
    let operation = ExposedOperation {
        method: method.and_then(|field| reader.word(field.value, "`method`", METHODS)),
        path,
        label: fields.text_or("label", "display"),
        tags: tags(&mut fields),
        action,
        responses: fields.get("responses").map(|field| responses::responses(reader, field)),
        response_binary: fields.get("responseBinary").and_then(|field| responses::binary(reader, field)),
    };
    fields.finish();
    Some(operation)
}

fn mcp<'a>(fields: &mut Fields<'a>, adapter: Adapter<'a>) -> Mcp<'a> {
    let reader = fields.reader;
    let transport = fields.get("transport");
    let transport =
        transport.and_then(|field| reader.word(field.value, "`transport`", &[("http", false), ("stdio", true)]));
    let tools = fields.need("tools");
    let resources = fields.get("resources");
    let prompts = fields.get("prompts");
    Mcp {
        adapter,
        is_stdio: transport.is_some_and(|transport| transport.value),
        tools: reader.named(tools).into_iter().filter_map(|named| tool(reader, &named)).collect(),
        resources: mcp_resources::read(reader, resources),
        prompts: prompts::read(reader, prompts),
        cache: cache(fields),
    }
}

/// How long clients may keep lists and contents, and who may.
fn cache(fields: &mut Fields<'_>) -> Cache {
    let reader = fields.reader;
    let time_to_live = fields.text("ttlMs");
    let milliseconds = time_to_live.and_then(|text| {
        let parsed = text.value.trim().parse::<u64>().ok();
        if parsed.is_none() {
            let message = format!("`ttlMs` must be a number of milliseconds, not `{}`", text.value);
            reader.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
        }
        parsed
    });
    let scopes = [("public", CacheScope::Public), ("private", CacheScope::Private)];
    let scope = fields.get("cacheScope");
    let scope = scope.and_then(|field| reader.word(field.value, "`cacheScope`", &scopes));
    Cache { milliseconds, scope: scope.map(|scope| scope.value) }
}

fn tool<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<McpTool<'a>> {
    let mut fields = Fields::open(reader, named.value, "the tool")?;
    let label = fields.text_or("label", "display");
    let hints = fields.get("hints").map(|field| hints(reader, field)).unwrap_or_default();
    fields.ignore(&["tags"]);
    let action = action(&mut fields, named.key, Kind::Mcp);
    fields.finish();
    Some(McpTool { label, action, hints })
}

fn hints<'a>(reader: Reader<'a>, field: Field<'a>) -> McpHints {
    let Some(mut fields) = Fields::open(reader, field.value, "`hints`") else {
        return McpHints::default();
    };
    let hints = McpHints {
        read_only: fields.boolean("readOnly"),
        destructive: fields.boolean("destructive"),
        idempotent: fields.boolean("idempotent"),
        open_world: fields.boolean("openWorld"),
    };
    fields.finish();
    hints
}

pub(super) fn action<'a>(fields: &mut Fields<'a>, key: Option<Text<'a>>, kind: Kind) -> Action<'a> {
    let reader = fields.reader;
    let r#ref = fields.text("ref");
    let name = action_name(fields, key, kind);
    if kind == Kind::Rest {
        check_name(reader, name, "an operation");
    }
    let with = fields.get("with");
    let mut action = Action {
        span: fields.span,
        name,
        description: fields.text("description"),
        input_parameters: inputs(fields, kind),
        call: fields.text("call"),
        with: withs(reader, with),
        outputs: fields.get("outputParameters").map(|field| outputs::read(reader, field)),
        steps: fields.get("steps").map(|field| steps::read(reader, field)),
        r#ref,
        mappings: fields.get("mappings").map(|field| steps::mappings(reader, field)),
        call_is_missing: false,
    };
    if action.call.is_none() && action.steps.is_none() && action.r#ref.is_none() && fields.slip("call").is_some() {
        fields.need("call");
        action.call_is_missing = true;
    }
    action
}

/// The name: an operation without one takes that of the operation it calls, and what refers to an aggregate its name.
fn action_name<'a>(fields: &mut Fields<'a>, key: Option<Text<'a>>, kind: Kind) -> Option<Text<'a>> {
    let is_referring = fields.get("ref").is_some();
    if key.is_some() || (kind == Kind::Mcp && !is_referring) {
        return fields.name(key);
    }
    if let Some(name) = fields.text("name") {
        fields.describe("the exposed operation", Some(name));
        return Some(name);
    }
    let call = fields.text("call")?;
    let start = call.value.rfind('.').map_or(0, |dot| dot + 1);
    let name = Text {
        value: &call.value[start..],
        span: call.part(start..call.value.len()),
        start: call.start.map(|first| first + u32::try_from(start).unwrap_or_default()),
    };
    fields.describe("the exposed operation", Some(name));
    let message =
        format!("the exposed operation has no name and takes that of the operation it calls, `{}`", name.value);
    fields.reader.sink.report(Diagnostic::new(Code::UnnamedOperation, fields.span, message));
    Some(name)
}

/// The entries of `with`.
pub(super) fn withs<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<With<'a>> {
    reader
        .texts(field)
        .into_iter()
        .filter_map(|(key, id)| {
            let value = reader.text(id, &format!("`{}` in `with`", key.value))?;
            let json = match reader.tree.node(id) {
                Node::Scalar(scalar) => scalar.to_json(),
                Node::Sequence(_) | Node::Mapping(_) => serde_json::Value::Null,
            };
            Some(With { key, value, json })
        })
        .collect()
}

fn inputs<'a>(fields: &mut Fields<'a>, kind: Kind) -> Vec<ExposedInput<'a>> {
    let reader = fields.reader;
    reader.named(fields.get("inputParameters")).into_iter().filter_map(|named| input(reader, &named, kind)).collect()
}

fn input<'a>(reader: Reader<'a>, named: &Named<'a>, kind: Kind) -> Option<ExposedInput<'a>> {
    let mut fields = Fields::open(reader, named.value, "the input")?;
    let name = fields.name(named.key);
    let place = if kind == Kind::Rest { fields.get("in") } else { None };
    let r#type = fields.get("type");
    let required = fields.boolean("required");
    if kind == Kind::Rest {
        fields.extension(&["required"], "honoured nevertheless");
    }
    let input = ExposedInput {
        name: name?,
        place: place.and_then(|field| reader.word(field.value, "`in`", PLACES)),
        r#type: r#type.and_then(|field| reader.word(field.value, "`type`", TYPES)).map(|r#type| r#type.value),
        description: fields.text("description"),
        required: required.map(|required| required.value),
        pattern: fields.text("pattern"),
        value: fields.get("value").map(|field| input_value(reader, field.value)),
        default: fields.get("default").map(|field| input_value(reader, field.value)),
        values: fields
            .get("enum")
            .map(|field| reader.list(Some(field)))
            .map(|values| values.iter().map(|value| input_value(reader, *value)).collect()),
        mapping: if kind == Kind::Rest && place.is_none() { fields.text("mapping") } else { None },
    };
    fields.extension(&["default", "enum"], "honoured nevertheless");
    if kind == Kind::Mcp {
        fields.extension(&["pattern", "value"], "honoured nevertheless");
    }
    fields.finish();
    Some(input)
}

fn input_value(reader: Reader<'_>, id: NodeId) -> InputValue<'_> {
    let text = match reader.tree.node(id) {
        Node::Scalar(_) => reader.text(id, "a value"),
        Node::Sequence(_) | Node::Mapping(_) => None,
    };
    InputValue { text, constant: Constant { json: outputs::json(reader, id), span: reader.span(id) } }
}
