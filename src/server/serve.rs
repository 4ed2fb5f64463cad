//! Serving one router, as capabilities are served.

use axum::Router;
use http::StatusCode;

use super::bind::{Exposed, listen};
use super::{Problem, Server, health};
use crate::openapi::Api;
use crate::{Error, ListenAddress, Settings};

impl Server {
    /// Listens for a router at an address. `uses` tells the paths that it has itself.
    pub(crate) async fn of_router(
        surface: Exposed,
        address: &ListenAddress,
        router: Router,
        uses: impl Fn(&str) -> bool,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let mut server = Self::new(settings);
        let router = health::add_routes(router, uses, &server.draining);
        let router =
            router.fallback(async || Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path."));
        server.listening.push(listen(surface, address, router, settings).await?);
        Ok(server)
    }
}

/// Serves the operations of an API at an address until SIGTERM or ctrl-c, then lets requests in progress end.
///
/// # Errors
///
/// When the address cannot be listened on, and when the signals cannot be received.
pub async fn serve_router(
    api: &'static Api,
    address: impl Into<ListenAddress>,
    router: Router,
    settings: &Settings,
) -> Result<(), Error> {
    let surface = Exposed { namespace: api.name, path: "", variable: None, is_guarded: true };
    let uses = |path: &str| api.operations.iter().any(|operation| operation.is_served && operation.path == path);
    Server::of_router(surface, &address.into(), router, uses, settings).await?.run().await
}
