//! What is worked out once, when a client is built.

use http::{HeaderName, HeaderValue};
use url::Url;

use super::authentication::Credentials;
use super::body::PreparedBody;
use super::circuit::Circuit;
use super::encode::{cookie_pair, query_pair};
use super::http_client::HttpClients;
use super::template::Bound;
use crate::config::{ConfigProblem, Values};
use crate::description::{Capability, Constant, Location, Operation, Piece};

/// An upstream, ready to be called.
pub(crate) struct Upstream {
    pub(crate) namespace: &'static str,
    /// The base URL. Requests set path and query of a copy, which spares them parsing the rest.
    pub(crate) base: Url,
    /// The path of the base URL without a trailing `/`.
    pub(crate) base_path: String,
    pub(crate) credentials: Credentials,
    pub(crate) http: reqwest::Client,
    pub(crate) circuit: Circuit,
    /// Whether the base URL is shown nowhere.
    pub(crate) is_secret: bool,
}

impl Upstream {
    pub(crate) fn new(
        namespace: &'static str,
        base: Url,
        credentials: Credentials,
        clients: &HttpClients<'_>,
    ) -> Result<Self, ConfigProblem> {
        let http = clients.for_url(&base)?;
        let base_path = base.path().trim_end_matches('/').to_owned();
        let circuit = Circuit::new(namespace, clients.settings().breaker);
        Ok(Self { namespace, base, base_path, credentials, http, circuit, is_secret: false })
    }
}

/// An operation, ready to be encoded.
pub(crate) struct PreparedOperation {
    pub(crate) operation: &'static Operation,
    pub(crate) method: http::Method,
    pub(crate) path: Bound,
    pub(crate) constants: Vec<PreparedConstant>,
    /// The body that the file writes.
    pub(crate) body: Option<PreparedBody>,
    /// For each input, its name as a header.
    header_names: Vec<Option<HeaderName>>,
}

/// A parameter whose value the file gives.
pub(crate) enum PreparedConstant {
    Header(HeaderName, HeaderValue),
    /// An encoded pair of the query.
    Query(String),
    /// A pair of the `Cookie` header.
    Cookie(String),
    /// A value that depends on inputs.
    Template {
        name: &'static str,
        location: Location,
        value: Bound,
    },
}

impl PreparedOperation {
    pub(crate) fn new(
        capability: &Capability,
        operation: &'static Operation,
        values: &Values,
    ) -> Result<Self, ConfigProblem> {
        let path = Bound::path(operation.path_template, values).ok_or_else(|| {
            let variable = operation.path_template.iter().find_map(|piece| match *piece {
                Piece::Bind(bind) if values.secret(bind).is_none() => capability.binds.get(bind),
                _ => None,
            });
            ConfigProblem::MissingSecret { variable: variable.map_or("", |bind| bind.source_key) }
        })?;
        let header_names = operation.inputs.iter().map(|parameter| match parameter.location {
            Location::Header => header_name(operation, parameter.name).map(Some),
            _ => Ok(None),
        });
        let constants =
            operation.constants.iter().filter_map(|constant| prepare(operation, constant, values).transpose());
        Ok(Self {
            operation,
            method: operation.method.into(),
            path,
            constants: constants.collect::<Result<_, _>>()?,
            body: operation.body.as_ref().map(|body| PreparedBody::new(body, values)),
            header_names: header_names.collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn header_name(&self, input: usize) -> Option<&HeaderName> {
        self.header_names.get(input)?.as_ref()
    }
}

/// `None`: a secret in it is absent, which the settings allow.
fn prepare(
    operation: &'static Operation,
    constant: &'static Constant,
    values: &Values,
) -> Result<Option<PreparedConstant>, ConfigProblem> {
    let Some(value) = Bound::plain(constant.value, values) else { return Ok(None) };
    let name = constant.name;
    let Some(text) = value.fixed() else {
        return Ok(Some(PreparedConstant::Template { name, location: constant.location, value }));
    };
    Ok(Some(match constant.location {
        Location::Header => {
            let mut value = HeaderValue::from_bytes(text.as_bytes())
                .map_err(|_| ConfigProblem::InvalidHeader { operation: operation.name, name })?;
            value.set_sensitive(constant.value.iter().any(|piece| matches!(piece, Piece::Bind(_))));
            PreparedConstant::Header(header_name(operation, name)?, value)
        }
        Location::Cookie => PreparedConstant::Cookie(cookie_pair(name, text)),
        _ => PreparedConstant::Query(query_pair(name, text)),
    }))
}

fn header_name(operation: &'static Operation, name: &'static str) -> Result<HeaderName, ConfigProblem> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| ConfigProblem::InvalidHeader { operation: operation.name, name })
}
