//! The keywords that name types and formats.

use crate::ir::types::{IntegerFormat, NumberFormat, StringFormat};
use crate::openapi::model::Schema;
use crate::openapi::place::Place;
use crate::suggest;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    /// Numbers with a fraction.
    const FRACTION: Self = Self(8);
    /// Numbers, whole ones included.
    pub(super) const NUMBER: Self = Self(4 | 8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const ALL: Self = Self(127);

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The types of the set but null, each alone.
    pub(super) fn each(self) -> impl Iterator<Item = (Self, &'static str)> {
        let number = if self.has(Self::FRACTION) { Self::NUMBER } else { Self::INTEGER };
        [
            (Self::BOOLEAN, "Boolean"),
            (number, if number == Self::NUMBER { "Number" } else { "Integer" }),
            (Self::STRING, "String"),
            (Self::ARRAY, "Array"),
            (Self::OBJECT, "Object"),
        ]
        .into_iter()
        .filter(move |(kind, _)| self.has(*kind))
    }
}

/// The names of types in the specification.
pub(super) const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// What the name of a type means: the type, and the format that a wrong name implies.
pub(super) fn kind(name: &str) -> Option<(Kinds, Option<&'static str>)> {
    let exact = |name: &str| {
        Some(match name {
            "array" => Kinds::ARRAY,
            "boolean" => Kinds::BOOLEAN,
            "integer" => Kinds::INTEGER,
            "null" => Kinds::NULL,
            "number" => Kinds::NUMBER,
            "object" => Kinds::OBJECT,
            "string" => Kinds::STRING,
            _ => return None,
        })
    };
    if let Some(kind) = exact(name) {
        return Some((kind, None));
    }
    let folded: String = name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match &*folded {
        "any" | "mixed" | "anyvalue" => (Kinds::ALL, None),
        "bool" => (Kinds::BOOLEAN, None),
        "int" | "long" | "short" => (Kinds::INTEGER, None),
        "int32" => (Kinds::INTEGER, Some("int32")),
        "int64" | "bigint" => (Kinds::INTEGER, Some("int64")),
        "uint32" => (Kinds::INTEGER, Some("uint32")),
        "uint64" | "uint" => (Kinds::INTEGER, Some("uint64")),
        "decimal" | "numeric" => (Kinds::NUMBER, None),
        "double" => (Kinds::NUMBER, Some("double")),
        "float" => (Kinds::NUMBER, Some("float")),
        "file" | "binary" => (Kinds::STRING, Some("binary")),
        "date" => (Kinds::STRING, Some("date")),
        "datetime" | "timestamp" => (Kinds::STRING, Some("date-time")),
        "uuid" | "guid" => (Kinds::STRING, Some("uuid")),
        "url" | "uri" => (Kinds::STRING, Some("uri")),
        "email" => (Kinds::STRING, Some("email")),
        "str" | "text" | "enum" | "char" => (Kinds::STRING, None),
        "list" => (Kinds::ARRAY, None),
        "map" | "dict" | "dictionary" | "json" | "hash" => (Kinds::OBJECT, None),
        "nil" | "none" => (Kinds::NULL, None),
        folded => (exact(suggest::nearest(folded, TYPES).or_else(|| exact(folded).map(|_| folded))?)?, None),
    })
}

/// The types that a schema declares. `None`: it declares none, or none that is known.
pub(super) fn declared(schema: &Schema<'_>) -> Option<Kinds> {
    let kinds = names(schema).filter_map(Place::scalar).filter_map(|scalar| kind(scalar.text));
    let kinds = kinds.map(|(kind, _)| kind).reduce(Kinds::or)?;
    (kinds != Kinds::ALL).then_some(kinds)
}

/// The places of the names of types.
pub(super) fn names<'t>(schema: &Schema<'t>) -> impl Iterator<Item = Place<'t>> + use<'t> {
    let place = schema.kind();
    let single = place.filter(|place| place.scalar().is_some());
    single.into_iter().chain(place.into_iter().flat_map(Place::elements))
}

/// The format of a schema: what it declares, or what the name of its type implies.
pub(super) fn format<'t>(schema: &Schema<'t>) -> Option<&'t str> {
    let declared = schema.format().and_then(Place::string);
    declared.or_else(|| names(schema).find_map(|place| kind(place.string()?)?.1))
}

