//! Whether the program is up and ready, and what it is.

use std::sync::Arc;
use std::time::Duration;

use capsmith::http::StatusCode;
use capsmith_tests::http1::{get, request, send};
use serde_json::json;
use tokio::time::sleep;

use super::service::Library;

#[tokio::test]
async fn a_program_that_serves_is_up_and_ready() {
    let library = Library::open(StatusCode::OK).await;
    let live = get(library.control, "/health/live").await;
    assert_eq!((live.status.as_u16(), live.json()), (200, json!({"status": "UP"})));
    let ready = get(library.control, "/health/ready").await;
    let expected = json!({
        "status": "UP",
        "adapters": [
            {"namespace": "library-skills", "type": "skill", "status": "UP"},
            {"namespace": "library-rest", "type": "rest", "status": "UP"},
            {"namespace": "library-tools", "type": "mcp", "status": "UP"},
        ],
    });
    assert_eq!((ready.status.as_u16(), ready.json()), (200, expected));
}

#[tokio::test]
async fn while_it_drains_it_is_up_and_not_ready() {
    let library = Library::held().await;
    let (control, rest, released) = (library.control, library.rest, Arc::clone(&library.released));
    let slow = tokio::spawn(async move { get(rest, "/books").await });
    // The request has to be on its way.
    while !get(control, "/metrics").await.text().contains("active_requests{capsmith_surface=\"library-rest\"} 1") {
        sleep(Duration::from_millis(10)).await;
    }
    let running = library.stop();
    let ready = loop {
        let ready = get(control, "/health/ready").await;
        if ready.status != 200 {
            break ready;
        }
        sleep(Duration::from_millis(10)).await;
    };
    assert_eq!((ready.status.as_u16(), &ready.json()["status"]), (503, &json!("DOWN")));
    assert_eq!(ready.json()["adapters"][1]["status"], "DOWN");
    assert_eq!(get(control, "/health/live").await.status, 200);
    // What was asked before is answered, and then all ends.
    released.notify_one();
    assert_eq!(slow.await.unwrap().status, 200);
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn the_status_tells_what_is_served_and_by_what() {
    let library = Library::open(StatusCode::OK).await;
    let status = get(library.control, "/status").await.json();
    assert_eq!(status["capability"]["label"], "Library", "{status:#}");
    assert_eq!(status["engine"], json!({"name": "capsmith", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(status["exposes"][2]["operations"], json!(["find-books"]), "{status:#}");
    assert_eq!(status["consumes"][0]["operations"], json!(["list-books"]), "{status:#}");
}

#[tokio::test]
async fn other_paths_methods_and_hosts_are_refused() {
    let library = Library::open(StatusCode::OK).await;
    assert_eq!(get(library.control, "/logs").await.problem()["status"], 404);
    let problem = get(library.control, "/traces").await.problem();
    assert!(problem["detail"].as_str().unwrap().contains("capsmith::telemetry::init"), "{problem}");
    let answer = send(library.control, request("POST", "/status")).await;
    assert_eq!(answer.problem()["status"], 405, "{answer:?}");
    let mut foreign = request("GET", "/metrics");
    foreign.headers_mut().insert("host", "evil.example".parse().unwrap());
    assert_eq!(send(library.control, foreign).await.problem()["status"], 403);
}
