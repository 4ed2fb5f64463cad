//! The requests of a connection on their way to the router.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use futures_util::future::Either;
use http::{Request, Response};
use hyper::body::Incoming;
use tower_layer::Layer as _;
use tower_service::Service;

use super::limits::{AnswerBody, Connection, InProgress};
use super::{cors, request_log};

/// What answers the requests of a connection.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    connection: Arc<Connection>,
}

type Answered = Result<Response<AnswerBody>, Infallible>;

impl Caller {
    pub(crate) fn new(router: Router, connection: Arc<Connection>) -> Self {
        Self { router, connection }
    }

    pub(crate) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// Answers a request, as a page of another origin may read it where the settings say so.
    pub(crate) fn answer(&self, request: Request<Incoming>) -> impl Future<Output = Answered> + use<> {
        match &self.connection.gate.cors {
            Some(layer) if cors::concerns(&request) => {
                if cors::is_preflight(&request) {
                    self.connection.note();
                }
                Either::Right(layer.layer(self.clone()).call(request))
            }
            _ => Either::Left(self.pass(request)),
        }
    }

    fn pass(&self, request: Request<Incoming>) -> impl Future<Output = Answered> + use<> {
        let (router, progress) = (self.router.clone(), InProgress::begin(&self.connection));
        async move { Ok(request_log::answer(router, progress, request).await) }
    }
}

impl Service<Request<Incoming>> for Caller {
    type Response = Response<AnswerBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Answered> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        Box::pin(self.pass(request))
    }
}
