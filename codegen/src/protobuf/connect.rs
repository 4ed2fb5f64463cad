//! From definitions to the messages of an answer: names are looked up, numbers are checked, and what an answer cannot hold
//! is left out.

use std::collections::{HashMap, HashSet};

use super::files::Protos;
use super::model::{Enum, Field, Label, Message, Type};
use crate::fault::Fault;
use crate::ir::protobuf::{self as ir, Kind, Presence, Shape};
use crate::suggest;

/// The most messages that an answer is made of.
const MAX_MESSAGES: usize = 10_000;

/// The messages that an answer can hold.
pub(super) fn schema(protos: &Protos<'_>, wanted: Option<&str>) -> Result<ir::Schema, (usize, Fault)> {
    let mut definitions = Definitions::default();
    for (file, proto) in protos.protos.iter().enumerate() {
        for message in &proto.messages {
            definitions.messages.insert(&message.name, (file, message));
        }
        for list in &proto.enums {
            definitions.enums.insert(&list.name, list);
        }
    }
    let root = root(protos, wanted).map_err(|fault| (0, fault))?;
    let mut connector = Connector { protos, definitions, numbers: HashMap::new(), waiting: Vec::new() };
    connector.number(root);
    let mut messages = Vec::new();
    while let Some(name) = connector.waiting.get(messages.len()).copied() {
        if messages.len() == MAX_MESSAGES {
            return Err((0, Fault::new(0..0, format!("an answer has more than {MAX_MESSAGES} kinds of messages"))));
        }
        let Some((file, message)) = connector.definitions.messages.get(name).copied() else { break };
        messages.push(connector.message(file, message).map_err(|fault| (file, fault))?);
    }
    Ok(ir::Schema { messages })
}

/// The name of the message that an answer is.
fn root<'p>(protos: &'p Protos<'_>, wanted: Option<&str>) -> Result<&'p str, Fault> {
    let Some(own) = protos.protos.first() else { return Err(Fault::new(0..0, "there is no file")) };
    // The messages of maps have names that nobody writes.
    let mut named = own.messages.iter().map(|message| message.name.as_str()).filter(|name| !name.contains('<'));
    let Some(wanted) = wanted else {
        return named.next().ok_or_else(|| Fault::new(0..0, "the file defines no message"));
    };
    let inner = format!(".{wanted}");
    named.clone().find(|name| *name == wanted).or_else(|| named.clone().find(|name| name.ends_with(&inner))).ok_or_else(
        || {
            let fault = Fault::new(0..0, format!("the file defines no message `{wanted}`"));
            match suggest::did_you_mean(wanted, named.clone()) {
                Some(suggestion) => fault.suggest(suggestion),
                None => fault.suggest(format!("it defines {}", suggest::list(named))),
            }
        },
    )
}

/// What all files define, by their full names.
#[derive(Default)]
struct Definitions<'p> {
    messages: HashMap<&'p str, (usize, &'p Message)>,
    enums: HashMap<&'p str, &'p Enum>,
}

struct Connector<'p, 'a> {
    protos: &'p Protos<'a>,
    definitions: Definitions<'p>,
    /// The numbers of messages that something leads to.
    numbers: HashMap<&'p str, usize>,
    /// Their names.
    waiting: Vec<&'p str>,
}

