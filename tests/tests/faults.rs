//! Upstreams that misbehave, and callers that leave: every caller gets an answer in bounded time, nothing that is not idempotent
//! is sent twice, and nobody has to help the server on its feet again.

use std::time::Duration;

use bytes::Bytes;
use capsmith_tests::alone::platform_backups::Config;
use capsmith_tests::capabilities::Running;
use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::child::PATIENCE;
use capsmith_tests::faulty::{Fault, Faulty, Then};
use capsmith_tests::http1::{Answer, get, open, request, send};
use capsmith_tests::mcp;
use capsmith_tests::port::Port;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use serde_json::json;
use tokio::time::timeout;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";
/// It says that it closes the connection: whoever does so without a word may do it while the next request is on its way.
const GOOD: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 11\r\n\r\n{\"data\":[]}";
const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const NOW_AND_THEN: Duration = Duration::from_millis(20);
const AT_ONCE: Duration = Duration::ZERO;

fn fault(start: impl Into<Vec<u8>>, then: Then) -> Fault {
    Fault { start: start.into(), then }
}

/// How long the server waits for an upstream.
#[derive(Clone, Copy)]
struct Patience {
    silence: Duration,
    exchange: Duration,
}

/// For faults that time alone can end. Nothing else may come of them, however slow the machine is.
const LITTLE: Patience = Patience { silence: Duration::from_millis(300), exchange: Duration::from_secs(1) };
/// For faults that end by themselves, which a machine that has much to do must not forestall.
const MUCH: Patience = Patience { silence: PATIENCE, exchange: PATIENCE };

impl Patience {
    /// What shows that an upstream has this status as its answer.
    fn until(status: u16) -> Self {
        if status == 504 { LITTLE } else { MUCH }
    }

    fn set(self, config: &mut Config) {
        config.settings.connect_timeout = PATIENCE;
        config.settings.read_timeout = self.silence;
        config.settings.timeout = Some(self.exchange);
    }
}

/// The server in front of an upstream.
async fn in_front_of(base_url: &str, patience: Patience) -> Running {
    let mut config = config(base_url);
    patience.set(&mut config);
    config.settings.max_response_body = 1024 * 1024;
    start(config).await
}

/// Calls the tool, which needs the whole of the upstream's answer, and gives back the error that it must get.
async fn tool_error(running: &Running) -> String {
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main" });
    let result = timeout(PATIENCE, mcp::call(running.mcp, "list-backups", arguments)).await.expect("an answer in time");
    mcp::error_text(&result).to_owned()
}

/// Sends a request to the REST surface: the status, and whether the body arrived as a whole.
async fn fate(running: &Running, request: Request<Full<Bytes>>) -> (StatusCode, bool) {
    let answered = async {
        let response = open(running.rest, request).await;
        (response.status(), response.into_body().collect().await.is_ok())
    };
    timeout(PATIENCE, answered).await.expect("an answer in time")
}

/// Whether an answer of the REST surface arrives as a whole. What breaks off early enough breaks the connection before the head
/// is on its way.
async fn arrives(running: &Running) -> bool {
    let address = running.rest;
    let task =
        tokio::spawn(async move { open(address, request("GET", BACKUPS)).await.into_body().collect().await.is_ok() });
    timeout(PATIENCE, task).await.expect("an end in time").unwrap_or(false)
}

/// Answers that have no head that anybody could read.
fn without_head() -> Vec<(&'static str, Fault, u16)> {
    let repeat = |bytes, pause| Then::Repeat(bytes, pause);
    vec![
        ("closes the connection", fault("", Then::Close), 502),
        ("resets the connection", fault("", Then::Reset), 502),
        ("says nothing", fault("", Then::Hold), 504),
        ("speaks TLS", fault(*b"\x15\x03\x01\x00\x02\x02\x28", Then::Close), 502),
        ("speaks something else", fault("220 mail.example.org ESMTP\r\n", Then::Hold), 502),
        ("breaks off in the head", fault("HTTP/1.1 200 OK\r\ncontent-ty", Then::Close), 502),
        ("halts in the head", fault("HTTP/1.1 200 OK\r\ncontent-ty", Then::Hold), 504),
        (
            "has two lengths",
            fault(format!("{HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}} "), Then::Close),
            502,
        ),
        ("has no end of fields", fault("HTTP/1.1 200 OK\r\n", repeat("x-a: b\r\n", AT_ONCE)), 502),
        ("drips its fields", fault("HTTP/1.1 200 OK\r\n", repeat("x-a: b\r\n", NOW_AND_THEN)), 504),
        ("has no end of interim answers", fault("", repeat("HTTP/1.1 100 Continue\r\n\r\n", NOW_AND_THEN)), 504),
        ("has no status", fault("HTTP/1.1 banana\r\n\r\n", Then::Close), 502),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_a_head_is_a_problem() {
    for (what, fault, status) in without_head() {
        let upstream = Faulty::start(fault);
        let running = in_front_of(&upstream.base_url(), Patience::until(status)).await;
        let answer: Answer = timeout(PATIENCE, get(running.rest, BACKUPS)).await.expect("an answer in time");
        assert_eq!(answer.status, status, "an upstream that {what}: {answer:?}");
        answer.problem();
        assert!(tool_error(&running).await.contains("upstream"), "an upstream that {what}");
    }
}

/// For bodies that time alone can end, but not before the head has come.
const HALTING: Patience = Patience { silence: Duration::from_secs(3), exchange: PATIENCE };

/// Answers whose head is as it should be.
fn with_head() -> Vec<(&'static str, Fault, Patience)> {
    let chunked = |rest: &str| format!("{HEAD}transfer-encoding: chunked\r\n\r\n{rest}");
    vec![
        ("is shorter than it says", fault(format!("{HEAD}content-length: 9\r\n\r\n{{}}"), Then::Close), MUCH),
        ("is torn off", fault(format!("{HEAD}content-length: 9\r\n\r\n{{}}"), Then::Reset), MUCH),
        ("halts", fault(format!("{HEAD}content-length: 9\r\n\r\n{{}}"), Then::Hold), HALTING),
        ("has no chunks", fault(chunked("zz\r\n{}"), Then::Close), MUCH),
        ("has a chunk that is too long", fault(chunked("ffffffffffffffffff\r\n{}"), Then::Close), MUCH),
        ("lacks the last chunk", fault(chunked("2\r\n{}\r\n"), Then::Close), MUCH),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_not_whole_is_not_passed_on_as_one() {
    for (what, fault, patience) in with_head() {
        let upstream = Faulty::start(fault);
        let running = in_front_of(&upstream.base_url(), patience).await;
        assert!(!arrives(&running).await, "a body that {what}");
        assert!(tool_error(&running).await.contains("upstream"), "a body that {what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_without_an_end_is_not_waited_for() {
    let drip = Then::Repeat("1\r\n[\r\n", NOW_AND_THEN);
    let flood = Then::Repeat("10\r\n[[[[[[[[[[[[[[[[\r\n", AT_ONCE);
    let dripping = Patience { silence: PATIENCE, exchange: Duration::from_secs(3) };
    for (then, patience, reason) in [(drip, dripping, "did not end in time"), (flood, MUCH, "larger than")] {
        let upstream = Faulty::start(fault(format!("{HEAD}transfer-encoding: chunked\r\n\r\n"), then));
        let running = in_front_of(&upstream.base_url(), patience).await;
        let error = tool_error(&running).await;
        assert!(error.contains(reason), "{then:?}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redirects_in_a_circle_end() {
    let location =
        format!("HTTP/1.1 302 Found\r\nlocation: {BACKUPS}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    let upstream = Faulty::start(fault(location, Then::Close));
    let running = in_front_of(&upstream.base_url(), MUCH).await;
    assert_eq!(fate(&running, request("GET", BACKUPS)).await.0, 302, "the last one is the answer");
    assert!(upstream.requests().len() <= 11, "{}", upstream.requests().len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_something_is_sent_once() {
    for (what, fault, status) in without_head() {
        let upstream = Faulty::start(fault);
        let mut config = config(&upstream.base_url());
        Patience::until(status).set(&mut config);
        config.settings.retries.max = 3;
        config.settings.retries.delay = Duration::from_millis(1);
        let running = start(config).await;
        let (status, is_whole) = fate(&running, request("POST", BACKUPS)).await;
        assert!(status.is_server_error() && is_whole, "an upstream that {what}: {status}");
        assert_eq!(
            upstream.requests(),
            [format!("POST {} HTTP/1.1", BACKUPS.trim_start_matches("/v1"))],
            "an upstream that {what}"
        );
    }
}

/// The upstream closes a connection that was kept when a request is already on its way: what only reads is sent once more,
/// whatever else may have been done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_ends_as_it_is_used_costs_a_reader_nothing() {
    let kept = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"data\":[]}";
    let upstream = Faulty::start(fault(kept, Then::CloseAtNext));
    let mut config = config(&upstream.base_url());
    MUCH.set(&mut config);
    // Nor does it count as a failure of the upstream.
    config.settings.breaker.failures = 1;
    let running = start(config).await;
    for round in 1..=3 {
        assert_eq!(fate(&running, request("GET", BACKUPS)).await, (StatusCode::OK, true), "{round}");
    }
    assert_eq!(upstream.requests().len(), 4, "the second is sent twice, and the third has a new connection");
    assert_eq!(fate(&running, request("POST", BACKUPS)).await, (StatusCode::BAD_GATEWAY, true));
    assert_eq!(upstream.requests().len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_that_comes_back_is_used_again() {
    let port = Port::free();
    let upstream = Faulty::start_at(&port, fault(GOOD, Then::Hold));
    let running = in_front_of(&upstream.base_url(), MUCH).await;
    assert_eq!(get(running.rest, BACKUPS).await.status, 200);
    upstream.stop().await;
    for method in ["GET", "POST"] {
        let (status, is_whole) = fate(&running, request(method, BACKUPS)).await;
        assert!(status == 502 && is_whole, "{method}: {status}");
    }
    for round in 0..3 {
        let upstream = Faulty::start_at(&port, fault(GOOD, Then::Close));
        for method in ["POST", "GET"] {
            assert_eq!(fate(&running, request(method, BACKUPS)).await, (StatusCode::OK, true), "{method} {round}");
        }
        assert_eq!(upstream.requests().len(), 2);
        upstream.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_callers_at_once_all_get_an_answer() {
    let faults = without_head();
    for (what, fault, _) in faults.into_iter().filter(|(_, _, status)| *status == 504) {
        let upstream = Faulty::start(fault);
        let running = in_front_of(&upstream.base_url(), LITTLE).await;
        let callers = (0..100).map(|_| send(running.rest, request("GET", BACKUPS)));
        let answers = timeout(PATIENCE, futures_util::future::join_all(callers)).await.expect("answers in time");
        assert!(answers.iter().all(|answer| answer.status == 504), "an upstream that {what}");
        assert_eq!(get(running.rest, "/health/ready").await.status, 200, "an upstream that {what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_leaves_takes_its_request_along() {
    let upstream = Faulty::start(fault("", Then::Hold));
    let running = start(config(&upstream.base_url())).await;
    let caller = tokio::spawn(get(running.rest, BACKUPS));
    let arrived = async {
        while upstream.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, arrived).await.expect("the request arrives");
    caller.abort();
    timeout(PATIENCE, upstream.abandoned()).await.expect("the upstream is told");
}
