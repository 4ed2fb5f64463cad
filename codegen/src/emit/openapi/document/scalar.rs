//! What JSON Schema says about scalars and sizes.

use super::dialect::{Dialect, Form};
use super::json::Json;
use crate::emit::openapi::types::json::json as literal;
use crate::ir::types::{
    Bound, Enum, EnumBase, IntegerFormat, NumberFormat, NumberRules, Scalar, SizeRules, StringFormat, StringRules,
};
use crate::names::variant as variant_name;

/// `type`, beside which `null` may be listed.
pub(super) fn r#type(name: &str, form: Form, json: &mut Json) {
    match form {
        Form { nullable: true, dialect: Dialect::V3_1 } => json.key("type").texts([name, "null"]),
        Form { nullable, dialect: _ } => {
            json.key("type").text(name);
            json.flag("nullable", nullable);
        }
    }
}

/// What a type of the user's stands for.
pub(super) fn scalar(scalar: &Scalar, form: Form, json: &mut Json) {
    match scalar {
        Scalar::Integer(format, rules) => integer(*format, rules, form, json),
        Scalar::Number(format, rules) => number(*format, rules, form, json),
        Scalar::String(format, rules) => string(*format, rules, form, json),
    }
}

pub(super) fn integer(format: IntegerFormat, rules: &NumberRules, form: Form, json: &mut Json) {
    r#type("integer", form, json);
    json.text_member("format", integer_format(format));
    let is_natural =
        matches!(format, IntegerFormat::Uint8 | IntegerFormat::Uint16 | IntegerFormat::Uint32 | IntegerFormat::Uint64);
    if is_natural && rules.minimum.is_none() {
        // Not every reader knows the format.
        json.key("minimum").raw("0");
    }
    number_rules(rules, form.dialect, json);
}

pub(super) fn number(format: NumberFormat, rules: &NumberRules, form: Form, json: &mut Json) {
    r#type("number", form, json);
    json.text_member("format", number_format(format));
    number_rules(rules, form.dialect, json);
}

fn integer_format(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::Int8 => "int8",
        IntegerFormat::Int16 => "int16",
        IntegerFormat::Int32 => "int32",
        IntegerFormat::Int64 => "int64",
        IntegerFormat::Uint8 => "uint8",
        IntegerFormat::Uint16 => "uint16",
        IntegerFormat::Uint32 => "uint32",
        IntegerFormat::Uint64 => "uint64",
    }
}

fn number_format(format: NumberFormat) -> &'static str {
    match format {
        NumberFormat::Unspecified => "",
        NumberFormat::Float => "float",
        NumberFormat::Double => "double",
        NumberFormat::Decimal => "decimal",
    }
}

/// The name of a format; empty where there is none.
pub(in crate::emit) fn string_format(format: StringFormat) -> &'static str {
    match format {
        StringFormat::Plain => "",
        StringFormat::Uuid => "uuid",
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Time => "time",
        StringFormat::Duration => "duration",
        StringFormat::Uri => "uri",
        StringFormat::UriReference => "uri-reference",
        StringFormat::Email => "email",
        StringFormat::Hostname => "hostname",
        StringFormat::Ipv4 => "ipv4",
        StringFormat::Ipv6 => "ipv6",
        StringFormat::Ip => "ip",
        StringFormat::Base64 => "byte",
        StringFormat::Binary => "binary",
        StringFormat::Decimal => "decimal",
        StringFormat::Password => "password",
    }
}

fn number_rules(rules: &NumberRules, dialect: Dialect, json: &mut Json) {
    let mut bound = |bound: &Option<Bound>, inclusive, exclusive| {
        let Some(Bound { value, exclusive: is_exclusive }) = bound else { return };
        match dialect {
            Dialect::V3_0 => {
                json.key(inclusive).raw(value.as_str());
                json.flag(exclusive, *is_exclusive);
            }
            Dialect::V3_1 => json.key(if *is_exclusive { exclusive } else { inclusive }).raw(value.as_str()),
        }
    };
    bound(&rules.minimum, "minimum", "exclusiveMinimum");
    bound(&rules.maximum, "maximum", "exclusiveMaximum");
    if let Some(divisor) = &rules.multiple_of {
        json.key("multipleOf").raw(divisor.as_str());
    }
}

pub(super) fn string(format: StringFormat, rules: &StringRules, form: Form, json: &mut Json) {
    r#type("string", form, json);
    json.text_member("format", string_format(format));
    if format == StringFormat::Base64 && form.dialect == Dialect::V3_1 {
        json.key("contentEncoding").text("base64");
    }
    json.count("minLength", rules.min_length);
    json.count("maxLength", rules.max_length);
    if let Some(pattern) = &rules.pattern {
        json.key("pattern").text(pattern);
    }
}

pub(super) fn properties(rules: SizeRules, json: &mut Json) {
    json.count("minProperties", rules.minimum);
    json.count("maxProperties", rules.maximum);
}

pub(super) fn enumeration(shape: &Enum, form: Form, json: &mut Json) {
    match shape.base {
        EnumBase::String => r#type("string", form, json),
        EnumBase::Integer => r#type("integer", form, json),
        EnumBase::Mixed => {}
    }
    json.key("enum").array(|json| shape.variants.iter().for_each(|variant| json.literal(&variant.value)));
    // Texts name themselves.
    let is_named = shape.base != EnumBase::String
        && shape.variants.iter().any(|variant| variant.name != variant_name(&literal(&variant.value)));
    if is_named {
        json.key("x-enum-varnames").texts(shape.variants.iter().map(|variant| variant.name.as_str()));
    }
    if shape.variants.iter().any(|variant| !variant.description.is_empty()) {
        json.key("x-enum-descriptions").texts(shape.variants.iter().map(|variant| variant.description.as_str()));
    }
}