impl<'p> Connector<'p, '_> {
    fn number(&mut self, name: &'p str) -> usize {
        let next = self.waiting.len();
        *self.numbers.entry(name).or_insert_with(|| {
            self.waiting.push(name);
            next
        })
    }

    fn message(&mut self, file: usize, message: &'p Message) -> Result<ir::Message, Fault> {
        let is_proto3 = self.protos.protos[file].is_proto3;
        let mut fields = Vec::new();
        let (mut numbers, mut names) = (HashSet::new(), HashSet::new());
        for field in &message.fields {
            if !numbers.insert(field.number) {
                let message = format!("the number {} is given twice", field.number);
                return Err(Fault::new(field.name.range.clone(), message));
            }
            let kind = self.kind(field, &message.name)?;
            let presence = match field.label {
                Label::Repeated => Presence::Repeated,
                Label::Map => Presence::Map,
                Label::OneOf(number) => Presence::OneOf(number),
                // The parts of an entry of a map have defaults in proto2, too.
                Label::None if is_proto3 || message.name.contains('<') => match kind {
                    Kind::Message(_) | Kind::Group(_) => Presence::Explicit,
                    Kind::Scalar(_) | Kind::Enum(_) => Presence::Implicit,
                },
                Label::None | Label::Optional => Presence::Explicit,
            };
            let name = field.json_name.clone().unwrap_or_else(|| json_name(&field.name.text));
            if !names.insert(name.clone()) {
                return Err(Fault::new(field.name.range.clone(), format!("two fields are called `{name}` in JSON")));
            }
            fields.push(ir::Field { number: field.number, name, kind, presence });
        }
        fields.sort_by_key(|field| field.number);
        Ok(ir::Message { shape: shape(&message.name), fields })
    }

    fn kind(&mut self, field: &'p Field, scope: &str) -> Result<Kind, Fault> {
        match &field.r#type {
            Type::Scalar(scalar) => Ok(Kind::Scalar(*scalar)),
            Type::Group(name) => {
                let index = self.number(name);
                Ok(if field.label == Label::Map { Kind::Message(index) } else { Kind::Group(index) })
            }
            Type::Named(named) => {
                for name in candidates(&named.text, scope) {
                    if let Some((name, _)) = self.definitions.messages.get_key_value(name.as_str()) {
                        let name = *name;
                        return Ok(Kind::Message(self.number(name)));
                    }
                    if let Some(list) = self.definitions.enums.get(name.as_str()) {
                        let mut values = list.values.clone();
                        // Of names for one number the first is taken.
                        values.sort_by_key(|(number, _)| *number);
                        values.dedup_by_key(|(number, _)| *number);
                        return Ok(Kind::Enum(values));
                    }
                }
                let fault = Fault::new(named.range.clone(), format!("there is no type `{}`", named.text));
                let known = self.definitions.messages.keys().chain(self.definitions.enums.keys());
                let known = known.map(|name| name.rsplit('.').next().unwrap_or(name));
                Err(match suggest::did_you_mean(&named.text, known) {
                    Some(suggestion) => fault.suggest(suggestion),
                    None => fault,
                })
            }
        }
    }
}

/// The full names that a name can stand for in a scope, the innermost first.
fn candidates(name: &str, scope: &str) -> Vec<String> {
    if let Some(full) = name.strip_prefix('.') {
        return vec![full.to_owned()];
    }
    let mut scopes: Vec<String> = Vec::new();
    let mut scope = scope;
    while !scope.is_empty() {
        scopes.push(format!("{scope}.{name}"));
        scope = scope.rsplit_once('.').map_or("", |(outer, _)| outer);
    }
    scopes.push(name.to_owned());
    scopes
}

/// The name of a field in JSON: underscores are left out, and the letters behind them are capitals.
fn json_name(name: &str) -> String {
    let mut json = String::with_capacity(name.len());
    let mut is_behind = false;
    for next in name.chars() {
        match next {
            '_' => is_behind = true,
            next if is_behind => {
                json.push(next.to_ascii_uppercase());
                is_behind = false;
            }
            next => json.push(next),
        }
    }
    json
}

fn shape(name: &str) -> Shape {
    match name.strip_prefix("google.protobuf.").unwrap_or_default() {
        "Timestamp" => Shape::Timestamp,
        "Duration" => Shape::Duration,
        "FieldMask" => Shape::FieldMask,
        "Value" => Shape::Value,
        "Struct" | "ListValue" | "BoolValue" | "BytesValue" | "DoubleValue" | "FloatValue" | "Int32Value"
        | "Int64Value" | "StringValue" | "UInt32Value" | "UInt64Value" => Shape::Content,
        _ => Shape::Object,
    }
}
