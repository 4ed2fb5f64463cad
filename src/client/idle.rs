//! Limits on silence, not on the whole: a long transfer is none that hangs.
//!
//! The HTTP client has such a limit for answers, but it runs while a request is still being sent, and while the program
//! has not asked for the next part.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::parts::{PART, Parts};

/// What has left of a request so far.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<AtomicU64>);

impl Progress {
    /// A number that changes with every part.
    pub(super) fn parts(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Has the body of a request tell its progress. A short one is gone at once.
    pub(super) fn watch(request: &mut reqwest::Request) -> Option<Self> {
        let body = request.body_mut();
        if body.as_ref()?.as_bytes().is_some_and(|bytes| bytes.len() <= PART) {
            return None;
        }
        let progress = Self::default();
        let watched = Watched { body: Parts::new(body.take()?), progress: progress.clone() };
        *body = Some(reqwest::Body::wrap(watched));
        Some(progress)
    }
}

struct Watched {
    body: Parts<reqwest::Body>,
    progress: Progress,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.progress.0.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that fails when the other side is silent for too long.
pub(crate) struct IdleBody {
    body: reqwest::Body,
    limit: Duration,
    /// There while something is waited for.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl IdleBody {
    pub(crate) fn wrap(body: reqwest::Body, limit: Duration) -> reqwest::Body {
        reqwest::Body::wrap(Self { body, limit, sleep: None })
    }
}

impl Body for IdleBody {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.sleep = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let limit = self.limit;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(sleep.as_mut().poll(context));
        // By its kind the HTTP client knows a timeout.
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::TimedOut).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Waits for `future` as long as there is progress, and no longer than until `deadline`. `None`: it took too long.
pub(super) async fn patiently<T>(
    future: impl Future<Output = T>,
    limit: Duration,
    deadline: Option<Instant>,
    progress: Option<&Progress>,
) -> Option<T> {
    let mut future = std::pin::pin!(future);
    loop {
        let before = progress.map(Progress::parts);
        let left = deadline.map_or(limit, |deadline| deadline.saturating_duration_since(Instant::now()).min(limit));
        if let Ok(value) = tokio::time::timeout(left, &mut future).await {
            return Some(value);
        }
        let is_over = deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if is_over || progress.map(Progress::parts) == before {
            return None;
        }
    }
}
