//! An upstream: the mock of a provider's document. It records what it is asked, and answers as it is told where a test needs
//! an answer that no mock gives.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::serve::ListenerExt;
use axum::{Router, serve};
use bytes::Bytes;
use capsmith_generated::planetscale_platform;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::port::Port;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// Path and query, as they stood in the request line.
    pub target: String,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Recorded {
    /// The value of a header field, or `None` where it is absent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a readable header"))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// What the upstream does with one request.
#[derive(Debug)]
#[must_use]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    delay: Duration,
}

impl Answer {
    /// An empty answer with a status code.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).expect("a status code");
        Self { status, headers: HeaderMap::new(), body: Body::empty(), delay: Duration::ZERO }
    }

    /// A body and its content type.
    pub fn body(mut self, content_type: &'static str, body: impl Into<Body>) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        self.body = body.into();
        self
    }

    /// A JSON text, sent as it is written.
    pub fn json(status: u16, text: &'static str) -> Self {
        Self::status(status).body("application/json", text)
    }

    /// A further header field.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    /// Waits before it answers.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// A JSON answer whose body is what the test sends, piece by piece.
    pub fn streamed() -> (mpsc::Sender<Bytes>, Self) {
        let (sender, receiver) = mpsc::channel(1);
        let pieces = futures_util::stream::unfold(receiver, |mut receiver: mpsc::Receiver<Bytes>| async {
            let piece = receiver.recv().await?;
            Some((Ok::<_, std::convert::Infallible>(piece), receiver))
        });
        (sender, Self::status(200).body("application/json", Body::from_stream(pieces)))
    }

    async fn into_response(self) -> Response {
        sleep(self.delay).await;
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

#[derive(Default)]
struct Log {
    connections: AtomicUsize,
    requests: Mutex<Vec<Recorded>>,
    /// Answers, those to a certain target with it.
    answers: Mutex<VecDeque<(Option<String>, Answer)>>,
}

/// A running upstream.
pub struct Upstream {
    address: SocketAddr,
    log: Arc<Log>,
}

impl Upstream {
    /// Starts PlanetScale on a free port.
    pub async fn start() -> Self {
        Self::of(planetscale_platform::mock::router()).await
    }

    /// Starts the mock of another provider on a free port.
    pub async fn of(mock: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let log = Arc::new(Log::default());
        let counted = Arc::clone(&log);
        let listener = listener.tap_io(move |_| {
            counted.connections.fetch_add(1, Ordering::Relaxed);
        });
        let app = Router::new().nest("/base", mock).layer(from_fn_with_state(Arc::clone(&log), record));
        tokio::spawn(async move { serve(listener, app).await });
        Self { address, log }
    }

    /// A base URL with the path `/base`, so that a test sees that it is kept.
    pub fn base_url(&self) -> String {
        format!("http://{}/base", self.address)
    }

    /// Queues the answer to the next request that has none yet.
    pub fn answer(&self, answer: Answer) {
        lock(&self.log.answers).push_back((None, answer));
    }

    /// Queues the answer to the next request of a target, path and query, that has none yet.
    pub fn answer_to(&self, target: &str, answer: Answer) {
        lock(&self.log.answers).push_back((Some(target.to_owned()), answer));
    }

    /// What was asked so far, or since it was last taken.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.log.requests).clone()
    }

    /// What was asked since the last call.
    pub fn take_requests(&self) -> Vec<Recorded> {
        std::mem::take(&mut *lock(&self.log.requests))
    }

    /// The one request that was made since the last call.
    pub fn only_request(&self) -> Recorded {
        let mut requests = self.take_requests();
        assert_eq!(requests.len(), 1, "one request upstream: {requests:?}");
        requests.remove(0)
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::Relaxed)
    }
}

/// Records a request, and gives it to the mock unless another answer was queued.
async fn record(State(log): State<Arc<Log>>, request: Request, mock: Next) -> Response {
    let (head, body) = request.into_parts();
    let target = head.uri.path_and_query().map_or_else(String::new, ToString::to_string);
    let body = body.collect().await.expect("a complete body").to_bytes();
    let (method, headers) = (head.method.clone(), head.headers.clone());
    let answer = {
        let mut answers = lock(&log.answers);
        let place = answers.iter().position(|(wanted, _)| wanted.as_ref().is_none_or(|wanted| *wanted == target));
        place.and_then(|place| answers.remove(place))
    };
    lock(&log.requests).push(Recorded { method, target, headers, body: body.clone() });
    match answer {
        Some((_, answer)) => answer.into_response().await,
        None => mock.run(Request::from_parts(head, Body::from(body))).await,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A base URL that nothing listens at.
pub fn unreachable_base_url() -> String {
    let port = Port::free();
    let url = format!("http://{}", port.address());
    // Nobody else may get the port while the process lives.
    std::mem::forget(port);
    url
}
