//! One route at work.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use tracing::Instrument as _;

use super::body::{self, read_body};
use super::inputs::Inputs;
use super::path::PathPattern;
use super::properties;
use super::respond::respond;
use crate::description::{Binary, Capability, InputRule, Location, Parameter, Route};
use crate::server::{Action, Context, Dispatch, Problem, binary, forward_headers};
use crate::spans::{Matched, Operation};
use crate::{RequestOptions, Settings};

/// What the routes of a surface share.
pub(crate) struct Common {
    pub(crate) namespace: &'static str,
    pub(crate) settings: Settings,
    pub(crate) dispatch: Arc<dyn Dispatch>,
}

/// A route and what answers it.
pub(crate) struct Endpoint {
    /// The name of the operation.
    name: &'static str,
    /// The path as the file writes it.
    pub(crate) path: &'static str,
    pub(crate) pattern: PathPattern,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) rules: &'static [InputRule],
    binary: Option<&'static Binary>,
    pub(crate) action: Action,
    pub(crate) common: Arc<Common>,
}

impl Endpoint {
    pub(crate) fn new(capability: &'static Capability, route: &'static Route, common: Arc<Common>) -> Self {
        Self {
            name: route.name,
            path: route.path,
            pattern: PathPattern::new(route.path_template),
            parameters: route.parameters,
            rules: route.rules,
            binary: route.binary.as_ref(),
            action: Action::new(capability, &route.action, route.parameters, &common.settings),
            common,
        }
    }

    /// Answers a request whose path is this one's.
    pub(crate) async fn respond(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Some(captures) = self.pattern.captures(parts.uri.path()) else { return not_found() };
        let inputs = Inputs::read(self, &parts, &captures);
        self.answer(inputs, parts, body).await.unwrap_or_else(IntoResponse::into_response)
    }

    /// The parameter that is the body of a request.
    fn body(&self) -> Option<(usize, &'static Parameter)> {
        self.parameters.iter().enumerate().find(|(_, parameter)| parameter.location == Location::Body)
    }

    /// Whether parameters are properties of the body.
    fn has_properties(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.location == Location::Property)
    }

    async fn answer(&self, mut inputs: Inputs, parts: Parts, body: Body) -> Result<Response, Problem> {
        let Common { namespace, settings, dispatch } = &*self.common;
        Matched::tell(&parts.extensions, || self.path.to_owned());
        let has_properties = self.has_properties();
        let whole = self.body();
        if whole.is_some() || has_properties {
            let body = read_body(&parts.headers, body, settings).await?;
            if has_properties {
                properties::read(self, &mut inputs, body.clone());
            }
            if let Some((index, parameter)) = whole {
                inputs.set(self, index, body::whole(parameter, body));
            }
        }
        let (values, query) = inputs.finish()?;
        let options = RequestOptions {
            forwarded: forward_headers(&parts.headers, &settings.forwarded_headers),
            query,
            ..RequestOptions::default()
        };
        let told = Operation::begin(namespace, self.name, &parts.headers);
        let context = Context::from_surface(namespace, parts.headers, parts.extensions, options);
        let performed = self.action.perform(values, &**dispatch, context).instrument(told.span.clone()).await;
        let performed = performed.map_err(Problem::from);
        told.end(&performed);
        let reply = performed?;
        let reply = match self.binary {
            Some(binary) => binary::hand_on(reply, binary)?,
            None => reply,
        };
        Ok(respond(reply))
    }
}

/// Answers a request by the first of the endpoints whose path it is.
pub(crate) async fn answer(endpoints: &[Endpoint], request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let found = endpoints.iter().find_map(|endpoint| Some((endpoint, endpoint.pattern.captures(path)?)));
    let Some((endpoint, captures)) = found else { return not_found() };
    let inputs = Inputs::read(endpoint, &parts, &captures);
    endpoint.answer(inputs, parts, body).await.unwrap_or_else(IntoResponse::into_response)
}

fn not_found() -> Response {
    Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path.").into_response()
}
