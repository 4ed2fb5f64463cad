//! A server in front of a router that can be made anew, which keeps what was last answered.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;
use tower_service::Service as _;

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

pub(crate) struct Exchange {
    pub(crate) url: String,
    router: Arc<Mutex<Router>>,
    last: Arc<Mutex<Option<Answered>>>,
}

impl Exchange {
    pub(crate) async fn new() -> std::io::Result<Self> {
        let router = Arc::new(Mutex::new(Router::new()));
        let last = Arc::new(Mutex::new(None));
        let (current, kept) = (Arc::clone(&router), Arc::clone(&last));
        let answer = async move |request: Request| {
            let mut router = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let (parts, body) = match router.call(request).await {
                Ok(response) => response.into_parts(),
                Err(never) => match never {},
            };
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            let answered = Answered { status: parts.status, headers: parts.headers.clone(), body: body.clone() };
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(answered);
            Response::from_parts(parts, Body::from(body))
        };
        let address = listen(Router::new().fallback(answer)).await?;
        Ok(Self { url: format!("http://{address}"), router, last })
    }

    /// From now on this router answers.
    pub(crate) fn renew(&self, router: Router) {
        *self.router.lock().unwrap_or_else(PoisonError::into_inner) = router;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What was answered since then.
    pub(crate) fn last(&self) -> Option<Answered> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Serves a router on a free port until the program ends.
pub(crate) async fn listen(router: Router) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}
