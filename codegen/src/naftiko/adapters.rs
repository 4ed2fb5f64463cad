//! Reading of what consumed and exposed parts have in common.

use super::fields::Fields;
use super::model::{Authentication, OAuth2, Place, Scheme, Spanned, Text};
use super::reader::{Field, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Location, Method, Type};
use crate::suggest;

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

/// Whose credentials they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Ours, for an upstream.
    Outbound,
    /// Those of callers.
    Inbound,
}

/// Reads credentials. An API key is written in two ways: `key` and `placement`, or `name` and `in`.
pub(super) fn authentication<'a>(reader: Reader<'a>, field: Field<'a>, side: Side) -> Option<Authentication<'a>> {
    let mut fields = Fields::open(reader, field.value, "`authentication`")?;
    let Some(r#type) = fields.get("type") else {
        // Without its type nothing else can be judged.
        fields.report_missing("type", fields.slip("type"));
        return None;
    };
    let scheme = scheme(reader, r#type, side)?;
    let mut authentication = Authentication::new(fields.span, scheme);
    match scheme.value {
        Scheme::Bearer => authentication.token = fields.need_text("token"),
        Scheme::Basic | Scheme::Digest => {
            authentication.username = fields.need_text("username");
            authentication.password = fields.need_text("password");
        }
        Scheme::ApiKey => {
            authentication.key = api_key_name(&mut fields);
            authentication.value = fields.need_text("value");
            let (placement, place) = (fields.get("placement"), fields.get("in"));
            authentication.placement = placement
                .or(place)
                .and_then(|field| reader.word(field.value, &format!("`{}`", field.key.value), PLACEMENTS));
        }
        Scheme::OAuth2 => authentication.oauth2 = oauth2(&mut fields),
    }
    fields.ignore(&["description"]);
    fields.finish();
    Some(authentication)
}

/// The type of credentials. `None`: it is none that is known, which is reported.
fn scheme(reader: Reader<'_>, field: Field<'_>, side: Side) -> Option<Spanned<Scheme>> {
    let text = reader.text(field.value, "the `type` of authentication")?;
    if let Some((_, value)) = SCHEMES.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.value.trim())) {
        return Some(Spanned { value: *value, span: text.span });
    }
    let names = || SCHEMES.iter().map(|(word, _)| *word);
    let message = format!("authentication of the type `{}` is not supported", text.value);
    let others = match side {
        Side::Outbound => "a request hook can bring others along",
        Side::Inbound => "a layer of yours around the router can check others",
    };
    reader.sink.report(
        Diagnostic::new(Code::UnsupportedAuthentication, text.span, message)
            .maybe_help(suggest::did_you_mean(text.value, names()))
            .help(format!("it is one of {}; {others}", suggest::list(names()))),
    );
    None
}

/// The fields of `oauth2`. Those that say who asks for tokens are not in the schema, which has tokens of callers in mind.
fn oauth2<'a>(fields: &mut Fields<'a>) -> OAuth2<'a> {
    let reader = fields.reader;
    let scopes = fields.get("scopes");
    let oauth2 = OAuth2 {
        server: fields.text("authorizationServerUri"),
        token_endpoint: fields.text("tokenEndpoint"),
        resource: fields.text("resource"),
        audience: fields.text("audience"),
        scopes: reader.list(scopes).iter().filter_map(|id| reader.text(*id, "a scope")).collect(),
        client_id: fields.text("clientId"),
        client_secret: fields.text("clientSecret"),
    };
    fields.extension(&["clientId", "clientSecret"], "read as the client that asks for tokens");
    // It says how tokens of callers are checked.
    fields.ignore(&["tokenValidation"]);
    oauth2
}

fn api_key_name<'a>(fields: &mut Fields<'a>) -> Option<Text<'a>> {
    if let Some(name) = fields.text("name") {
        fields.ignore(&["key"]);
        fields.extension(&["name"], "read as `key`");
        return Some(name);
    }
    fields.need_text("key")
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
