//! Reading of `aggregates` (section 16 of the format).

use super::adapters::check_name;
use super::exposes::{self, Kind};
use super::fields::Fields;
use super::imports::{self, Section};
use super::model::{Aggregate, Flow, Semantics};
use super::reader::{Field, Named, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::NodeId;

pub(super) fn read<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<Aggregate<'a>> {
    reader.list(field).iter().filter_map(|id| aggregate(reader, *id)).collect()
}

fn aggregate(reader: Reader<'_>, id: NodeId) -> Option<Aggregate<'_>> {
    let Some(origin) = imports::follow(reader, id, Section::Aggregates) else {
        return Some(Aggregate { namespace: None, own_namespace: None, is_known: false, flows: Vec::new() });
    };
    let reader = origin.reader;
    let mut fields = Fields::open(reader, origin.node, "an entry of `aggregates`")?;
    let namespace = fields.text("namespace");
    fields.describe("the aggregate", namespace);
    if namespace.is_some() {
        check_name(reader, namespace, "a namespace");
    }
    let functions = fields.get("functions");
    let flows = fields.get("flows");
    if functions.is_none() && flows.is_none() {
        fields.need("flows");
    }
    // Which of the two words stands there is a matter of the version.
    let flows = reader.named(functions).into_iter().chain(reader.named(flows));
    let aggregate = Aggregate {
        namespace: origin.namespace.or(namespace),
        own_namespace: namespace,
        is_known: true,
        flows: flows.filter_map(|named| flow(reader, &named)).collect(),
    };
    fields.ignore(&["label", "display", "description", "tags"]);
    fields.finish();
    Some(aggregate)
}

fn flow<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<Flow<'a>> {
    let mut fields = Fields::open(reader, named.value, "the flow")?;
    let semantics = fields.get("semantics").map(|field| semantics(reader, field)).unwrap_or_default();
    let mut action = exposes::action(&mut fields, named.key, Kind::Mcp);
    check_name(reader, action.name, "a flow");
    if let Some(reference) = action.r#ref.take() {
        let message = "a flow cannot refer to another one";
        reader.sink.report(
            Diagnostic::new(Code::UnknownField, reference.span, message)
                .label("this has no effect")
                .help("say what it does: `call`, `steps` or `outputParameters` with values"),
        );
    }
    let flow = Flow { action, semantics, output_media_type: fields.unread("outputMediaType") };
    fields.ignore(&["label", "display", "tags"]);
    fields.finish();
    Some(flow)
}

fn semantics<'a>(reader: Reader<'a>, field: Field<'a>) -> Semantics {
    let Some(mut fields) = Fields::open(reader, field.value, "`semantics`") else {
        return Semantics::default();
    };
    let semantics = Semantics {
        safe: fields.boolean("safe"),
        idempotent: fields.boolean("idempotent"),
        cacheable: fields.boolean("cacheable"),
    };
    fields.finish();
    semantics
}
