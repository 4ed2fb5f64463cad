//! The parameters of a request, all of them checked before any error is answered.

use std::borrow::Cow;
use std::str::Utf8Error;

use http::header::COOKIE;
use http::request::Parts;

use super::decode::{NOT_UTF8, form_decode, percent_decode};
use super::endpoint::Endpoint;
use super::unknown_query::unknown_parameter;
use crate::arguments::{Argument, ArgumentError, read_texts};
use crate::config::UnknownQuery;
use crate::description::{Location, Parameter};
use crate::openapi::serve::joined;
use crate::server::Problem;
use crate::server::rules::{self, Outcome};
use crate::types::validate::MOST_FAULTS;

/// What has been read of a request.
pub(crate) struct Inputs {
    values: Vec<Option<Argument>>,
    errors: Vec<ArgumentError>,
    /// Undeclared pairs of the query that go to the upstream.
    query: String,
}

/// The texts that a request gives for a parameter, as they came, each with the name that it came by.
type Texts<'a> = Vec<(Cow<'a, str>, &'a str)>;

impl Inputs {
    /// Reads everything but the body.
    pub(crate) fn read(endpoint: &Endpoint, parts: &Parts, captures: &[(usize, &str)]) -> Self {
        let parameters = endpoint.parameters;
        let mut inputs = Self { values: vec![None; parameters.len()], errors: Vec::new(), query: String::new() };
        for &(index, raw) in captures {
            let Some(parameter) = parameters.get(index) else { continue };
            inputs.set(endpoint, index, value(parameter, &[(parameter.name.into(), raw)], percent_decode));
        }
        inputs.read_query(endpoint, parts.uri.query().unwrap_or_default());
        for (index, parameter) in parameters.iter().enumerate() {
            let outcome = match parameter.location {
                Location::Header => header(parts, parameter),
                Location::Cookie => cookie(parts, parameter),
                _ => continue,
            };
            inputs.set(endpoint, index, outcome);
        }
        inputs
    }

    /// Notes the outcome for a parameter.
    pub(crate) fn set(&mut self, endpoint: &Endpoint, index: usize, outcome: Outcome) {
        let Some(parameter) = endpoint.parameters.get(index) else { return };
        match rules::checked(endpoint.rules, &endpoint.action, index, parameter, outcome) {
            Ok(None) if parameter.required => self.refuse(ArgumentError::missing(parameter)),
            Ok(value) => self.values[index] = value,
            Err(errors) => errors.into_iter().for_each(|error| self.refuse(error)),
        }
    }

    fn read_query(&mut self, endpoint: &Endpoint, query: &str) {
        let mut texts: Vec<Texts<'_>> = vec![Vec::new(); endpoint.parameters.len()];
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (raw_name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = form_decode(raw_name);
            let declared = endpoint.parameters.iter().position(|parameter| {
                parameter.location == Location::Query && name.as_deref().is_ok_and(|name| is_named(parameter, name))
            });
            match (declared, name) {
                (Some(index), Ok(name)) => texts[index].push((name, value)),
                (_, name) => self.undeclared(endpoint, name.as_deref().unwrap_or("?"), pair),
            }
        }
        for (index, parameter) in endpoint.parameters.iter().enumerate() {
            if parameter.location == Location::Query {
                let texts = std::mem::take(&mut texts[index]);
                let outcome = if texts.is_empty() { Ok(None) } else { value(parameter, &texts, form_decode) };
                self.set(endpoint, index, outcome);
            }
        }
    }

    fn undeclared(&mut self, endpoint: &Endpoint, name: &str, pair: &str) {
        match endpoint.common.settings.unknown_query {
            UnknownQuery::Ignore => {}
            UnknownQuery::Forward => {
                if !self.query.is_empty() {
                    self.query.push('&');
                }
                self.query.push_str(pair);
            }
            UnknownQuery::Refuse => {
                let known = endpoint.parameters.iter().filter(|parameter| parameter.location == Location::Query);
                let detail = unknown_parameter(known.map(|parameter| parameter.name));
                self.refuse(ArgumentError::new(name.to_owned(), Some(Location::Query), detail));
            }
        }
    }

    /// Notes something that is wrong with the request, as long as anybody would read it: callers could have a long answer
    /// made of a short request.
    pub(crate) fn refuse(&mut self, error: ArgumentError) {
        if self.errors.len() < MOST_FAULTS {
            self.errors.push(error);
        }
    }

    /// The values of the parameters, and what to append to the upstream's query.
    pub(crate) fn finish(self) -> Result<(Vec<Option<Argument>>, String), Problem> {
        if self.errors.is_empty() { Ok((self.values, self.query)) } else { Err(Problem::invalid_inputs(self.errors)) }
    }
}

/// Whether a pair of the query belongs to a parameter.
fn is_named(parameter: &Parameter, name: &str) -> bool {
    match parameter.schema {
        Some(schema) => joined::is_of(parameter, schema, name),
        None => name == parameter.name,
    }
}

/// The value that texts stand for; `decode` undoes how they are encoded.
fn value(
    parameter: &'static Parameter,
    texts: &[(Cow<'_, str>, &str)],
    decode: fn(&str) -> Result<Cow<'_, str>, Utf8Error>,
) -> Outcome {
    if let Some(schema) = parameter.schema {
        return joined::read_texts(parameter, schema, texts).map(Some);
    }
    let decoded = texts.iter().map(|(_, text)| decode(text).map(Cow::into_owned)).collect::<Result<_, _>>();
    let decoded = decoded.map_err(|_| ArgumentError::of(parameter, NOT_UTF8));
    decoded.and_then(|texts| read_texts(parameter, texts)).map(Some).map_err(|error| vec![error])
}

fn header(parts: &Parts, parameter: &'static Parameter) -> Outcome {
    let mut joined: Option<String> = None;
    for value in parts.headers.get_all(parameter.name) {
        let text =
            std::str::from_utf8(value.as_bytes()).map_err(|_| vec![ArgumentError::of(parameter, "must be UTF-8")])?;
        match &mut joined {
            Some(joined) => {
                joined.push_str(", ");
                joined.push_str(text);
            }
            None => joined = Some(text.to_owned()),
        }
    }
    joined.map_or(Ok(None), |text| value(parameter, &[(parameter.name.into(), &text)], plain))
}

/// The text of a header, which is not encoded.
#[expect(clippy::unnecessary_wraps, reason = "other texts are decoded")]
fn plain(text: &str) -> Result<Cow<'_, str>, Utf8Error> {
    Ok(Cow::Borrowed(text))
}

fn cookie(parts: &Parts, parameter: &'static Parameter) -> Outcome {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(name, _)| *name == parameter.name);
    let text = found.map(|(_, text)| text.trim_matches('"'));
    text.map_or(Ok(None), |text| value(parameter, &[(parameter.name.into(), text)], percent_decode))
}
