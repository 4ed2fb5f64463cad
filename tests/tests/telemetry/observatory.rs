//! The capability at work on free ports, watched by a collector.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use capsmith::ListenAddress;
use capsmith::telemetry::{Builder, Guard};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::SubscriberExt as _;

use super::collector::{Collector, Told};

capsmith::include_capability!("capabilities/observatory.yaml", lints = deny);

pub(crate) use observatory::CAPABILITY;
use observatory::{Client, Config, bind};

/// What must be in no span, metric or log: the secrets of the upstreams.
pub(crate) const TOKEN: &str = "sesame-token-4711";
pub(crate) const KEY: &str = "sesame-key-0815";

/// Headers of the requests that an upstream got, with the path of each.
pub(crate) type Seen = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// The capability at work. Whatever its thread does is told to its own collector.
pub(crate) struct Observatory {
    pub(crate) control: SocketAddr,
    pub(crate) rest: SocketAddr,
    pub(crate) mcp: SocketAddr,
    pub(crate) collector: Collector,
    pub(crate) seen: Seen,
    guard: Guard,
    _subscriber: DefaultGuard,
}

impl Observatory {
    /// With telemetry as the file says.
    pub(crate) async fn open() -> Self {
        Self::with(|builder| builder).await
    }

    /// With other settings of telemetry.
    pub(crate) async fn with(set: impl FnOnce(Builder) -> Builder) -> Self {
        let collector = Collector::start();
        let (guard, subscriber) = watch(set(Builder::of(&CAPABILITY)), &collector);
        let (base_url, seen) = upstreams().await;
        let free = || ListenAddress::new("127.0.0.1", 0);
        let mut config = Config {
            stars_base_url: base_url.as_str().into(),
            notes_base_url: base_url.as_str().into(),
            observatory_rest_addr: free(),
            observatory_tools_addr: free(),
            control_addr: free(),
            token: Some(TOKEN.into()),
            key: Some(KEY.into()),
            ..Config::default()
        };
        config.settings.body_timeout = Duration::from_secs(1);
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (control, rest) = (address("control"), address("observatory-rest"));
        let mcp = address("observatory-tools");
        tokio::spawn(server.run());
        Self { control, rest, mcp, collector, seen, guard, _subscriber: subscriber }
    }

    /// The spans so far.
    pub(crate) fn spans(&self) -> Vec<Told> {
        self.guard.flush();
        self.collector.spans()
    }

    /// The headers that an upstream got with a request for a path.
    pub(crate) fn headers(&self, path: &str) -> HeaderMap {
        let seen = self.seen.lock().unwrap();
        let found = seen.iter().find(|(target, _)| target == path);
        found.unwrap_or_else(|| panic!("nobody asked for {path}: {seen:?}")).1.clone()
    }
}

/// Has all that this thread does from now on told to a collector.
pub(crate) fn watch(builder: Builder, collector: &Collector) -> (Guard, DefaultGuard) {
    let (layer, guard) = builder.endpoint(collector.url()).build().expect("telemetry");
    let subscriber = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    // A place that another test was just passing when the subscriber came would else count as one that nobody listens to.
    tracing::callsite::rebuild_interest_cache();
    (guard, subscriber)
}

fn answer(body: &serde_json::Value) -> impl IntoResponse + use<> {
    ([(CONTENT_TYPE, "application/json")], body.to_string())
}

/// Both upstreams at one address.
async fn upstreams() -> (String, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let keep = from_fn(move |request: Request, next: Next| {
        kept.lock().unwrap().push((request.uri().path().to_owned(), request.headers().clone()));
        next.run(request)
    });
    let star = async || answer(&json!({"id": "vega", "name": "Vega", "body": "sesame-answer"}));
    let notes = async || answer(&json!([{"star": "vega", "text": "bright"}]));
    let router = Router::new()
        .route("/stars/vega", get(star).put(async || StatusCode::NO_CONTENT))
        .route("/stars/nova", get(async || StatusCode::SERVICE_UNAVAILABLE))
        .route("/desks/{key}/notes/{id}", get(notes))
        .layer(keep);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(axum::serve(listener, router).into_future());
    (format!("http://{address}"), seen)
}

/// Calls an upstream once, and logs by what the trace went on.
pub(crate) async fn ask_once() {
    let (base_url, seen) = upstreams().await;
    let config = Config {
        stars_base_url: base_url.as_str().into(),
        notes_base_url: base_url.as_str().into(),
        token: Some(TOKEN.into()),
        key: Some(KEY.into()),
        ..Config::default()
    };
    Client::new(&config).expect("a client").get_star("vega").await.expect("a star");
    let seen = seen.lock().unwrap();
    for name in ["traceparent", "b3"].into_iter().filter(|name| seen[0].1.contains_key(*name)) {
        tracing::info!("asked with {name}");
    }
}
