use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::http1::{get, send};
use super::recorder::{self, Recorder};
use super::shop::{self, Client, Config, Handlers, operations};
use super::{TOKEN, config, serve};
use crate::{Context, Error, ListenAddress, Problem, Reply, ServerError};

#[tokio::test]
async fn every_listener_tells_its_health() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    for address in [running.rest, running.mcp] {
        for path in ["/health/live", "/health/ready"] {
            let answer = get(address, path).await;
            assert_eq!((answer.status, answer.json()), (200, json!({"status": "UP"})));
            assert_eq!(answer.header("content-type"), Some("application/json"));
        }
        assert_eq!(get(address, "/nowhere").await.problem()["status"], 404);
    }
    assert_eq!(get(running.mcp, "/v1/shops/a/items").await.status, 404);
}

#[tokio::test]
async fn ports_of_zero_become_real_ones() {
    let recorder = Recorder::json(200, "{}").await;
    let config = config(&recorder);
    let server = shop::bind(config.clone(), Client::new(&config).unwrap()).await.unwrap();
    let addresses: Vec<_> = server.addresses().collect();
    assert_eq!(addresses.iter().map(|(namespace, _)| *namespace).collect::<Vec<_>>(), ["shop-rest", "shop-mcp"]);
    assert!(addresses.iter().all(|(_, address)| address.port() != 0 && address.ip().is_loopback()));
    assert_eq!((server.local_addr("shop-rest"), server.local_addr("other")), (Some(addresses[0].1), None));
}

#[tokio::test]
async fn an_incomplete_configuration_is_reported_at_once() {
    let recorder = Recorder::json(200, "{}").await;
    let client = Client::new(&config(&recorder)).unwrap();
    let error = shop::bind(Config::default(), client).await.unwrap_err();
    let message = format!("{error:?}");
    assert!(message.contains("API_BASE_URL") && message.contains("SHOP_TOKEN"), "{message}");
}

async fn bind_error(recorder: &Recorder, address: ListenAddress) -> ServerError {
    let mut config = config(recorder);
    config.shop_mcp_addr = address;
    match shop::bind(config.clone(), Client::new(&config).unwrap()).await.unwrap_err() {
        Error::Server(error) => error,
        error => panic!("{error}"),
    }
}

#[tokio::test]
async fn addresses_that_others_can_reach_need_a_setting() {
    let recorder = Recorder::json(200, "{}").await;
    let error = bind_error(&recorder, ListenAddress::new("0.0.0.0", 0)).await;
    assert!(matches!(error, ServerError::NotLoopback { .. }), "{error}");
    assert!(error.to_string().contains("SHOP_MCP_ADDR"), "{error}");
    let mut config = config(&recorder);
    config.shop_mcp_addr = ListenAddress::new("0.0.0.0", 0);
    config.settings.allow_remote = true;
    assert!(shop::bind(config.clone(), Client::new(&config).unwrap()).await.is_ok());
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let recorder = Recorder::json(200, "{}").await;
    let error = bind_error(&recorder, recorder.address.into()).await;
    assert!(matches!(error, ServerError::Listen { .. }), "{error}");
    let message = format!("{:?}", Error::from(error));
    assert!(message.contains(&recorder.address.to_string()) && message.contains("caused by"), "{message}");
    let error = bind_error(&recorder, ListenAddress::new("no.such.host.invalid", 1)).await;
    assert!(matches!(error, ServerError::Resolve { .. }), "{error}");
}

/// Takes its time, and tells when it begins.
struct Slow(Client, Duration, Arc<Notify>);

impl Handlers for Slow {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn getitem(&self, _: operations::Getitem, _: Context) -> Result<Reply, Problem> {
        self.2.notify_one();
        tokio::time::sleep(self.1).await;
        Ok(Reply::new(json!({"done": true})))
    }
}