pub(super) fn string_format(name: &str) -> Option<StringFormat> {
    Some(match name {
        "uuid" | "guid" | "UUID" => StringFormat::Uuid,
        "date" | "full-date" => StringFormat::Date,
        "date-time" | "datetime" | "dateTime" | "date_time" => StringFormat::DateTime,
        "time" => StringFormat::Time,
        "duration" => StringFormat::Duration,
        "uri" | "url" => StringFormat::Uri,
        "uri-reference" => StringFormat::UriReference,
        "email" => StringFormat::Email,
        "hostname" => StringFormat::Hostname,
        "ipv4" => StringFormat::Ipv4,
        "ipv6" => StringFormat::Ipv6,
        "ip" | "ipaddress" | "ip-address" => StringFormat::Ip,
        "byte" | "base64" => StringFormat::Base64,
        "binary" => StringFormat::Binary,
        "decimal" => StringFormat::Decimal,
        "password" => StringFormat::Password,
        // Servers check formats, and these allow more than the ones that they resemble.
        "partial-time" | "iri" | "iri-reference" | "idn-email" | "idn-hostname" => StringFormat::Plain,
        _ => return None,
    })
}

pub(super) fn integer_format(name: &str) -> IntegerFormat {
    match name {
        "int8" => IntegerFormat::Int8,
        "int16" => IntegerFormat::Int16,
        "int32" | "integer" | "int" => IntegerFormat::Int32,
        "uint8" => IntegerFormat::Uint8,
        "uint16" => IntegerFormat::Uint16,
        "uint32" => IntegerFormat::Uint32,
        "uint64" | "uint" => IntegerFormat::Uint64,
        _ => IntegerFormat::Int64,
    }
}

pub(super) fn number_format(name: &str) -> NumberFormat {
    match name {
        "float" => NumberFormat::Float,
        "double" => NumberFormat::Double,
        "decimal" => NumberFormat::Decimal,
        _ => NumberFormat::Unspecified,
    }
}

/// Whether a schema allows null and nothing else.
pub(super) fn is_null(place: Place<'_>) -> bool {
    let schema = Schema::read(place);
    if declared(&schema) == Some(Kinds::NULL) {
        return true;
    }
    if !place.is_mapping() || schema.kind().is_some() || schema.reference().is_some() {
        return false;
    }
    schema.constant().is_some_and(Place::is_null)
        || schema.values().is_some_and(|values| values.elements().len() > 0 && values.elements().all(Place::is_null))
}

/// Whether a schema says that null is allowed.
pub(super) fn allows_null(schema: &Schema<'_>) -> bool {
    schema.nullable().and_then(Place::boolean) == Some(true)
        || declared(schema).is_some_and(|kinds| kinds.has(Kinds::NULL))
        || schema.values().is_some_and(|values| values.elements().any(Place::is_null))
}

/// Whether a schema object says more about values than its wrappers and references do.
///
/// `type: object` alone does not count: documents repeat it beside `allOf` and `oneOf`.
pub(super) fn has_structure(schema: &Schema<'_>) -> bool {
    let kinds = declared(schema).map(|kinds| kinds.without(Kinds::NULL));
    kinds.is_some_and(|kinds| kinds != Kinds::OBJECT && kinds != Kinds::NONE)
        || schema.additional_properties().is_some_and(|value| value.boolean() != Some(true))
        || [
            schema.values(),
            schema.constant(),
            schema.format(),
            schema.minimum(),
            schema.maximum(),
            schema.exclusive_minimum(),
            schema.exclusive_maximum(),
            schema.multiple_of(),
            schema.min_length(),
            schema.max_length(),
            schema.pattern(),
            schema.items(),
            schema.prefix_items(),
            schema.min_items(),
            schema.max_items(),
            schema.properties(),
            schema.required(),
            schema.pattern_properties(),
        ]
        .iter()
        .any(Option::is_some)
}

/// Whether a schema only narrows what others describe: `required` or `not` alone.
pub(super) fn only_narrows(place: Place<'_>) -> bool {
    !place.entries().is_empty()
        && place.pairs().all(|(key, _)| {
            matches!(key, "required" | "not" | "title" | "description" | "minProperties" | "maxProperties")
                || key.starts_with("x-")
        })
        && place.pairs().any(|(key, _)| matches!(key, "required" | "not" | "minProperties" | "maxProperties"))
}
