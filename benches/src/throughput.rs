//! Requests per second, latency, start-up and memory of the generated server, beside its hand-written peer.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE, HOST};
use http::{Method, Request};
use hyper::body::Bytes;
use serde_json::{Value, json};

use crate::load::{Round, Shot, once, round};
use crate::process::Served;
use crate::report::{Report, median};
use crate::{BenchError, Settings};

const PATH: &str = "/organizations/acme/databases/shop/branches/main/backups";
/// In every list of the upstream.
const EXPECTED: &str = "backup0009";

/// Starts the three servers, loads them in turn and adds the tables to `report`.
pub(crate) async fn measure(settings: &Settings, report: &mut Report) -> Result<(), BenchError> {
    let upstream = Served::start("serve-upstream", None, 1).await?;
    let base = format!("http://{}/v1", upstream.addresses[0]);
    let (handwritten, handwritten_start) = start("serve-handwritten", &base, 1, handwritten_shot).await?;
    let (generated, generated_start) = start("serve-generated", &base, 2, generated_shot).await?;
    Served::settle().await;
    let idle = [generated.resident_kib()?, handwritten.resident_kib()?];

    let servers = [
        Loaded { shot: generated_shot(generated.addresses[0]), process: &generated },
        Loaded { shot: handwritten_shot(handwritten.addresses[0]), process: &handwritten },
    ];
    let rest = alternate(settings, &servers).await?;
    report.rest(&rest, [generated_start, handwritten_start], idle);

    let tool = Loaded { shot: tool_shot(generated.addresses[1]), process: &generated };
    let rounds = alternate(settings, std::slice::from_ref(&tool)).await?;
    report.mcp(&rounds);
    Ok(())
}

/// A server under load.
pub(crate) struct Loaded<'a> {
    /// What it is asked.
    pub(crate) shot: Shot,
    /// Its process.
    pub(crate) process: &'a Served,
}

/// What the rounds of one server measured.
pub(crate) struct Measured {
    /// Requests per second, a round each.
    pub(crate) per_second: Vec<f64>,
    /// 99th percentile of latency in microseconds, a round each.
    pub(crate) p99: Vec<f64>,
    /// Median latency in microseconds, a round each.
    pub(crate) p50: Vec<f64>,
    /// Processor time of the server a request, in microseconds, a round each.
    pub(crate) processor: Vec<f64>,
}

/// Loads the servers in turn, so that a drift of the machine's speed meets all of them.
pub(crate) async fn alternate(settings: &Settings, servers: &[Loaded<'_>]) -> Result<Vec<Measured>, BenchError> {
    let mut measured: Vec<Measured> = servers.iter().map(|_| Measured::empty()).collect();
    for server in servers {
        round(&server.shot, Duration::from_secs(1)).await?;
    }
    for _ in 0..settings.rounds {
        for (server, measured) in servers.iter().zip(&mut measured) {
            let before = server.process.processor_ticks()?;
            let result = round(&server.shot, settings.round).await?;
            measured.add(&result, server.process.processor_ticks()? - before);
        }
    }
    Ok(measured)
}

impl Measured {
    fn empty() -> Self {
        Self { per_second: Vec::new(), p99: Vec::new(), p50: Vec::new(), processor: Vec::new() }
    }

    #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    fn add(&mut self, round: &Round, ticks: u64) {
        self.per_second.push(round.per_second());
        self.p99.push(round.latencies.value_at_quantile(0.99) as f64);
        self.p50.push(round.latencies.value_at_quantile(0.5) as f64);
        self.processor.push(ticks as f64 * 10_000.0 / round.answers.max(1) as f64);
    }

    /// The median over the rounds of this server's requests per second through the peer's of the same turn.
    pub(crate) fn ratio(&self, peer: &Self) -> f64 {
        let ratios: Vec<f64> = self.per_second.iter().zip(&peer.per_second).map(|(own, peer)| own / peer).collect();
        median(&ratios)
    }
}

/// Starts a server several times; gives the last one, and the median time from the start of the process to the end of
/// the first answer.
async fn start(
    role: &'static str,
    base: &str,
    listeners: usize,
    shot: fn(SocketAddr) -> Shot,
) -> Result<(Served, f64), BenchError> {
    let mut milliseconds = Vec::new();
    loop {
        let served = Served::start(role, Some(base), listeners).await?;
        once(&shot(served.addresses[0])).await?;
        milliseconds.push(Instant::now().duration_since(served.started).as_secs_f64() * 1_000.0);
        if milliseconds.len() == 7 {
            return Ok((served, median(&milliseconds)));
        }
    }
}

pub(crate) fn generated_shot(address: SocketAddr) -> Shot {
    get("generated", address, &format!("/v1{PATH}"))
}

fn handwritten_shot(address: SocketAddr) -> Shot {
    get("hand-written", address, &format!("/v1{PATH}"))
}

fn get(server: &'static str, address: SocketAddr, path: &str) -> Shot {
    Shot { server, address, request: request(Method::GET, address, path, Bytes::new()), expect: EXPECTED }
}

pub(crate) fn tool_shot(address: SocketAddr) -> Shot {
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main" });
    let request = tool_call(address, "list-backups", &arguments);
    Shot { server: "generated (MCP)", address, request, expect: EXPECTED }
}

/// A `tools/call`, outside of any session.
pub(crate) fn tool_call(address: SocketAddr, tool: &str, arguments: &Value) -> Request<Bytes> {
    let params = json!({ "name": tool, "arguments": arguments });
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    let mut request = request(Method::POST, address, "/mcp", Bytes::from(call.to_string()));
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT, http::HeaderValue::from_static("application/json, text/event-stream"));
    headers.insert("mcp-protocol-version", http::HeaderValue::from_static("2025-06-18"));
    request
}

/// A request of HTTP/1.1.
pub(crate) fn request(method: Method, address: SocketAddr, path: &str, body: Bytes) -> Request<Bytes> {
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = path.parse().unwrap_or_default();
    if let Ok(host) = address.to_string().parse() {
        request.headers_mut().insert(HOST, host);
    }
    request
}