/// A request in progress on a server that is told to stop; gives what the client got and how long stopping took.
async fn stop_during_a_request(work: Duration, drain: Duration) -> (String, Duration) {
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    config.settings.drain_timeout = drain;
    let at_work = Arc::new(Notify::new());
    let handlers = Slow(Client::new(&config).unwrap(), work, Arc::clone(&at_work));
    let server = shop::bind(config.clone(), handlers).await.unwrap();
    let address = server.local_addr("shop-rest").unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run_until(async move {
        let _ = stopped.await;
    }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /v1/shops/a/items/1 HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    at_work.notified().await;
    let began = Instant::now();
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    let took = began.elapsed();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
    (answer, took)
}

#[tokio::test]
async fn requests_in_progress_end_before_the_server_does() {
    let (answer, took) = stop_during_a_request(Duration::from_millis(500), Duration::from_secs(60)).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"done":true}"#), "{answer}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[tokio::test]
async fn a_long_answer_is_in_progress_until_it_is_taken() {
    /// Has one value that no buffer of the system holds.
    struct Long(Client);

    impl Handlers for Long {
        fn client(&self) -> &Client {
            &self.0
        }

        async fn getitem(&self, _: operations::Getitem, _: Context) -> Result<Reply, Problem> {
            Ok(Reply::new(json!("x".repeat(LENGTH))))
        }
    }

    const LENGTH: usize = 16 * 1024 * 1024;
    const REQUEST: &[u8] = b"GET /v1/shops/a/items/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    config.settings.max_concurrency = 1;
    let server = shop::bind(config.clone(), Long(Client::new(&config).unwrap())).await.unwrap();
    let address = server.local_addr("shop-rest").unwrap();
    let running = tokio::spawn(server.run_until(std::future::pending()));
    let mut first = TcpStream::connect(address).await.unwrap();
    first.write_all(REQUEST).await.unwrap();
    let mut answer = vec![0; 12];
    first.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200");
    let mut second = TcpStream::connect(address).await.unwrap();
    second.write_all(REQUEST).await.unwrap();
    let mut refused = String::new();
    second.read_to_string(&mut refused).await.unwrap();
    assert!(refused.starts_with("HTTP/1.1 503 "), "{}", &refused[..100]);
    first.read_to_end(&mut answer).await.unwrap();
    assert!(answer.len() > LENGTH);
    running.abort();
}

#[tokio::test]
async fn draining_is_bounded() {
    let (answer, took) = stop_during_a_request(Duration::from_secs(60), Duration::from_millis(200)).await;
    assert_eq!(answer, "");
    assert!(took < Duration::from_secs(30), "{took:?}");
}

/// Keeps every field of every span and event.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl tracing::field::Visit for &Log {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("capsmith")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn requests_are_logged_without_queries_headers_or_bodies() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let recorder = Recorder::new(|_, _| recorder::json(500, r#"{"body":"from-upstream"}"#)).await;
    let running = serve(config(&recorder)).await;
    // A place that another test was just logging from when the guard came would else count as one that nobody listens to.
    tracing::callsite::rebuild_interest_cache();
    let headers = [("X-Trace", "from-header"), ("Content-Type", "application/json")];
    send(running.rest, "GET /v1/shops/acme/items?tag=from-query", &headers, "").await;
    send(running.rest, "POST /v1/shops/acme/items", &headers, r#"{"a":"from-body"}"#).await;
    let log = log.0.lock().unwrap().clone();
    let address = running.rest.to_string();
    for shown in [
        "path=\"/v1/shops/acme/items\"",
        "http.request.method=\"GET\"",
        "status=500",
        "operation=\"listitems\"",
        &address,
    ] {
        assert!(log.contains(shown), "{shown} is not in {log}");
    }
    for hidden in [TOKEN, "from-query", "from-header", "from-body", "from-upstream"] {
        assert!(!log.contains(hidden), "{hidden} is in {log}");
    }
}

#[tokio::test]
async fn web_pages_from_elsewhere_are_refused_on_rest_too() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    for (header, status) in [
        ("Host: evil.example", "403"),
        ("Host: localhost\r\nOrigin: http://evil.example", "403"),
        ("Host: localhost\r\nOrigin: http://localhost:3000", "200"),
    ] {
        let mut stream = TcpStream::connect(running.rest).await.unwrap();
        let request = format!("GET /v1/shops/a/items/1 HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{header}: {answer}");
    }
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() {
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    config.settings.body_timeout = Duration::from_millis(100);
    let running = serve(config).await;
    let mut stream = TcpStream::connect(running.rest).await.unwrap();
    let request = "POST /v1/shops/a/items HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n\
                   Content-Length: 100\r\n\r\n{";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn headers_that_a_handler_sets_are_sent() {
    struct Cookies(Client);

    impl Handlers for Cookies {
        fn client(&self) -> &Client {
            &self.0
        }

        async fn getitem(&self, _: operations::Getitem, _: Context) -> Result<Reply, Problem> {
            let value = http::HeaderValue::from_static("seen=1");
            Ok(Reply::new(json!({})).with_header(http::header::SET_COOKIE, value))
        }
    }

    let recorder = Recorder::json(200, "{}").await;
    let config = config(&recorder);
    let server = shop::bind(config.clone(), Cookies(Client::new(&config).unwrap())).await.unwrap();
    let address = server.local_addr("shop-rest").unwrap();
    tokio::spawn(server.run());
    assert_eq!(get(address, "/v1/shops/a/items/1").await.header("set-cookie"), Some("seen=1"));
}
