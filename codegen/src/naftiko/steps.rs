//! Reading of `steps` and `mappings` (section 9 of the format).

use super::adapters::check_name;
use super::exposes::withs;
use super::fields::Fields;
use super::model::{Lookup, Mapping, Mappings, Step, StepKind, Steps};
use super::reader::{Field, Named, Reader};
use crate::tree::{Node, NodeId};

#[derive(Clone, Copy)]
enum Kind {
    Call,
    Lookup,
    Script,
}

const KINDS: &[(&str, Kind)] = &[("call", Kind::Call), ("lookup", Kind::Lookup), ("script", Kind::Script)];

/// Reads the steps of an action: a list, or a mapping keyed by their names.
pub(super) fn read<'a>(reader: Reader<'a>, field: Field<'a>) -> Steps<'a> {
    let list = reader.named(Some(field)).into_iter().filter_map(|named| step(reader, &named)).collect();
    Steps { key: field.key.span, list }
}

fn step<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<Step<'a>> {
    let mut fields = Fields::open(reader, named.value, "the step")?;
    let name = fields.name(named.key);
    check_name(reader, name, "a step");
    let Some(r#type) = fields.get("type") else {
        // Without its type nothing else can be judged.
        fields.report_missing("type", fields.slip("type"));
        return None;
    };
    let kind = reader.word(r#type.value, "the `type` of a step", KINDS)?;
    fields.ignore(&["description", "label", "display"]);
    let kind = match kind.value {
        Kind::Call => {
            let with = fields.get("with");
            StepKind::Call { call: fields.need_text("call"), with: withs(reader, with) }
        }
        Kind::Lookup => StepKind::Lookup(lookup(&mut fields)),
        Kind::Script => {
            fields.ignore(&["file", "language", "location", "dependencies", "with"]);
            StepKind::Script
        }
    };
    fields.finish();
    Some(Step { name: name?, kind })
}

fn lookup<'a>(fields: &mut Fields<'a>) -> Lookup<'a> {
    let reader = fields.reader;
    let names = fields.need("outputParameters");
    Lookup {
        index: fields.need_text("index"),
        field: fields.need_text("match"),
        value: fields.need_text("lookupValue"),
        fields: reader.list(names).iter().filter_map(|id| reader.text(*id, "a field of what is looked up")).collect(),
    }
}

/// Reads what the answer is put together from.
pub(super) fn mappings<'a>(reader: Reader<'a>, field: Field<'a>) -> Mappings<'a> {
    let list = reader.list(Some(field)).iter().filter_map(|id| mapping(reader, *id)).collect();
    Mappings { key: field.key.span, list }
}

fn mapping(reader: Reader<'_>, id: NodeId) -> Option<Mapping<'_>> {
    let mut fields = Fields::open(reader, id, "an entry of `mappings`")?;
    let target = match fields.text("targetName") {
        Some(target) => {
            fields.ignore(&["target"]);
            Some(target)
        }
        None => fields.need_text("target"),
    };
    let value = fields.need("value");
    fields.finish();
    let value = value?.value;
    let json = match reader.tree.node(value) {
        Node::Scalar(scalar) => scalar.to_json(),
        Node::Sequence(_) | Node::Mapping(_) => serde_json::Value::Null,
    };
    Some(Mapping { target: target?, value: reader.text(value, "the `value` of a mapping")?, json })
}
