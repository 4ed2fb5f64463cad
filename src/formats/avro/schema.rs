//! Schemas. The compiler has checked that of the capability file, but nobody that of a container file.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::bytes::broken;
use crate::formats::{FormatError, json};

/// A type's number in its schema.
pub(super) type Id = usize;

#[derive(Debug)]
pub(super) enum Type {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed(usize),
    Enum(Vec<String>),
    Array(Id),
    Map(Id),
    Union(Vec<Id>),
    Record(Vec<(String, Id)>),
}

/// Types that refer to each other by number.
#[derive(Debug, Default)]
pub(super) struct Schema {
    types: Vec<Type>,
    names: HashMap<String, Id>,
    pub(super) root: Id,
}

impl Schema {
    /// Reads a schema's JSON, whose depth is limited by the reader of JSON.
    pub(super) fn parse(text: &str) -> Result<Self, FormatError> {
        let value = json::read(text.as_bytes()).map_err(|error| match error {
            FormatError::Malformed { .. } => no_schema("it is not JSON"),
            limit => limit,
        })?;
        let mut schema = Self::default();
        schema.root = schema.schema(&value, "")?;
        Ok(schema)
    }

    pub(super) fn get(&self, id: Id) -> &Type {
        self.types.get(id).unwrap_or(&Type::Null)
    }

    fn add(&mut self, r#type: Type) -> Id {
        self.types.push(r#type);
        self.types.len() - 1
    }

    fn schema(&mut self, value: &Value, namespace: &str) -> Result<Id, FormatError> {
        match value {
            Value::String(name) => self.reference(name, namespace),
            Value::Array(branches) => {
                let branches: Result<_, _> = branches.iter().map(|branch| self.schema(branch, namespace)).collect();
                Ok(self.add(Type::Union(branches?)))
            }
            Value::Object(members) => self.definition(members, namespace),
            Value::Null | Value::Bool(_) | Value::Number(_) => Err(no_schema("a type of it is no type")),
        }
    }

    fn reference(&mut self, name: &str, namespace: &str) -> Result<Id, FormatError> {
        let primitive = match name {
            "null" => Type::Null,
            "boolean" => Type::Boolean,
            "int" => Type::Int,
            "long" => Type::Long,
            "float" => Type::Float,
            "double" => Type::Double,
            "bytes" => Type::Bytes,
            "string" => Type::String,
            name => {
                let known = self.names.get(&full_name(name, namespace)).or_else(|| self.names.get(name));
                return known.copied().ok_or_else(|| no_schema("a type of it is not defined"));
            }
        };
        Ok(self.add(primitive))
    }

    fn definition(&mut self, members: &Map<String, Value>, namespace: &str) -> Result<Id, FormatError> {
        let Some(kind) = members.get("type") else { return Err(no_schema("a type of it has no `type`")) };
        let Some(name) = kind.as_str() else { return self.schema(kind, namespace) };
        let part = |key: &str| members.get(key).ok_or_else(|| no_schema("a part of a type is missing"));
        match name {
            "array" => {
                let items = self.schema(part("items")?, namespace)?;
                Ok(self.add(Type::Array(items)))
            }
            "map" => {
                let values = self.schema(part("values")?, namespace)?;
                Ok(self.add(Type::Map(values)))
            }
            "fixed" => {
                let size = part("size")?.as_u64().and_then(|size| usize::try_from(size).ok());
                let size = size.ok_or_else(|| no_schema("a size of it is no number"))?;
                Ok(self.define(members, namespace, Type::Fixed(size))?.0)
            }
            "enum" => {
                let symbols = part("symbols")?.as_array().map_or(&[][..], Vec::as_slice);
                let symbols = symbols.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                Ok(self.define(members, namespace, Type::Enum(symbols))?.0)
            }
            "record" | "error" => {
                // Its fields may refer to it.
                let (id, namespace) = self.define(members, namespace, Type::Record(Vec::new()))?;
                let mut fields = Vec::new();
                for field in part("fields")?.as_array().map_or(&[][..], Vec::as_slice) {
                    let (Some(Value::String(name)), Some(r#type)) = (field.get("name"), field.get("type")) else {
                        return Err(no_schema("a field of it has no name or type"));
                    };
                    fields.push((name.clone(), self.schema(r#type, &namespace)?));
                }
                self.types[id] = Type::Record(fields);
                Ok(id)
            }
            name => self.reference(name, namespace),
        }
    }

    /// Adds a type with a name, and gives the namespace of what stands in it.
    fn define(
        &mut self,
        members: &Map<String, Value>,
        namespace: &str,
        r#type: Type,
    ) -> Result<(Id, String), FormatError> {
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let name = text("name").ok_or_else(|| no_schema("a type of it has no name"))?;
        let full = full_name(name, text("namespace").unwrap_or(namespace));
        let namespace = full.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
        let id = self.add(r#type);
        self.names.insert(full, id);
        Ok((id, namespace))
    }
}

fn full_name(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() { name.to_owned() } else { format!("{namespace}.{name}") }
}

fn no_schema(message: &str) -> FormatError {
    broken(&format!("its own schema cannot be used: {message}"))
}
