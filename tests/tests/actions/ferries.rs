//! The capability of `ferries.yaml`, served on free ports, and the office that it asks.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use capsmith::ListenAddress;
use capsmith_tests::upstream::Upstream;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::{AbortHandle, yield_now};

capsmith::include_capability!("capabilities/ferries.yaml", name = ferries);

use ferries::{Client, Config, bind};

/// The capability at work, in front of the office. It stops when the value is dropped.
pub(crate) struct Ferries {
    /// Where its REST surface listens.
    pub(crate) rest: SocketAddr,
    /// Where its MCP surface listens.
    pub(crate) mcp: SocketAddr,
    /// The office.
    pub(crate) office: Upstream,
    task: AbortHandle,
}

impl Ferries {
    /// Serves in front of an office.
    pub(crate) async fn of(office: Router) -> Self {
        let office = Upstream::of(office).await;
        let base_url = office.base_url();
        Self::at(office, base_url).await
    }

    /// Serves with another base URL.
    pub(crate) async fn at(office: Upstream, base_url: String) -> Self {
        let config = Config {
            ferries_base_url: base_url.into(),
            ferries_rest_addr: ListenAddress::new("127.0.0.1", 0),
            ferries_tools_addr: ListenAddress::new("127.0.0.1", 0),
            currency: Some("hunter2".into()),
            ..Config::default()
        };
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp) = (address("ferries-rest"), address("ferries-tools"));
        Self { rest, mcp, office, task: tokio::spawn(server.run()).abort_handle() }
    }

    /// What was asked for, sorted.
    pub(crate) fn targets(&self) -> Vec<String> {
        let mut targets: Vec<String> = self
            .office
            .take_requests()
            .iter()
            .map(|request| format!("{} {}", request.method, request.target))
            .collect();
        targets.sort();
        targets
    }
}

impl Drop for Ferries {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An office with one crossing.
pub(crate) fn office() -> Router {
    crossings().merge(others())
}

/// What the steps of a manifest ask for first.
fn crossings() -> Router {
    let crossing = json!({
        "from": "Turku", "to": "Åland", "crew": [7, "9", 8], "ship": {"name": "Astrid", "decks": "3"},
        "routes": ["Turku-Åland"],
    });
    let crew = json!([
        {"id": "7", "name": "Aino", "rank": "captain", "age": 50},
        {"id": 8, "name": "Eino", "rank": "cook"},
        {"id": 7, "name": "Nobody", "rank": "captain"},
    ]);
    Router::new()
        .route("/crossings/{crossing}", get(async move || json_text(&crossing)))
        .route("/crew", get(async move || json_text(&crew)))
}

fn others() -> Router {
    let fare = json!({"price": {"amount": "12.5", "steps": [{"amount": 10}, {"amount": 2.5}]}, "currency": "EUR"});
    Router::new()
        .route("/fares/{route}", get(async move || json_text(&fare)))
        .route("/ports", get(async || "code,title\nTKU,Turku\nMHQ,Mariehamn\n"))
        .route("/holds/{hold}", delete(async || StatusCode::NO_CONTENT))
        .route("/bookings", post(async || (StatusCode::CREATED, [("x-booking", "5")], json_text(&json!({"id": 5})))))
}

fn json_text(value: &Value) -> impl IntoResponse + use<> {
    ([("content-type", "application/json")], value.to_string())
}

/// An office that tells about crossings and crews only when two have asked.
pub(crate) fn answering_together() -> Router {
    let barrier = Arc::new(Barrier::new(2));
    let together = crossings().layer(from_fn(move |request: Request, next: Next| {
        let barrier = Arc::clone(&barrier);
        async move {
            barrier.wait().await;
            next.run(request).await
        }
    }));
    together.merge(others())
}

/// An office that notes when a request begins and when it ends.
pub(crate) fn noting() -> (Router, Arc<Mutex<Vec<String>>>) {
    let notes: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&notes);
    let office = office().layer(from_fn(move |request: Request, next: Next| note(Arc::clone(&kept), request, next)));
    (office, notes)
}

async fn note(notes: Arc<Mutex<Vec<String>>>, request: Request, next: Next) -> Response {
    let name = request.method().to_string();
    let write = |word: &str| notes.lock().expect("whole notes").push(format!("{name} {word}"));
    write("begins");
    // Others that are on their way arrive meanwhile.
    for _ in 0..100 {
        yield_now().await;
    }
    let response = next.run(request).await;
    write("ends");
    response
}
