//! Reading of what consumed and exposed parts have in common.

use super::fields::Fields;
use super::model::{Authentication, Place, Scheme, Text};
use super::reader::{Field, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Location, Method, Type};

pub(super) const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
    ("HEAD", Method::Head),
    ("OPTIONS", Method::Options),
];

pub(super) const PLACES: &[(&str, Place)] = &[
    ("query", Place::Request(Location::Query)),
    ("header", Place::Request(Location::Header)),
    ("path", Place::Request(Location::Path)),
    ("cookie", Place::Request(Location::Cookie)),
    ("body", Place::Request(Location::Body)),
    ("environment", Place::Environment),
];

pub(super) const TYPES: &[(&str, Type)] = &[
    ("string", Type::String),
    ("number", Type::Number),
    ("integer", Type::Integer),
    ("boolean", Type::Boolean),
    ("array", Type::Array),
    ("object", Type::Object),
    ("any", Type::Any),
];

const SCHEMES: &[(&str, Scheme)] = &[
    ("basic", Scheme::Basic),
    ("bearer", Scheme::Bearer),
    ("apikey", Scheme::ApiKey),
    ("digest", Scheme::Digest),
    ("oauth2", Scheme::OAuth2),
];

const PLACEMENTS: &[(&str, Location)] =
    &[("header", Location::Header), ("query", Location::Query), ("cookie", Location::Cookie)];

/// Reads the credentials for an upstream. An API key is written in two ways: `key` and `placement`, or `name` and `in`.
pub(super) fn authentication<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Authentication<'a>> {
    let mut fields = Fields::open(reader, field.value, "`authentication`")?;
    let scheme =
        fields.need("type").and_then(|field| reader.word(field.value, "the `type` of authentication", SCHEMES));
    let is = |wanted: Scheme| scheme.is_some_and(|scheme| scheme.value == wanted);
    let password = |fields: &mut Fields<'a>, name| {
        let wanted = if name == "token" { is(Scheme::Bearer) } else { is(Scheme::Basic) };
        if wanted { fields.need_text(name) } else { fields.text(name) }
    };
    let token = password(&mut fields, "token");
    let username = password(&mut fields, "username");
    let password = password(&mut fields, "password");
    let key = api_key_name(&mut fields, is(Scheme::ApiKey));
    let value = if is(Scheme::ApiKey) { fields.need_text("value") } else { fields.text("value") };
    let placement = fields.get("placement");
    let place = fields.get("in");
    let authentication = Authentication {
        span: fields.span,
        scheme,
        token,
        username,
        password,
        key,
        value,
        placement: placement
            .or(place)
            .and_then(|field| reader.word(field.value, &format!("`{}`", field.key.value), PLACEMENTS)),
    };
    fields.ignore(&["description"]);
    if is(Scheme::OAuth2) {
        fields.ignore(&[
            "authorizationServerUri",
            "resource",
            "scopes",
            "audience",
            "tokenEndpoint",
            "tokenValidation",
        ]);
    }
    fields.finish();
    Some(authentication)
}

fn api_key_name<'a>(fields: &mut Fields<'a>, needed: bool) -> Option<Text<'a>> {
    if let Some(name) = fields.text("name") {
        fields.ignore(&["key"]);
        fields.extension(&["name"], "read as `key`");
        return Some(name);
    }
    if needed { fields.need_text("key") } else { fields.text("key") }
}

/// Reports names with characters that the schema does not allow.
pub(super) fn check_name(reader: Reader<'_>, name: Option<Text<'_>>, what: &str) {
    let Some(name) = name else {
        return;
    };
    let is_regular = |character: char| character.is_ascii_alphanumeric() || character == '-';
    if !name.value.is_empty() && name.value.chars().all(is_regular) {
        return;
    }
    let message = format!("the name `{}` of {what} has characters other than letters, digits and `-`", name.value);
    reader.sink.report(Diagnostic::new(Code::IrregularName, name.span, message));
}
