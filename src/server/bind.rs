use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;

use super::authentication::{self, Guard, guarded};
use super::health::{self, Draining, Probes};
use super::limits::Gate;
use super::transport::Transport;
use super::{Dispatch, Problem, ServerError};
use crate::client::HttpClients;
use crate::config::Values;
use crate::description::{Capability, Exposes, Surface};
use crate::{Error, ListenAddress, Settings};

/// The surfaces of a capability, listening.
///
/// Connections are accepted by the system from the beginning and answered as soon as [`run`](Self::run) is called.
pub struct Server {
    pub(super) listening: Vec<Listening>,
    /// The surfaces on standard input and output.
    #[cfg(feature = "mcp")]
    pub(super) stdio: Vec<crate::mcp::Handler>,
    pub(super) settings: Settings,
    pub(super) draining: Draining,
    /// What is watched of it.
    #[cfg(feature = "control")]
    pub(super) watch: Option<crate::control::Watch>,
}

/// A surface with a port.
pub(super) struct Listening {
    pub(super) surface: Exposed,
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    pub(super) router: Router,
    pub(super) gate: Arc<Gate>,
    pub(super) transport: Transport,
    /// Whether it goes on until all others have ended, to tell of them.
    pub(super) is_last: bool,
}

/// What the server of a surface is called, and where.
#[derive(Clone, Copy)]
pub(crate) struct Exposed {
    pub(crate) namespace: &'static str,
    /// The path that callers use, empty for the root.
    pub(crate) path: &'static str,
    /// The environment variable that can supply the address.
    pub(crate) variable: Option<&'static str>,
    /// The paths that tell how the server is.
    pub(crate) probes: Probes,
    /// Whether hosts and origins are checked in front of the router, which otherwise does it itself.
    pub(crate) is_guarded: bool,
    /// Whether there are spans of its requests: not of those that watch the program.
    pub(crate) is_told: bool,
}

/// Checks the configuration and listens for all surfaces that the enabled features can serve.
///
/// # Errors
///
/// All problems of the configuration at once; then the first folder that cannot be read, and the first address that cannot be
/// listened on.
pub async fn bind(
    capability: &'static Capability,
    values: Values,
    dispatch: Arc<dyn Dispatch>,
) -> Result<Server, Error> {
    values.check_to_serve(capability).map_err(Error::Config)?;
    let clients = HttpClients::new(None, &values.settings);
    let mut guards = authentication::guards(capability, &values, &clients).map_err(Error::Config)?;
    let mut server = Server::new(&values.settings);
    #[cfg(feature = "control")]
    let dispatch = server.watch.insert(crate::control::Watch::new(capability)).calls(dispatch);
    let mut addresses = values.listen_addresses.into_iter();
    for (index, exposes) in capability.exposes.iter().enumerate() {
        #[cfg(feature = "skill")]
        crate::skill::check(capability, index, &server.settings)?;
        let from_file =
            || exposes.port.map_or_else(ListenAddress::unset, |port| ListenAddress::new(exposes.address, port));
        let is_listening = !exposes.address_variable.is_empty();
        let address = is_listening.then(|| addresses.next().unwrap_or_else(from_file));
        let answering = surface(capability, index, &dispatch, &server);
        #[cfg(feature = "control")]
        let answering = answering.or_else(|| control(exposes, &server));
        match (answering, address) {
            (Some(Served::Router(router)), Some(address)) => {
                let guard = guards.get_mut(index).and_then(Option::take);
                let listening = listen_for(exposes, &address, router, guard, &server).await?;
                server.listening.push(listening);
            }
            #[cfg(feature = "mcp")]
            (Some(Served::Stdio(stdio)), _) => server.stdio.push(stdio),
            _ => tracing::info!(surface = exposes.namespace, "not served: its feature is not enabled"),
        }
    }
    Ok(server)
}

enum Served {
    Router(Router),
    #[cfg(feature = "mcp")]
    Stdio(crate::mcp::Handler),
}

/// What serves a surface; `None` without its feature.
fn surface(
    capability: &'static Capability,
    index: usize,
    dispatch: &Arc<dyn Dispatch>,
    server: &Server,
) -> Option<Served> {
    let (dispatch, settings) = (Arc::clone(dispatch), &server.settings);
    match &capability.exposes.get(index)?.surface {
        #[cfg(feature = "rest")]
        Surface::Rest { .. } => {
            let router = crate::rest::routes(capability, index, dispatch, settings);
            Some(Served::Router(documented(router, capability.exposes.get(index)?, settings)))
        }
        #[cfg(feature = "mcp")]
        Surface::Mcp { transport: crate::description::Transport::Http, .. } => {
            Some(Served::Router(crate::mcp::routes(capability, index, dispatch, settings, &server.draining)))
        }
        #[cfg(feature = "mcp")]
        Surface::Mcp { transport: crate::description::Transport::Stdio, .. } => {
            crate::mcp::Handler::of_capability(capability, index, dispatch, settings).map(Served::Stdio)
        }
        #[cfg(feature = "skill")]
        Surface::Skill { .. } => Some(Served::Router(crate::skill::routes(capability, index, settings))),
        #[allow(unreachable_patterns, reason = "depends on the features")]
        _ => None,
    }
}

/// Adds the document of a surface, if the settings allow it.
#[cfg(feature = "rest")]
fn documented(router: Router, exposes: &'static Exposes, settings: &Settings) -> Router {
    if settings.documentation { crate::rest::add_document(router, exposes) } else { router }
}

