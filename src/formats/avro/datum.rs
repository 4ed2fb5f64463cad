//! From the bytes of a datum to JSON.

use serde_json::{Map, Value};

use super::bytes::{Bytes, broken};
use super::schema::{Id, Schema, Type};
use crate::formats::FormatError;
use crate::formats::limits::MAX_DEPTH;
use crate::formats::memory::Memory;
use crate::formats::real::{double, float};

/// Reads data of a schema.
pub(super) struct Reader<'r> {
    pub(super) schema: &'r Schema,
    pub(super) memory: &'r mut Memory,
}

impl Reader<'_> {
    /// The next datum.
    pub(super) fn datum(&mut self, bytes: &mut Bytes<'_>) -> Result<Value, FormatError> {
        self.value(self.schema.root, bytes, 1)
    }

    /// A value at a level: records, lists and unions are one deeper than what they stand in, also those without bytes.
    fn value(&mut self, id: Id, bytes: &mut Bytes<'_>, level: usize) -> Result<Value, FormatError> {
        if level > MAX_DEPTH {
            return Err(FormatError::TooDeep { limit: MAX_DEPTH });
        }
        self.memory.take(0)?;
        let schema = self.schema;
        Ok(match schema.get(id) {
            Type::Null => Value::Null,
            Type::Boolean => match bytes.array()? {
                [0] => false.into(),
                [1] => true.into(),
                _ => return Err(broken("a truth value of it is neither true nor false")),
            },
            Type::Int => {
                i32::try_from(bytes.long()?).map_err(|_| broken("a number of it has more than 32 bits"))?.into()
            }
            Type::Long => bytes.long()?.into(),
            Type::Float => float(f32::from_le_bytes(bytes.array()?)),
            Type::Double => double(f64::from_le_bytes(bytes.array()?)),
            Type::Bytes => self.code_points(bytes.with_length()?)?,
            Type::Fixed(size) => self.code_points(bytes.take(*size)?)?,
            Type::String => {
                let text = bytes.text()?;
                self.memory.take(text.len())?;
                text.into()
            }
            Type::Enum(symbols) => {
                let symbol = usize::try_from(bytes.long()?).ok().and_then(|index| symbols.get(index));
                let symbol = symbol.ok_or_else(|| broken("a symbol of it does not exist"))?;
                self.memory.take(symbol.len())?;
                symbol.as_str().into()
            }
            Type::Array(items) => self.list(*items, bytes, level)?,
            Type::Map(values) => self.members(*values, bytes, level)?,
            Type::Union(branches) => {
                let branch = usize::try_from(bytes.long()?).ok().and_then(|index| branches.get(index));
                let branch = branch.ok_or_else(|| broken("a union of it has no such type"))?;
                self.value(*branch, bytes, level + 1)?
            }
            Type::Record(fields) => {
                let mut members = Map::new();
                for (name, r#type) in fields {
                    self.memory.take(name.len())?;
                    members.insert(name.clone(), self.value(*r#type, bytes, level + 1)?);
                }
                Value::Object(members)
            }
        })
    }

    fn list(&mut self, items: Id, bytes: &mut Bytes<'_>, level: usize) -> Result<Value, FormatError> {
        let mut elements = Vec::new();
        loop {
            let count = bytes.block()?;
            if count == 0 {
                return Ok(Value::Array(elements));
            }
            for _ in 0..count {
                elements.push(self.value(items, bytes, level + 1)?);
            }
        }
    }

    fn members(&mut self, values: Id, bytes: &mut Bytes<'_>, level: usize) -> Result<Value, FormatError> {
        let mut members = Map::new();
        loop {
            let count = bytes.block()?;
            if count == 0 {
                return Ok(Value::Object(members));
            }
            for _ in 0..count {
                let name = bytes.text()?;
                self.memory.take(name.len())?;
                members.insert(name.to_owned(), self.value(values, bytes, level + 1)?);
            }
        }
    }

    /// Bytes as text: each is the character with its number.
    fn code_points(&mut self, bytes: &[u8]) -> Result<Value, FormatError> {
        self.memory.take(bytes.len().saturating_mul(2))?;
        Ok(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into())
    }
}
