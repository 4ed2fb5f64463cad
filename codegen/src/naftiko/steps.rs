//! Reading of `steps` and `mappings` (section 9 of the format).

use super::adapters::check_name;
use super::exposes::withs;
use super::fields::Fields;
use super::model::{Lookup, Mapping, Mappings, Script, Step, StepKind, Steps};
use super::reader::{Field, Named, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Node, NodeId};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Call,
    Lookup,
    Script,
}

const KINDS: &[(&str, Kind)] = &[("call", Kind::Call), ("lookup", Kind::Lookup), ("script", Kind::Script)];

/// The fields that only steps of one type have.
const OWN_FIELDS: &[(&str, Kind)] = &[
    ("call", Kind::Call),
    ("index", Kind::Lookup),
    ("match", Kind::Lookup),
    ("lookupValue", Kind::Lookup),
    ("file", Kind::Script),
    ("language", Kind::Script),
];

/// Reads the steps of an action: a list, or a mapping keyed by their names.
pub(super) fn read<'a>(reader: Reader<'a>, field: Field<'a>) -> Steps<'a> {
    let named = reader.named(Some(field));
    let list: Vec<Step<'a>> = named.iter().filter_map(|named| step(reader, named)).collect();
    Steps { key: field.key.span, is_open: list.len() < named.len(), list }
}

fn step<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<Step<'a>> {
    let mut fields = Fields::open(reader, named.value, "the step")?;
    let name = fields.name(named.key);
    check_name(reader, name, "a step");
    let kind = match fields.get("type") {
        Some(r#type) => reader.word(r#type.value, "the `type` of a step", KINDS)?.value,
        None => implied(&fields)?,
    };
    fields.ignore(&["description", "label", "display"]);
    let kind = match kind {
        Kind::Call => {
            let with = fields.get("with");
            StepKind::Call { call: fields.need_text("call"), with: withs(reader, with) }
        }
        Kind::Lookup => StepKind::Lookup(lookup(&mut fields)),
        Kind::Script => {
            // How an engine would run it: the program does what it does.
            fields.ignore(&["language", "dependencies"]);
            let with = fields.get("with");
            StepKind::Script(Script {
                file: fields.need_text("file"),
                location: fields.text("location"),
                with: withs(reader, with),
            })
        }
    };
    fields.finish();
    Some(Step { name: name?, kind })
}

/// The type of a step that does not say it, by the fields that only one type has. `None`: it could be of several, which is
/// reported, since nothing else can be judged then.
fn implied(fields: &Fields<'_>) -> Option<Kind> {
    let mut kinds = OWN_FIELDS.iter().filter(|(field, _)| fields.value_of(field).is_some()).map(|(_, kind)| *kind);
    let slip = fields.slip("type");
    let kind = kinds.next().filter(|kind| slip.is_none() && kinds.all(|other| other == *kind));
    let Some(kind) = kind else {
        fields.report_missing("type", slip);
        return None;
    };
    let word = KINDS.iter().find(|(_, other)| *other == kind).map_or("", |(word, _)| word);
    let message = format!("{} has no `type`, and is taken for a {word} by its fields", fields.what());
    fields
        .reader
        .sink
        .report(Diagnostic::new(Code::StepTypeNotGiven, fields.span, message).help(format!("add `type: {word}`")));
    Some(kind)
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
