//! From the bytes of a message to JSON, by the mapping of proto3.
//!
//! Fields that have a default are there, also where the message does not say them: `0` is something else than nothing to
//! what is mapped from them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::wire::{Bytes, Wire, broken};
use super::{Field, Kind, Presence, Scalar, Schema, well_known};
use crate::formats::FormatError;
use crate::formats::limits::MAX_DEPTH;
use crate::formats::memory::Memory;
use crate::formats::real::{double, float};

/// The first message of the schema.
pub(in crate::formats) fn read(bytes: &[u8], schema: &'static Schema) -> Result<Value, FormatError> {
    Reader { schema, memory: Memory::default() }.message(0, &[bytes], 1)
}

struct Reader {
    schema: &'static Schema,
    memory: Memory,
}

/// What was read of a field.
#[derive(Clone, Default)]
enum Slot<'b> {
    #[default]
    Absent,
    Value(Value),
    /// A message in parts, which are taken as if they stood behind each other.
    Parts(Vec<&'b [u8]>),
    List(Vec<Value>),
    Members(Map<String, Value>),
}

impl Reader {
    /// A message whose bytes come in parts, at a level of the JSON.
    fn message(&mut self, index: usize, parts: &[&[u8]], level: usize) -> Result<Value, FormatError> {
        if level > MAX_DEPTH {
            return Err(FormatError::TooDeep { limit: MAX_DEPTH });
        }
        let Some(message) = self.schema.messages.get(index) else { return Ok(Value::Null) };
        // Messages of two bytes can have thousands of fields that are not there.
        self.memory.take(message.fields.len())?;
        let mut slots = vec![Slot::Absent; message.fields.len()];
        let mut one_ofs = Vec::new();
        for part in parts {
            let mut bytes = Bytes::new(part);
            while !bytes.is_empty() {
                let (number, wire) = bytes.field()?;
                let Ok(place) = message.fields.binary_search_by_key(&number, |field| field.number) else { continue };
                let field = &message.fields[place];
                if self.add(&mut slots[place], field, wire, level)?
                    && let Presence::OneOf(group) = field.presence
                {
                    displace(&mut one_ofs, group, place, &mut slots);
                }
            }
        }
        let mut members = Map::new();
        for (field, slot) in message.fields.iter().zip(slots) {
            if let Some(value) = self.value(field, slot, level)? {
                self.memory.take(field.name.len())?;
                members.insert(field.name.to_owned(), value);
            }
        }
        well_known::shape(message.shape, members)
    }

