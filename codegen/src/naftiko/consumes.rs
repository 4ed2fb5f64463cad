//! Reading of `consumes` (section 5 of the format).

use super::adapters::{METHODS, PLACES, Side, TYPES, authentication, check_name};
use super::body;
use super::fields::Fields;
use super::imports::{self, Section};
use super::model::{ConsumedInput, ConsumedOperation, ConsumedResource, Consumes, Http, Place, RawFormat, Spanned};
use super::outputs;
use super::reader::{Field, Named, Reader};
use crate::ir::Location;
use crate::tree::NodeId;

const RAW_FORMATS: &[(&str, RawFormat)] = &[
    ("json", RawFormat::Json),
    ("xml", RawFormat::Xml),
    ("avro", RawFormat::Avro),
    ("protobuf", RawFormat::Protobuf),
    ("csv", RawFormat::Csv),
    ("tsv", RawFormat::Tsv),
    ("psv", RawFormat::Psv),
    ("yaml", RawFormat::Yaml),
    ("html", RawFormat::Html),
    ("markdown", RawFormat::Markdown),
    ("binary", RawFormat::Binary),
];

pub(super) fn read<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<Consumes<'a>> {
    reader.list(field).iter().map(|id| entry(reader, *id).unwrap_or(Consumes::Unreadable)).collect()
}

fn entry(reader: Reader<'_>, id: NodeId) -> Option<Consumes<'_>> {
    let origin = imports::follow(reader, id, Section::Consumes)?;
    let reader = origin.reader;
    let mut fields = Fields::open(reader, origin.node, "an entry of `consumes`")?;
    if let Some(r#type) = fields.need("type") {
        reader.word(r#type.value, "the `type` of what is consumed", &[("http", ())])?;
    }
    let namespace = fields.need_text("namespace");
    fields.describe("the upstream", namespace);
    check_name(reader, namespace, "a namespace");
    let mut input_parameters = inputs(&mut fields);
    input_parameters.extend(headers(&mut fields));
    let http = Http {
        path: reader.path,
        namespace: origin.namespace.or(namespace),
        description: fields.text("description"),
        base_uri: fields.need_text("baseUri"),
        input_parameters,
        authentication: fields.get("authentication").and_then(|field| authentication(reader, field, Side::Outbound)),
        resources: reader
            .named(fields.get("resources"))
            .into_iter()
            .filter_map(|named| resource(reader, &named))
            .collect(),
        tunnel: fields.unread("tunnel"),
    };
    fields.finish();
    Some(Consumes::Http(Box::new(http)))
}

fn resource<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<ConsumedResource<'a>> {
    let mut fields = Fields::open(reader, named.value, "the consumed resource")?;
    let name = fields.name(named.key);
    check_name(reader, name, "a resource");
    let path = fields.need_text("path");
    let operations = fields.need("operations");
    let resource = ConsumedResource {
        name,
        path,
        input_parameters: inputs(&mut fields),
        operations: reader.named(operations).into_iter().filter_map(|named| operation(reader, &named)).collect(),
    };
    fields.ignore(&["label", "display", "description", "tags"]);
    fields.finish();
    Some(resource)
}

fn operation<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<ConsumedOperation<'a>> {
    let mut fields = Fields::open(reader, named.value, "the consumed operation")?;
    let name = fields.name(named.key);
    check_name(reader, name, "an operation");
    let method = fields.need("method");
    let path = fields.text("path");
    fields.extension(&["path"], "taken instead of the resource's path");
    let raw_format = fields.get("outputRawFormat");
    let operation = ConsumedOperation {
        name,
        method: method.and_then(|field| reader.word(field.value, "`method`", METHODS)),
        path,
        description: fields.text("description"),
        input_parameters: inputs(&mut fields),
        body: fields.get("body").map(|field| body::read(reader, field)),
        raw_format: raw_format.and_then(|field| reader.word(field.value, "`outputRawFormat`", RAW_FORMATS)),
        output_schema: fields.text("outputSchema"),
        outputs: fields.get("outputParameters").map(|field| outputs::read(reader, field)),
        output_media_type: fields.unread("outputMediaType"),
        max_binary_size: fields.unread("maxBinarySize"),
    };
    fields.ignore(&["label", "display", "tags"]);
    fields.finish();
    Some(operation)
}

fn inputs<'a>(fields: &mut Fields<'a>) -> Vec<ConsumedInput<'a>> {
    let reader = fields.reader;
    reader.named(fields.get("inputParameters")).into_iter().filter_map(|named| input(reader, &named)).collect()
}

fn input<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<ConsumedInput<'a>> {
    let mut fields = Fields::open(reader, named.value, "the consumed parameter")?;
    let name = fields.name(named.key);
    let place = fields.need("in");
    let place = place.and_then(|field| reader.word(field.value, "`in`", PLACES));
    let r#type = fields.get("type");
    let r#type = r#type.and_then(|field| reader.word(field.value, "`type`", TYPES));
    let description = fields.text("description");
    let required = fields.boolean("required");
    let value = fields.text("value");
    fields.extension(&["type", "description", "required"], "honoured nevertheless");
    fields.finish();
    Some(ConsumedInput {
        name: name?,
        place: place?,
        r#type: r#type.map(|r#type| r#type.value),
        description,
        required: required.map(|required| required.value),
        value,
    })
}

/// A mapping of header fields to values, which some files have instead of input parameters.
fn headers<'a>(fields: &mut Fields<'a>) -> Vec<ConsumedInput<'a>> {
    let Some(field) = fields.get("headers") else {
        return Vec::new();
    };
    fields.extension(&["headers"], "read as header parameters with these values");
    let reader = fields.reader;
    reader
        .texts(Some(field))
        .into_iter()
        .filter_map(|(name, value)| {
            Some(ConsumedInput {
                name,
                place: Spanned { value: Place::Request(Location::Header), span: name.span },
                r#type: None,
                description: None,
                required: None,
                value: Some(reader.text(value, "a header's value")?),
            })
        })
        .collect()
}
