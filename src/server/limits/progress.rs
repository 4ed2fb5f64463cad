//! Requests in progress: from the call of the service until the last byte of the answer is handed over.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http::Request;
use http_body::{Frame, SizeHint};

use super::Gate;
use crate::client::Parts;
use crate::server::Problem;

/// A connection of a caller.
pub(crate) struct Connection {
    pub(crate) gate: Arc<Gate>,
    pub(super) peer: IpAddr,
    /// How many requests are in progress.
    busy: AtomicUsize,
    /// How many requests there were so far.
    begun: AtomicUsize,
    /// How many answers have a part that was handed over and has not gone, since nobody asks for the next.
    stuck: AtomicUsize,
    /// How many parts of answers were asked for so far.
    asked: AtomicUsize,
}

impl Connection {
    pub(crate) fn new(gate: &Arc<Gate>, peer: IpAddr) -> Arc<Self> {
        let (busy, begun, stuck, asked) = Default::default();
        Arc::new(Self { gate: Arc::clone(gate), peer, busy, begun, stuck, asked })
    }

    /// Whether a request of the connection is in progress.
    pub(super) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire) > 0
    }

    /// A number that changes with every part of an answer that is taken; `None`: nothing waits for being taken.
    pub(super) fn taken(&self) -> Option<usize> {
        (self.stuck.load(Ordering::Acquire) > 0).then(|| self.asked.load(Ordering::Relaxed))
    }

    /// Takes note of a request that is answered at once.
    pub(crate) fn note(&self) {
        self.begun.fetch_add(1, Ordering::Relaxed);
    }

    /// A number that changes with every request.
    pub(super) fn begun(&self) -> usize {
        self.begun.load(Ordering::Relaxed)
    }
}

/// A request in progress while the value lives.
pub(crate) struct InProgress {
    pub(crate) connection: Arc<Connection>,
    /// Whether it takes a place among those that the settings allow at a time.
    has_place: bool,
}

impl InProgress {
    pub(crate) fn begin(connection: &Arc<Connection>) -> Self {
        connection.busy.fetch_add(1, Ordering::AcqRel);
        connection.note();
        Self { connection: Arc::clone(connection), has_place: false }
    }

    /// Lets the request pass, or says why not.
    pub(crate) fn admit<B>(&mut self, request: &Request<B>) -> Result<(), Problem> {
        let Self { connection, has_place } = self;
        connection.gate.admit(request, connection.peer, has_place)
    }
}

impl Drop for InProgress {
    fn drop(&mut self) {
        if self.has_place {
            self.connection.gate.leave_place();
        }
        self.connection.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The body of an answer, empty by default, whose request is in progress until it is there as a whole.
#[derive(Default)]
pub(crate) struct AnswerBody {
    body: Parts<Body>,
    /// `None`: an answer that concerns no router.
    request: Option<InProgress>,
    /// Whether the last part that was asked for was there.
    is_stuck: bool,
}

impl AnswerBody {
    pub(crate) fn new(body: Body, request: InProgress) -> Self {
        Self { body: Parts::new(body), request: Some(request), is_stuck: false }
    }

    /// Takes note of whether the other side has something to take.
    fn set_stuck(&mut self, is_stuck: bool) {
        let Some(InProgress { connection, .. }) = &self.request else { return };
        match (self.is_stuck, is_stuck) {
            (false, true) => connection.stuck.fetch_add(1, Ordering::AcqRel),
            (true, false) => connection.stuck.fetch_sub(1, Ordering::AcqRel),
            _ => return,
        };
        self.is_stuck = is_stuck;
    }
}

impl Drop for AnswerBody {
    fn drop(&mut self) {
        self.set_stuck(false);
    }
}

impl http_body::Body for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(InProgress { connection, .. }) = &self.request {
            connection.asked.fetch_add(1, Ordering::Relaxed);
        }
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.set_stuck(matches!(frame, Poll::Ready(Some(Ok(_)))));
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
