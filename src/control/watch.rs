//! Where what is counted comes from: layers around the routers of surfaces, and around what answers operations.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::{Method, StatusCode};

use super::metrics::Metrics;
use crate::arguments::{ArgumentError, Arguments};
use crate::client::Client;
use crate::description::{Capability, Exposes, Surface};
use crate::server::{Context, Dispatch, Dispatched, Problem, Scripted};
use crate::server::{LIVE, READY};

/// What is watched of a server.
#[derive(Clone)]
pub(crate) struct Watch {
    pub(super) capability: &'static Capability,
    /// Where the control surface has metrics.
    pub(super) metrics: Option<Arc<Metrics>>,
    pub(super) started: Instant,
}

impl Watch {
    pub(crate) fn new(capability: &'static Capability) -> Self {
        let mut surfaces = capability.exposes.iter();
        let has_metrics = surfaces.any(|exposes| matches!(exposes.surface, Surface::Control { metrics: true, .. }));
        let metrics = has_metrics.then(|| Arc::new(Metrics::new(capability)));
        Self { capability, metrics, started: Instant::now() }
    }

    /// What answers operations, with its calls counted.
    pub(crate) fn calls(&self, dispatch: Arc<dyn Dispatch>) -> Arc<dyn Dispatch> {
        match &self.metrics {
            Some(metrics) => Arc::new(Counted { dispatch, metrics: Arc::clone(metrics) }),
            None => dispatch,
        }
    }

    /// What counts the requests to a surface that do not reach its router.
    pub(crate) fn refusals(&self, exposes: &Exposes) -> Option<Refusals> {
        let surface = self.capability.exposes.iter().position(|other| std::ptr::eq(other, exposes))?;
        Some(Refusals { metrics: self.metrics.clone()?, surface })
    }

    /// The router of a surface, with its requests counted.
    pub(crate) fn requests(&self, router: Router, exposes: &Exposes) -> Router {
        let Some(Refusals { metrics, surface }) = self.refusals(exposes) else { return router };
        let numbers = Arc::new(routes(self.capability, surface));
        router.layer(from_fn(move |request: Request, next: Next| {
            let (metrics, numbers) = (Arc::clone(&metrics), Arc::clone(&numbers));
            async move { count(&metrics, &numbers, surface, request, next).await }
        }))
    }
}

/// Counts the requests to a surface that its router gives no answer to.
pub(crate) struct Refusals {
    metrics: Arc<Metrics>,
    surface: usize,
}

impl Refusals {
    pub(crate) fn count(&self, status: StatusCode, duration: Duration) {
        self.metrics.request(self.surface, None, status, duration);
    }
}

/// The routes of a surface by their methods and paths, as axum has these.
type Routes = HashMap<(Method, String), usize>;

fn routes(capability: &'static Capability, surface: usize) -> Routes {
    #[cfg(feature = "rest")]
    if let Some(Surface::Rest { routes }) = capability.exposes.get(surface).map(|exposes| &exposes.surface) {
        let mut numbers = Routes::new();
        for (index, route) in routes.iter().enumerate() {
            let path = crate::rest::PathPattern::new(route.path_template).route();
            if let Ok(method) = route.method.as_str().parse() {
                numbers.entry((method, path)).or_insert(index);
            }
        }
        return numbers;
    }
    let _ = (capability, surface);
    Routes::new()
}

async fn count(metrics: &Arc<Metrics>, routes: &Routes, surface: usize, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().and_then(|path| {
        // A route for GET answers HEAD as well.
        let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
        routes.get(&(method, path.as_str().to_owned())).copied()
    });
    if route.is_none() && matches!(request.uri().path(), LIVE | READY) {
        return next.run(request).await;
    }
    let started = Instant::now();
    let active = metrics.active(surface);
    let response = next.run(request).await;
    drop(active);
    metrics.request(surface, route, response.status(), started.elapsed());
    response
}

/// A dispatcher whose calls are counted.
struct Counted {
    dispatch: Arc<dyn Dispatch>,
    metrics: Arc<Metrics>,
}

impl Dispatch for Counted {
    fn client(&self) -> Option<&Client> {
        self.dispatch.client()
    }

    fn dispatch(&self, operation: usize, arguments: Arguments, context: Context) -> Dispatched {
        let call = self.dispatch.dispatch(operation, arguments, context);
        let metrics = Arc::clone(&self.metrics);
        Box::pin(async move {
            let started = Instant::now();
            let outcome = call.await;
            let status = outcome.as_ref().map_or_else(Problem::status, |reply| reply.status);
            metrics.call(operation, status, started.elapsed());
            outcome
        })
    }

    fn script(&self, script: usize, arguments: Arguments, context: Context) -> Result<Scripted, ArgumentError> {
        self.dispatch.script(script, arguments, context)
    }

    #[cfg(feature = "mcp")]
    fn mcp_prompt(&self, prompt: crate::mcp::Prompt, context: Context) -> crate::server::Prompted {
        self.dispatch.mcp_prompt(prompt, context)
    }

    #[cfg(feature = "mcp")]
    fn mcp_completion(&self, completion: crate::mcp::Completion, context: Context) -> crate::server::Completed {
        self.dispatch.mcp_completion(completion, context)
    }

    #[cfg(feature = "mcp")]
    fn mcp_updates(&self) -> Option<crate::mcp::Updates> {
        self.dispatch.mcp_updates()
    }

    #[cfg(feature = "mcp")]
    fn tool_meter(&self, surface: usize) -> Option<super::ToolMeter> {
        Some(super::ToolMeter { metrics: Arc::clone(&self.metrics), surface })
    }
}
