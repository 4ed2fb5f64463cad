//! How long a caller may be silent, on any kind of connection.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::{Connection, Timeouts};
use crate::server::Problem;

/// A stream that fails when its other end is silent for longer than the settings allow: before a request, within the head of
/// one, or while it should take what is sent to it. While a request is in progress others watch over it.
pub(crate) struct Patient<S> {
    stream: S,
    connection: Arc<Connection>,
    phase: Phase,
    /// How many requests there were when the phase began.
    begun: usize,
    /// Goes off when the phase has taken too long, or before.
    timer: Pin<Box<Sleep>>,
    /// There while something cannot be sent.
    sending: Option<Pin<Box<Sleep>>>,
    /// What had been taken of answers in progress when the timer went off last.
    taken: Option<usize>,
    protocol: Protocol,
}

/// What is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The first request.
    Opening,
    /// The rest of the head of a request of HTTP/1.1. The timer is not set until it is known that it has to be waited for.
    Head { is_timed: bool },
    /// An answer of this server.
    Busy,
    /// A further request.
    Idle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Unknown,
    Http1,
    Http2,
}

impl<S> Patient<S> {
    pub(crate) fn new(stream: S, connection: &Arc<Connection>) -> Self {
        Self {
            stream,
            connection: Arc::clone(connection),
            phase: Phase::Opening,
            begun: 0,
            timer: Box::pin(sleep(connection.gate.timeouts.head)),
            sending: None,
            taken: None,
            protocol: Protocol::Unknown,
        }
    }

    fn arrived(&mut self, bytes: &[u8]) {
        if self.protocol == Protocol::Unknown && !bytes.is_empty() {
            // RFC 9113, section 3.4.
            self.protocol = if bytes.starts_with(b"PRI ") { Protocol::Http2 } else { Protocol::Http1 };
        }
        // In HTTP/2 requests are no more than some of the frames, whose number is limited in other places.
        let begun = self.connection.begun();
        let is_new = self.begun != begun || !matches!(self.phase, Phase::Head { .. });
        if is_new && self.protocol == Protocol::Http1 && !self.connection.is_busy() {
            self.phase = Phase::Head { is_timed: false };
            self.begun = begun;
        }
    }

    /// What is waited for now that nothing has arrived. HTTP libraries do not ask again when a request has been answered, so
    /// that it ended is seen when the timer goes off. Requests pay for no timer that way.
    fn enter(&mut self) {
        let timeouts = &self.connection.gate.timeouts;
        let before = std::mem::replace(&mut self.begun, self.connection.begun());
        let (phase, limit) = match self.phase {
            _ if self.connection.is_busy() => (Phase::Busy, None),
            // A request may have come and been answered since.
            _ if self.begun != before => (Phase::Idle, Some(timeouts.keep_alive)),
            Phase::Busy => (Phase::Idle, Some(timeouts.keep_alive)),
            Phase::Head { is_timed: false } => (Phase::Head { is_timed: true }, Some(timeouts.head)),
            phase => (phase, None),
        };
        self.phase = phase;
        if let Some(limit) = limit {
            self.timer.as_mut().reset(after(limit));
        }
    }
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.enter();
        while self.timer.as_mut().poll(context).is_ready() {
            match self.phase {
                // Windows of HTTP/2 hold an answer back while the stream could be written to.
                Phase::Busy => {
                    let taken = self.connection.taken().filter(|_| self.protocol == Protocol::Http2);
                    let before = std::mem::replace(&mut self.taken, taken);
                    if before.is_some() && before == self.taken {
                        return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                    }
                    let Timeouts { keep_alive, send, .. } = self.connection.gate.timeouts;
                    self.timer.as_mut().reset(after(if self.taken.is_some() { send } else { keep_alive }));
                }
                Phase::Head { .. } => {
                    // Whoever does not take a few bytes gets none.
                    let mut stream = Pin::new(&mut self.stream);
                    let _ = stream.as_mut().poll_write(context, &too_late());
                    let _ = stream.poll_flush(context);
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
                Phase::Opening | Phase::Idle => return Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            }
        }
        Poll::Pending
    }

    /// What writing has come to, unless it takes too long.
    fn poll_sent<T>(&mut self, context: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.sending = None;
            return outcome;
        }
        let limit = self.connection.gate.timeouts.send;
        let timer = self.sending.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

/// When a time will be over; one that is too long to be told will not be.
fn after(limit: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(limit.min(YEAR)).unwrap_or(now)
}

/// The answer to a head that does not end. The HTTP library has no request yet that it could answer.
fn too_late() -> Vec<u8> {
    let problem =
        Problem::new(StatusCode::REQUEST_TIMEOUT).with_detail("The head of the request did not arrive in time.");
    let body = problem.to_json();
    let length = body.as_str().len();
    format!(
        "HTTP/1.1 408 Request Timeout\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Patient<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        if let Poll::Ready(outcome) = Pin::new(&mut this.stream).poll_read(context, buffer) {
            this.arrived(buffer.filled().get(before..).unwrap_or_default());
            return Poll::Ready(outcome);
        }
        this.poll_silence(context)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.poll_sent(context, outcome)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_write_vectored(context, parts);
        this.poll_sent(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_flush(context);
        this.poll_sent(context, outcome)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let outcome = Pin::new(&mut this.stream).poll_shutdown(context);
        this.poll_sent(context, outcome)
    }
}
