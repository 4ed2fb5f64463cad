//! Inputs and constants of an operation as the parts of a request (RFC 3986, RFC 9110, RFC 6265).

use std::borrow::Cow;
use std::collections::HashSet;

use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::form_urlencoded::{byte_serialize, parse};

use super::body::PreparedBody;
use super::percent::encode_value;
use super::prepare::{PreparedConstant, PreparedOperation};
use super::template::BoundPiece;
use crate::arguments::{Argument, ArgumentError, Arguments};
use crate::description::{Location, Parameter};
use crate::openapi::joined;

/// Everything that is not a cookie octet (RFC 6265, section 4.1.1), and `%` so that it can be undone.
const COOKIE_VALUE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b',').add(b';').add(b'\\');

/// The parts of a request that come from inputs and constants.
#[derive(Clone)]
pub(crate) struct Encoded {
    /// The path with that of the base URL before it.
    pub(crate) path: String,
    /// The query without its `?`.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: String,
    pub(crate) body: Option<bytes::Bytes>,
}

impl Encoded {
    /// Encodes the arguments of an operation on top of `headers`, which lose against them.
    pub(crate) fn new(
        prepared: &PreparedOperation,
        base_path: &str,
        arguments: &mut Arguments,
        headers: HeaderMap,
    ) -> Result<Self, ArgumentError> {
        let inputs = prepared.operation.inputs;
        let path = path(prepared, base_path, arguments)?;
        let mut encoded = Self { path, query: String::new(), headers, cookies: String::new(), body: None };
        for constant in &prepared.constants {
            encoded.constant(constant, arguments)?;
        }
        for (index, parameter) in inputs.iter().enumerate() {
            if parameter.location == Location::Body {
                encoded.body = arguments.take(index).map(|body| body.into_json().into_bytes());
                if encoded.body.is_none() && parameter.required {
                    return Err(ArgumentError::missing(parameter));
                }
                continue;
            }
            let Some(argument) = arguments.get(index) else {
                if parameter.required {
                    return Err(ArgumentError::missing(parameter));
                }
                continue;
            };
            if let (Some(schema), Argument::Typed(value)) = (parameter.schema, argument) {
                if !matches!(parameter.location, Location::Path | Location::Template) {
                    joined::push(&mut encoded, parameter, schema, value)?;
                }
                continue;
            }
            match parameter.location {
                Location::Path | Location::Body | Location::Property | Location::Template => {}
                Location::Query => encoded.push_query_argument(parameter.name, argument),
                Location::Header => encoded.header(prepared.header_name(index), parameter, argument)?,
                Location::Cookie => encoded.push_cookie(&cookie_pair(parameter.name, &argument.to_text())),
            }
        }
        if let Some(body) = &prepared.body {
            encoded.written(body, prepared, arguments)?;
        } else if encoded.body.is_some() {
            // A file may name a more special type as a constant header.
            encoded.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        Ok(encoded)
    }

    /// Puts the body in that the file writes.
    fn written(
        &mut self,
        body: &PreparedBody,
        prepared: &PreparedOperation,
        arguments: &Arguments,
    ) -> Result<(), ArgumentError> {
        let Some(rendered) = body.render(arguments, prepared.operation.inputs)? else { return Ok(()) };
        if rendered.is_binding {
            self.headers.insert(CONTENT_TYPE, rendered.content_type);
        } else {
            self.headers.entry(CONTENT_TYPE).or_insert(rendered.content_type);
        }
        self.body = Some(rendered.bytes);
        Ok(())
    }

    fn constant(&mut self, constant: &PreparedConstant, arguments: &Arguments) -> Result<(), ArgumentError> {
        match constant {
            PreparedConstant::Header(name, value) => {
                self.headers.insert(name.clone(), value.clone());
            }
            PreparedConstant::Query(pair) => self.push_query(pair),
            PreparedConstant::Cookie(pair) => self.push_cookie(pair),
            PreparedConstant::Template { name, location, value } => {
                let Some(text) = value.render(arguments) else { return Ok(()) };
                match location {
                    Location::Header => {
                        let error = || ArgumentError::new(*name, Some(Location::Header), NOT_A_HEADER_VALUE);
                        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| error())?;
                        self.headers.insert(header, header_value(&text).ok_or_else(error)?);
                    }
                    Location::Cookie => self.push_cookie(&cookie_pair(name, &text)),
                    _ => self.push_query(&query_pair(name, &text)),
                }
            }
        }
        Ok(())
    }