/// Adds the page that shows the document, which says nothing by itself and so is open to everyone.
fn shown(router: Router, exposes: &'static Exposes, settings: &Settings) -> Router {
    #[cfg(feature = "rest")]
    if settings.documentation {
        return crate::rest::add_page(router, exposes);
    }
    let _ = (exposes, settings);
    router
}

/// What tells of a server, if a surface is there for it.
#[cfg(feature = "control")]
fn control(exposes: &Exposes, server: &Server) -> Option<Served> {
    let is_control = matches!(exposes.surface, Surface::Control { .. });
    let watch = server.watch.as_ref().filter(|_| is_control)?;
    Some(Served::Router(crate::control::router(watch, exposes, &server.draining, &server.settings)))
}

/// The router of a surface of a capability with what stands around it.
async fn listen_for(
    exposes: &'static Exposes,
    address: &ListenAddress,
    router: Router,
    guard: Option<Arc<Guard>>,
    server: &Server,
) -> Result<Listening, ServerError> {
    let router = router.fallback(async move |request: Request| not_found(exposes, request.uri().path()));
    // Probes have no credentials. Everybody else learns nothing without, not even which paths there are.
    let router = shown(guarded(router, guard), exposes, &server.settings);
    let probes = probes(&exposes.surface);
    let router = add_probes(router, exposes, probes, server);
    #[cfg(feature = "control")]
    let router = match &server.watch {
        Some(watch) => watch.requests(router, exposes),
        None => router,
    };
    // An MCP surface checks hosts and origins itself, mounted elsewhere too.
    let (path, is_guarded) = match exposes.surface {
        Surface::Rest { .. } | Surface::Control { .. } => ("", true),
        Surface::Mcp { .. } => ("/mcp", false),
        Surface::Skill { .. } => ("/skills", true),
    };
    let variable = Some(exposes.address_variable);
    let is_control = matches!(exposes.surface, Surface::Control { .. });
    let surface = Exposed { namespace: exposes.namespace, path, variable, probes, is_guarded, is_told: !is_control };
    let gate = Gate::new(surface, &server.settings);
    #[cfg(feature = "control")]
    let gate = gate.counting(server.watch.as_ref().and_then(|watch| watch.refusals(exposes)));
    let listening = listen(surface, address, router, gate, &server.settings).await?;
    Ok(Listening { is_last: is_control, ..listening })
}

/// The paths of a surface that tell how the server is: those that the file does not use itself, or switch off.
fn probes(surface: &Surface) -> Probes {
    Probes::beside(|path| match surface {
        Surface::Rest { routes } => routes.iter().any(|route| route.path == path),
        Surface::Control { health, .. } => !health,
        _ => false,
    })
}

/// Adds the routes that tell how the server is.
fn add_probes(router: Router, exposes: &'static Exposes, probes: Probes, server: &Server) -> Router {
    #[cfg(feature = "control")]
    if let (Surface::Control { health, .. }, Some(watch)) = (&exposes.surface, &server.watch) {
        return if *health { crate::control::add_health(router, watch, &server.draining) } else { router };
    }
    let _ = exposes;
    health::add_routes(router, probes, &server.draining)
}

/// Listens at an address, if the settings allow it.
pub(super) async fn listen(
    surface: Exposed,
    address: &ListenAddress,
    router: Router,
    gate: Gate,
    settings: &Settings,
) -> Result<Listening, ServerError> {
    let namespace = surface.namespace;
    let resolved = tokio::net::lookup_host((address.host(), address.port())).await;
    let resolve = |source| ServerError::Resolve { namespace, address: address.clone(), source };
    let resolved: Vec<SocketAddr> = resolved.map_err(resolve)?.collect();
    let remote = resolved.iter().find(|address| !address.ip().is_loopback());
    if let (Some(remote), false) = (remote, settings.allow_remote) {
        return Err(ServerError::NotLoopback { namespace, ip: remote.ip(), variable: surface.variable });
    }
    let transport = Transport::new(settings.tls.as_ref())?;
    let failed = |source| ServerError::Listen { namespace, address: address.clone(), source };
    let listener = TcpListener::bind(resolved.as_slice()).await.map_err(failed)?;
    let local = listener.local_addr().map_err(failed)?;
    Ok(Listening { surface, listener, address: local, router, gate: Arc::new(gate), transport, is_last: false })
}

fn not_found(exposes: &Exposes, path: &str) -> Problem {
    #[cfg(feature = "rest")]
    if let Some(problem) = crate::rest::empty_value(exposes, path) {
        return problem;
    }
    let _ = (exposes, path);
    Problem::new(http::StatusCode::NOT_FOUND).with_detail("There is nothing at this path.")
}

impl Server {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            listening: Vec::new(),
            #[cfg(feature = "mcp")]
            stdio: Vec::new(),
            settings: settings.clone(),
            draining: Draining::default(),
            #[cfg(feature = "control")]
            watch: None,
        }
    }

    /// The address of a surface, with the real port.
    #[must_use]
    pub fn local_addr(&self, namespace: &str) -> Option<SocketAddr> {
        self.addresses().find_map(|(name, address)| (name == namespace).then_some(address))
    }

    /// The namespaces and addresses of all surfaces that have a port, in the order of the file.
    pub fn addresses(&self) -> impl Iterator<Item = (&'static str, SocketAddr)> {
        self.listening.iter().map(|listening| (listening.surface.namespace, listening.address))
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.addresses()).finish()
    }
}
