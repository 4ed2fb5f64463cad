//! Inputs that are given as an HTTP request.

use std::borrow::Cow;
use std::ops::Range;

use http::{HeaderValue, Uri};
use serde::Deserialize as _;
use serde::de::Error as _;
use serde_json::{Error, Value};

use super::accept::Accept;
use super::body::{self, GivenBody};
use super::claim::claim;
use super::incoming::{Faults, REQUIRED, unfit};
use super::texts::{Coding, Members, Owned, Pair, Texts, Tree, pairs};
use crate::config::UnknownQuery;
use crate::description;
use crate::openapi::error::InputPlace;
use crate::openapi::{Api, Location, Operation, Parameter, SecurityKind, Style};
use crate::rest::unknown_parameter;
use crate::types::{View, from_texts, read_foreign};

/// What a request gives for the inputs of an operation. Of its body all has been read but what is streamed.
pub(crate) struct Request {
    pub(crate) uri: Uri,
    /// Where the values of path parameters stand in the path, by the position of the parameter.
    pub(crate) captures: Vec<(usize, Range<usize>)>,
    /// The fields that are parameters, by the position of the parameter.
    pub(crate) headers: Vec<(usize, HeaderValue)>,
    /// The fields `Cookie`, where cookies are parameters.
    pub(crate) cookies: Vec<HeaderValue>,
    pub(crate) body: GivenBody,
    /// What the caller takes for an answer.
    pub(crate) accept: Option<HeaderValue>,
    pub(crate) unknown_query: UnknownQuery,
}

/// Fills the inputs. Gives the pairs of the query that are to be forwarded.
pub(super) fn fill(
    api: &'static Api,
    operation: &'static Operation,
    request: Request,
    inputs: &mut dyn Accept,
    faults: &mut Faults,
) -> String {
    let Request { uri, captures, headers, cookies, body, unknown_query, .. } = request;
    let query = uri.query().unwrap_or_default();
    let mut in_query: Vec<_> = pairs(query, '&', Coding::Form).collect();
    let cookies = cookies.iter().filter_map(|cookie| cookie.to_str().ok());
    let mut in_cookies: Vec<_> = cookies.flat_map(|cookie| pairs(cookie, ';', Coding::Percent)).collect();
    let may_be_any = claim(api, operation, Location::Query, &mut in_query, inputs);
    claim(api, operation, Location::Cookie, &mut in_cookies, inputs);
    let mut takes_query = false;
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let Some(parameter) = api.parameters.get(usize::from(*parameter)) else { continue };
        let (joined, unescaped);
        let mut other = None;
        let texts = match parameter.location {
            Location::Path => captures.iter().find(|(of, _)| *of == index).map(|(_, range)| {
                let raw = uri.path().get(range.clone()).unwrap_or_default();
                in_path(parameter, raw)
            }),
            Location::Header => {
                joined = header(index, &headers);
                joined.as_ref().map(|text| Ok(in_header(parameter, text)))
            }
            Location::Query => {
                let owned = Owned { pairs: &in_query, owner: index };
                unescaped = separated(parameter, owned);
                let members = Some(Members::new(parameter.style, parameter.explode));
                other = unescaped.as_ref().map(|raw| Texts::one(raw, members, Coding::Form));
                in_pairs(parameter, owned, Coding::Form)
            }
            Location::Cookie => {
                let coding = if parameter.style == Style::Cookie { Coding::Plain } else { Coding::Percent };
                in_pairs(parameter, Owned { pairs: &in_cookies, owner: index }, coding)
            }
            Location::QueryString => {
                takes_query = true;
                whole_query(parameter, query)
            }
        };
        read(index, parameter, texts, other, inputs, faults);
    }
    let unknown_query = match unknown_query {
        UnknownQuery::Refuse if may_be_any => UnknownQuery::Ignore,
        policy => policy,
    };
    let forwarded =
        if takes_query { String::new() } else { undeclared(api, operation, &in_query, unknown_query, faults) };
    body::fill(api, operation, body, inputs, faults);
    forwarded
}

/// A list or an object whose commas are encoded, as many clients do with all that they send, without that.
fn separated(parameter: &Parameter, owned: Owned<'_>) -> Option<String> {
    let raw = owned.only().ok().filter(|_| parameter.style == Style::Form && !parameter.explode)?;
    let is_encoded = !raw.contains(',') && raw.to_ascii_uppercase().contains("%2C");
    is_encoded.then(|| raw.replace("%2C", ",").replace("%2c", ","))
}

/// Reads an input, or `other` texts for it where the first do not fit.
fn read(
    index: usize,
    parameter: &'static Parameter,
    texts: Option<Result<Texts<'_>, Error>>,
    other: Option<Texts<'_>>,
    inputs: &mut dyn Accept,
    faults: &mut Faults,
) {
    let place = InputPlace::Parameter { name: parameter.name, location: parameter.location };
    let texts = match texts {
        Some(Ok(texts)) => texts,
        Some(Err(error)) => return faults.at(place, String::new(), error.to_string()),
        None if parameter.required => return faults.at(place, String::new(), REQUIRED),
        None => return,
    };
    if let View::Opaque = inputs.field(index).view() {
        let value = Value::deserialize(texts);
        let Some(target) = inputs.foreign_mut(index) else { return };
        if let Err(error) = value.and_then(|value| read_foreign(target, &value)) {
            faults.at(place, String::new(), unfit(&error));
        }
    } else if let Err(error) = from_texts(texts, inputs.field_mut(index))
        && other.is_none_or(|other| from_texts(other, inputs.field_mut(index)).is_err())
    {
        faults.at(place, error.pointer().to_owned(), unfit(error.reason()));
    }
}

