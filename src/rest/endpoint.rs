//! One route at work.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;

use super::body::read_body;
use super::inputs::Inputs;
use super::path::PathPattern;
use super::respond::respond;
use crate::description::{Capability, Location, Parameter, Route};
use crate::server::{Action, Context, Dispatch, Problem, forward_headers};
use crate::{RequestOptions, Settings};

/// What the routes of a surface share.
pub(crate) struct Common {
    pub(crate) namespace: &'static str,
    pub(crate) settings: Settings,
    pub(crate) dispatch: Arc<dyn Dispatch>,
}

/// A route and what answers it.
pub(crate) struct Endpoint {
    pub(crate) pattern: PathPattern,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) action: Action,
    pub(crate) common: Arc<Common>,
}

impl Endpoint {
    pub(crate) fn new(capability: &'static Capability, route: &'static Route, common: Arc<Common>) -> Self {
        Self {
            pattern: PathPattern::new(route.path_template),
            parameters: route.parameters,
            action: Action::new(capability, &route.action, route.parameters),
            common,
        }
    }

    /// The parameter that is the body of a request.
    fn body(&self) -> Option<(usize, &'static Parameter)> {
        self.parameters.iter().enumerate().find(|(_, parameter)| parameter.location == Location::Body)
    }

    async fn answer(&self, mut inputs: Inputs, parts: Parts, body: Body) -> Result<Response, Problem> {
        let Common { namespace, settings, dispatch } = &*self.common;
        if let Some((index, parameter)) = self.body() {
            let outcome = read_body(parameter, &parts.headers, body, settings).await?;
            inputs.set(self, index, outcome.map_err(|error| vec![error]));
        }
        let (values, query) = inputs.finish()?;
        let options = RequestOptions {
            forwarded: forward_headers(&parts.headers, &settings.forwarded_headers),
            query,
            ..RequestOptions::default()
        };
        let context = Context::from_surface(namespace, parts.headers, parts.extensions, options);
        Ok(self.action.perform(values, &**dispatch, context).await.map(respond)?)
    }
}

/// Answers a request by the first of the endpoints whose path it is.
pub(crate) async fn answer(endpoints: &[Endpoint], request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let found = endpoints.iter().find_map(|endpoint| Some((endpoint, endpoint.pattern.captures(path)?)));
    let Some((endpoint, captures)) = found else {
        return Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path.").into_response();
    };
    let inputs = Inputs::read(endpoint, &parts, &captures);
    endpoint.answer(inputs, parts, body).await.unwrap_or_else(IntoResponse::into_response)
}