    /// Adds what was sent to what is known of a field; `false` if it cannot be this field's.
    fn add<'b>(
        &mut self,
        slot: &mut Slot<'b>,
        field: &Field,
        wire: Wire<'b>,
        level: usize,
    ) -> Result<bool, FormatError> {
        match field.presence {
            Presence::Repeated => {
                let mut list = match std::mem::take(slot) {
                    Slot::List(list) => list,
                    _ => Vec::new(),
                };
                self.append(&mut list, field.kind, wire, level + 2)?;
                *slot = Slot::List(list);
            }
            Presence::Map => {
                let mut members = match std::mem::take(slot) {
                    Slot::Members(members) => members,
                    _ => Map::new(),
                };
                if let (Kind::Message(entry), Wire::Length(bytes)) = (field.kind, wire) {
                    let (key, value) = self.entry(entry, bytes, level + 1)?;
                    members.insert(key, value);
                }
                *slot = Slot::Members(members);
            }
            Presence::Implicit | Presence::Explicit | Presence::OneOf(_) => match (field.kind, wire) {
                (Kind::Message(_), Wire::Length(bytes)) | (Kind::Group(_), Wire::Group(bytes)) => {
                    self.memory.take(0)?;
                    match slot {
                        Slot::Parts(parts) => parts.push(bytes),
                        _ => *slot = Slot::Parts(vec![bytes]),
                    }
                }
                (kind, wire) => {
                    let Some(value) = self.single(kind, wire)? else { return Ok(false) };
                    *slot = Slot::Value(value);
                }
            },
        }
        Ok(true)
    }

    /// Adds one or, where they are packed, several elements to a list.
    fn append(&mut self, list: &mut Vec<Value>, kind: Kind, wire: Wire<'_>, level: usize) -> Result<(), FormatError> {
        match (kind, wire) {
            (Kind::Message(index), Wire::Length(bytes)) | (Kind::Group(index), Wire::Group(bytes)) => {
                list.push(self.message(index, &[bytes], level)?);
            }
            (kind, Wire::Length(packed)) if is_packable(kind) => {
                let mut bytes = Bytes::new(packed);
                while !bytes.is_empty() {
                    let wire = packed_value(kind, &mut bytes)?;
                    list.extend(self.single(kind, wire)?);
                }
            }
            (kind, wire) => list.extend(self.single(kind, wire)?),
        }
        Ok(())
    }

    /// The key and the value of an entry of a map.
    fn entry(&mut self, index: usize, bytes: &[u8], level: usize) -> Result<(String, Value), FormatError> {
        let Value::Object(mut members) = self.message(index, &[bytes], level)? else {
            return Err(broken("an entry of a map has no key"));
        };
        let key = match members.swap_remove("key") {
            Some(Value::String(key)) => key,
            Some(key) => key.to_string(),
            None => String::new(),
        };
        let value = members.swap_remove("value");
        let fields = self.schema.messages.get(index).map_or(&[][..], |message| message.fields);
        let value = match (value, fields.last().map(|field| field.kind)) {
            (Some(value), _) => value,
            (None, Some(Kind::Message(value))) => self.message(value, &[], level + 1)?,
            (None, _) => Value::Null,
        };
        Ok((key, value))
    }

    /// The value of a field at last; nothing where the field is not there.
    fn value(&mut self, field: &Field, slot: Slot<'_>, level: usize) -> Result<Option<Value>, FormatError> {
        Ok(match (slot, field.presence) {
            (Slot::Value(value), _) => Some(value),
            (Slot::List(list), _) => Some(Value::Array(list)),
            (Slot::Members(members), _) => Some(Value::Object(members)),
            (Slot::Parts(parts), _) => match field.kind {
                Kind::Message(index) | Kind::Group(index) => Some(self.message(index, &parts, level + 1)?),
                Kind::Scalar(_) | Kind::Enum(_) => None,
            },
            (Slot::Absent, Presence::Repeated) => Some(Value::Array(Vec::new())),
            (Slot::Absent, Presence::Map) => Some(Value::Object(Map::new())),
            (Slot::Absent, Presence::Implicit) => {
                let zeros = [Wire::Varint(0), Wire::Fixed32(0), Wire::Fixed64(0), Wire::Length(&[])];
                let mut default = None;
                for zero in zeros {
                    default = default.or(self.single(field.kind, zero)?);
                }
                default
            }
            (Slot::Absent, Presence::Explicit | Presence::OneOf(_)) => None,
        })
    }

    /// A value that is no message; nothing where it is sent as something else.
    fn single(&mut self, kind: Kind, wire: Wire<'_>) -> Result<Option<Value>, FormatError> {
        let scalar = match (kind, wire) {
            (Kind::Enum(values), Wire::Varint(number)) => {
                let number = low(number).cast_signed();
                let name = values.binary_search_by_key(&number, |(number, _)| *number).map(|place| values[place].1);
                self.memory.take(name.map_or(0, str::len))?;
                return Ok(Some(name.map_or_else(|_| number.into(), Value::from)));
            }
            (Kind::Scalar(scalar), _) => scalar,
            _ => return Ok(None),
        };
        let value = match (scalar, wire) {
            (Scalar::Int32, Wire::Varint(number)) => low(number).cast_signed().into(),
            (Scalar::Uint32, Wire::Varint(number)) => low(number).into(),
            (Scalar::Sint32, Wire::Varint(number)) => zigzag32(low(number)).into(),
            (Scalar::Bool, Wire::Varint(number)) => (number != 0).into(),
            (Scalar::Int64, Wire::Varint(number)) | (Scalar::Sfixed64, Wire::Fixed64(number)) => {
                number.cast_signed().to_string().into()
            }
            (Scalar::Uint64, Wire::Varint(number)) | (Scalar::Fixed64, Wire::Fixed64(number)) => {
                number.to_string().into()
            }
            (Scalar::Sint64, Wire::Varint(number)) => zigzag64(number).to_string().into(),
            (Scalar::Fixed32, Wire::Fixed32(number)) => number.into(),
            (Scalar::Sfixed32, Wire::Fixed32(number)) => number.cast_signed().into(),
            (Scalar::Float, Wire::Fixed32(bits)) => float(f32::from_bits(bits)),
            (Scalar::Double, Wire::Fixed64(bits)) => double(f64::from_bits(bits)),
            (Scalar::String, Wire::Length(bytes)) => {
                let text = std::str::from_utf8(bytes).map_err(|_| broken("a text of it is not UTF-8"))?;
                self.memory.take(text.len())?;
                text.into()
            }
            (Scalar::Bytes, Wire::Length(bytes)) => {
                self.memory.take(bytes.len().saturating_mul(4) / 3)?;
                STANDARD.encode(bytes).into()
            }
            _ => return Ok(None),
        };
        self.memory.take(0)?;
        Ok(Some(value))
    }
}

/// Makes a field the one of its group that is there.
fn displace(one_ofs: &mut Vec<Option<usize>>, group: usize, place: usize, slots: &mut [Slot<'_>]) {
    if one_ofs.len() <= group {
        one_ofs.resize(group + 1, None);
    }
    if let Some(before) = one_ofs[group].replace(place).filter(|before| *before != place) {
        slots[before] = Slot::Absent;
    }
}

fn is_packable(kind: Kind) -> bool {
    match kind {
        Kind::Scalar(scalar) => !matches!(scalar, Scalar::String | Scalar::Bytes),
        Kind::Enum(_) => true,
        Kind::Message(_) | Kind::Group(_) => false,
    }
}

fn packed_value<'b>(kind: Kind, bytes: &mut Bytes<'b>) -> Result<Wire<'b>, FormatError> {
    Ok(match kind {
        Kind::Scalar(Scalar::Fixed32 | Scalar::Sfixed32 | Scalar::Float) => Wire::Fixed32(bytes.fixed32()?),
        Kind::Scalar(Scalar::Fixed64 | Scalar::Sfixed64 | Scalar::Double) => Wire::Fixed64(bytes.fixed64()?),
        _ => Wire::Varint(bytes.varint()?),
    })
}

/// The lower half of a number.
fn low(number: u64) -> u32 {
    let [a, b, c, d, ..] = number.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn zigzag32(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

fn zigzag64(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