pub(super) fn in_path<'a>(parameter: &Parameter, raw: &'a str) -> Result<Texts<'a>, Error> {
    let Parameter { name, style, explode, .. } = *parameter;
    let missing = |mark: &str| Error::custom(format_args!("must begin with `{mark}`"));
    let members = Some(Members::new(style, explode));
    let raw = match style {
        Style::Json => return Ok(Texts::json(raw, Coding::Percent)),
        Style::Text => return Ok(Texts::one(raw, None, Coding::Percent)),
        Style::Label => raw.strip_prefix('.').ok_or_else(|| missing("."))?,
        Style::Matrix => {
            let rest = raw.strip_prefix(';').ok_or_else(|| missing(";"))?;
            if explode {
                let members = Some(Members::new(style, false));
                return Ok(Texts::named(pairs(rest, ';', Coding::Percent), members, Coding::Percent));
            }
            if !is_named(rest, name) {
                return Err(Error::custom(format_args!("must begin with `;{name}`")));
            }
            rest.split_once('=').map_or("", |(_, value)| value)
        }
        _ if raw.is_empty() => return Err(Error::custom("must not be empty")),
        _ => raw,
    };
    Ok(Texts::one(raw, members, Coding::Percent))
}

/// Whether a pair has a name.
fn is_named(pair: &str, name: &str) -> bool {
    let given = pair.split_once('=').map_or(pair, |(given, _)| given);
    Coding::Percent.decode(given).is_ok_and(|given| given == name)
}

/// The value of a header; several fields are one list (RFC 9110, section 5.3).
fn header(index: usize, headers: &[(usize, HeaderValue)]) -> Option<Cow<'_, str>> {
    let mut fields = headers.iter().filter(|(of, _)| *of == index).map(|(_, value)| value);
    let mut text = String::from_utf8_lossy(fields.next()?.as_bytes());
    for field in fields {
        text.to_mut().push_str(", ");
        text.to_mut().push_str(&String::from_utf8_lossy(field.as_bytes()));
    }
    Some(text)
}

pub(super) fn in_header<'a>(parameter: &Parameter, text: &'a str) -> Texts<'a> {
    match parameter.style {
        Style::Json => Texts::json(text, Coding::Plain),
        Style::Text => Texts::one(text, None, Coding::Plain),
        _ => Texts::one(text, Some(Members::new(Style::Simple, parameter.explode)), Coding::Plain),
    }
}

/// The texts of a parameter of a query or of cookies; `None` when nothing was given for it.
pub(super) fn in_pairs<'a>(
    parameter: &Parameter,
    owned: Owned<'a>,
    coding: Coding,
) -> Option<Result<Texts<'a>, Error>> {
    let first = owned.first()?;
    let Parameter { name, style, explode, .. } = *parameter;
    Some(match style {
        Style::Json => owned.only().map(|raw| Texts::json(raw, coding)),
        Style::Text => owned.only().map(|raw| Texts::one(raw, None, coding)),
        Style::DeepObject => Tree::new(owned, name).map(|tree| Texts::tree(tree, coding)),
        // `name=` is an empty list.
        _ if explode && !(parameter.allow_empty && first.is_empty()) => Ok(Texts::pairs(owned, coding)),
        _ => owned.only().map(|raw| Texts::one(raw, Some(Members::new(style, explode)), coding)),
    })
}

/// The query as one value.
fn whole_query<'a>(parameter: &Parameter, query: &'a str) -> Option<Result<Texts<'a>, Error>> {
    if query.is_empty() {
        return None;
    }
    Some(Ok(match parameter.style {
        Style::Form => Texts::named(pairs(query, '&', Coding::Form), None, Coding::Form),
        Style::Json => Texts::json(query, Coding::Percent),
        _ => Texts::one(query, None, Coding::Percent),
    }))
}

/// What becomes of pairs of the query that belong to no parameter.
fn undeclared(
    api: &'static Api,
    operation: &'static Operation,
    pairs: &[Pair<'_>],
    policy: UnknownQuery,
    faults: &mut Faults,
) -> String {
    let mut forwarded = String::new();
    let is_key = |pair: &Pair<'_>| {
        let mut schemes = operation.security.iter().copied().flatten().filter_map(|index| api.scheme_of(*index));
        schemes.any(|scheme| matches!(scheme.kind, SecurityKind::Query(name) if *name == *pair.name))
    };
    let is_declared = |pair: &Pair<'_>| pair.owner.is_some() || pair.is_constant(operation) || is_key(pair);
    for pair in pairs.iter().filter(|pair| !is_declared(pair)) {
        match policy {
            UnknownQuery::Ignore => {}
            UnknownQuery::Forward => {
                forwarded.push_str(if forwarded.is_empty() { "" } else { "&" });
                forwarded.push_str(pair.raw);
            }
            UnknownQuery::Refuse => {
                let known = operation.parameters.iter().filter_map(|index| api.parameters.get(usize::from(*index)));
                let known = known.filter(|parameter| parameter.location == Location::Query);
                let detail = unknown_parameter(known.map(|parameter| parameter.name));
                faults.unknown(pair.name.as_ref().to_owned(), description::Location::Query, detail);
            }
        }
    }
    forwarded
}