    fn header(
        &mut self,
        name: Option<&HeaderName>,
        parameter: &Parameter,
        argument: &Argument,
    ) -> Result<(), ArgumentError> {
        let text = match argument {
            Argument::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| Argument::from_value(item.clone())).collect();
                Cow::Owned(items.iter().map(Argument::to_text).collect::<Vec<_>>().join(","))
            }
            argument => argument.to_text(),
        };
        let value = header_value(&text).ok_or_else(|| ArgumentError::of(parameter, NOT_A_HEADER_VALUE))?;
        if let Some(name) = name {
            self.headers.insert(name.clone(), value);
        }
        Ok(())
    }

    pub(crate) fn push_query(&mut self, pair: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(pair);
    }

    fn push_query_argument(&mut self, name: &str, argument: &Argument) {
        let Argument::Array(items) = argument else {
            return self.push_query(&query_pair(name, &argument.to_text()));
        };
        for item in items {
            let item = Argument::from_value(item.clone());
            self.push_query(&query_pair(name, &item.to_text()));
        }
    }

    pub(crate) fn push_cookie(&mut self, pair: &str) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(pair);
    }

    /// Makes the header `Cookie` of the collected pairs.
    pub(crate) fn finish_cookies(&mut self) {
        if !self.cookies.is_empty()
            && let Some(mut value) = header_value(&self.cookies)
        {
            value.set_sensitive(true);
            self.headers.insert(COOKIE, value);
        }
    }
}

const NOT_A_HEADER_VALUE: &str = "must not contain line breaks or other control characters";

/// Text as the value of a header: no control characters, so no further header can be smuggled in.
fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_bytes(text.as_bytes()).ok()
}

/// A pair of `application/x-www-form-urlencoded`, the encoding of queries (WHATWG URL, section 5).
pub(crate) fn query_pair(name: &str, value: &str) -> String {
    let mut pair: String = byte_serialize(name.as_bytes()).collect();
    pair.push('=');
    pair.extend(byte_serialize(value.as_bytes()));
    pair
}

/// A query of our own behind that of a caller, who cannot give our parameters other values.
pub(super) fn with_callers(own: &str, given: &str) -> String {
    let names: HashSet<_> = parse(own.as_bytes()).map(|(name, _)| name).collect();
    let is_free = |pair: &&str| parse(pair.as_bytes()).next().is_some_and(|(name, _)| !names.contains(&name));
    let pairs = given.split('&').filter(is_free).chain((!own.is_empty()).then_some(own));
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) fn cookie_pair(name: &str, value: &str) -> String {
    format!("{name}={}", utf8_percent_encode(value, COOKIE_VALUE))
}

/// Whether a value can be a segment of a path. `.` and `..` cannot be, however they are encoded: they would be
/// resolved (RFC 3986, section 5.2.4) and the request would go elsewhere.
#[cfg(feature = "__server")]
pub(crate) fn check_segment(parameter: &Parameter, value: &str) -> Result<(), ArgumentError> {
    match value {
        "" => Err(ArgumentError::of(parameter, "must not be empty")),
        "." | ".." => Err(ArgumentError::of(parameter, format!("must not be `{value}`"))),
        _ => Ok(()),
    }
}

/// Whether a segment is `.` or `..`, also where the file has encoded a dot (WHATWG URL, section 4.4).
fn is_dots(segment: &str) -> bool {
    matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}

fn path(prepared: &PreparedOperation, base_path: &str, arguments: &Arguments) -> Result<String, ArgumentError> {
    let mut path = String::with_capacity(base_path.len() + 128);
    path.push_str(base_path);
    let mut dots = None;
    for piece in &prepared.path.0 {
        match piece {
            BoundPiece::Text(text) => path.push_str(text),
            BoundPiece::Input(input) | BoundPiece::Field(input, _) => {
                let Some(parameter) = prepared.operation.inputs.get(*input) else { continue };
                let argument = arguments.get(*input).ok_or_else(|| ArgumentError::missing(parameter))?;
                if let (Some(schema), Argument::Typed(value), BoundPiece::Input(_)) =
                    (parameter.schema, argument, piece)
                {
                    let text = joined::inline(parameter, schema, value)?;
                    if is_dots(&text) {
                        dots = Some(parameter);
                    }
                    path.push_str(&text);
                    continue;
                }
                let value = piece.value(arguments).unwrap_or_default();
                if value.is_empty() {
                    return Err(ArgumentError::of(parameter, "must not be empty"));
                }
                if value.bytes().all(|byte| byte == b'.') {
                    dots = Some(parameter);
                }
                path.push_str(&encode_value(&value));
            }
        }
    }
    // Dots are harmless beside other text in one segment, so the whole segment decides.
    if let Some(parameter) = dots
        && let Some(segment) = path.split('/').find(|segment| is_dots(segment))
    {
        return Err(ArgumentError::of(parameter, format!("must not make the segment `{segment}` of a path")));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{is_dots, with_callers};

    #[test]
    fn our_parameters_are_taken_over_the_callers() {
        for (own, given, expected) in [
            ("", "", ""),
            ("", "a=1&b", "a=1&b"),
            ("key=1", "", "key=1"),
            ("key=1&v=2", "a=%20&k%65y=2&v&c=3", "a=%20&c=3&key=1&v=2"),
        ] {
            assert_eq!(with_callers(own, given), expected, "{given}");
        }
    }

    #[test]
    fn an_encoded_dot_is_a_dot() {
        assert!([".", "..", "%2e", ".%2E", "%2e%2e"].into_iter().all(is_dots));
        assert!(!["", "...", "%2e%2e%2e", ".a", "%252e"].into_iter().any(is_dots));
    }
}
