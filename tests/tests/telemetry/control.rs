//! What the control surface shows of traces and logs.

use std::time::Duration;

use bytes::Bytes;
use capsmith_tests::child::PATIENCE;
use capsmith_tests::http1::{get, open, request, request_with_json, send};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::observatory::Observatory;

#[tokio::test]
async fn recent_traces_are_listed_and_shown() {
    let observatory = Observatory::open().await;
    get(observatory.rest, "/stars/vega/sheet").await;
    get(observatory.rest, "/stars/nova").await;
    let list = get(observatory.control, "/traces").await.json();
    let names: Vec<_> =
        list["traces"].as_array().unwrap().iter().map(|trace| (&trace["name"], &trace["status"])).collect();
    let (failed, fine) = (json!("GET /stars/{id}"), json!("GET /stars/{id}/sheet"));
    assert_eq!(names, [(&failed, &json!("ERROR")), (&fine, &json!("OK"))], "the latest first, and not this request");
    let trace = &list["traces"][1];
    assert_eq!(trace["spans"], 7, "{trace}");
    let shown = get(observatory.control, &format!("/traces/{}", trace["traceId"].as_str().unwrap())).await.json();
    let spans = shown["spans"].as_array().unwrap();
    assert_eq!((&spans[0]["name"], &spans[0]["kind"]), (&fine, &json!("server")), "{shown:#}");
    assert_eq!(spans[0]["attributes"]["http.response.status_code"], 200);
    assert_eq!(spans[1]["parentSpanId"], spans[0]["spanId"]);
    for other in ["/traces/4bf92f3577b34da6a3ce929d0e0e4736", "/traces/x"] {
        assert_eq!(get(observatory.control, other).await.problem()["status"], 404);
    }
}

#[tokio::test]
async fn callers_decide_on_no_more_than_a_part_of_what_is_kept() {
    let observatory = Observatory::open().await;
    get(observatory.rest, &format!("/{}", "x".repeat(4000))).await;
    let list = get(observatory.control, "/traces").await.json();
    let id = list["traces"][0]["traceId"].as_str().unwrap();
    let shown = get(observatory.control, &format!("/traces/{id}")).await.json();
    let path = shown["spans"][0]["attributes"]["url.path"].as_str().unwrap();
    assert!(path.starts_with("/xx") && path.ends_with("x…") && path.len() < 600, "{path}");
}

#[tokio::test]
async fn as_many_traces_are_kept_as_the_file_says() {
    let observatory = Observatory::open().await;
    for _ in 0..15 {
        get(observatory.rest, "/stars/vega").await;
    }
    let list = get(observatory.control, "/traces").await.json();
    assert_eq!(list["traces"].as_array().unwrap().len(), 10, "{list}");
}

async fn level(observatory: &Observatory, level: &str) -> (u16, Value) {
    let answer =
        send(observatory.control, request_with_json("PUT", "/logs", json!({"level": level}).to_string())).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn the_level_of_the_log_can_be_read_and_changed() {
    let observatory = Observatory::open().await;
    assert_eq!(get(observatory.control, "/logs").await.json(), json!({"level": "info"}));
    assert_eq!(level(&observatory, "DEBUG").await, (200, json!({"level": "debug"})));
    assert_eq!(get(observatory.control, "/logs").await.json(), json!({"level": "debug"}));
    for wrong in ["loud", "1", "hyper=debug", ""] {
        let (status, problem) = level(&observatory, wrong).await;
        assert_eq!((status, &problem["status"]), (400, &json!(400)), "{wrong}: {problem}");
    }
    let large = request_with_json("PUT", "/logs", format!(r#"{{"level":"{}"}}"#, "x".repeat(2000)));
    assert_eq!(send(observatory.control, large).await.status, 400);
    let answer = send(observatory.control, request("POST", "/logs")).await;
    assert_eq!((answer.problem()["status"].as_u64(), answer.header("allow")), (Some(405), "GET,HEAD,PUT"));
    // Traces do not depend on the level of the log.
    level(&observatory, "off").await;
    get(observatory.rest, "/stars/vega").await;
    assert!(!observatory.spans().is_empty());
}

#[tokio::test]
async fn a_level_that_does_not_arrive_is_not_waited_for() {
    let observatory = Observatory::open().await;
    let mut stream = TcpStream::connect(observatory.control).await.unwrap();
    let head = "PUT /logs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answer)).await.expect("an answer in time").unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

/// The next event that has data.
async fn next(body: &mut Incoming, rest: &mut String) -> (String, String) {
    loop {
        if let Some((event, after)) = rest.split_once("\n\n").map(|(event, after)| (event.to_owned(), after.to_owned()))
        {
            *rest = after;
            let field =
                |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
            if !field("data: ").is_empty() {
                return (field("event: "), field("data: "));
            }
            continue;
        }
        let frame = timeout(PATIENCE, body.frame()).await.expect("an event");
        let data: Bytes = frame.expect("a stream that goes on").expect("a stream").into_data().unwrap_or_default();
        rest.push_str(std::str::from_utf8(&data).expect("UTF-8"));
    }
}

#[tokio::test]
async fn the_log_can_be_followed_by_as_many_as_the_file_allows() {
    let observatory = Observatory::open().await;
    let answer = open(observatory.control, request("GET", "/logs/stream")).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let (mut body, mut rest) = (answer.into_body(), String::new());
    assert_eq!(get(observatory.control, "/logs/stream").await.problem()["status"], 503, "one follows already");

    get(observatory.rest, "/stars/vega?unknown=sesame-query").await;
    let (event, line) = next(&mut body, &mut rest).await;
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((event.as_str(), &line["message"], &line["fields"]["status"]), ("log", &json!("answered"), &json!(400)));
    assert_eq!((&line["level"], &line["target"]), (&json!("INFO"), &json!("capsmith::spans::request")), "{line}");
    assert!(line["time"].as_str().unwrap().ends_with('Z'), "{line}");
    assert!(!line.to_string().contains("sesame"), "{line}");

    // What the level leaves out is not in the stream either.
    level(&observatory, "error").await;
    get(observatory.rest, "/stars/vega").await;
    level(&observatory, "debug").await;
    let mut messages = Vec::new();
    while !messages.contains(&json!("upstream answered")) {
        get(observatory.rest, "/stars/vega").await;
        let (_, line) = next(&mut body, &mut rest).await;
        messages.push(serde_json::from_str::<Value>(&line).unwrap()["message"].clone());
    }
    assert!(messages.len() < 4, "{messages:?}");

    // Who goes makes a place.
    drop(body);
    while open(observatory.control, request("GET", "/logs/stream")).await.status() != 200 {
        level(&observatory, "info").await;
        sleep(Duration::from_millis(10)).await;
    }
}
