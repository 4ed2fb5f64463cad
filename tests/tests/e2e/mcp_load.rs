//! Many calls at once by clients that others wrote: each gets its own answer, by HTTP while the instances of the upstream are
//! replaced too.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use capsmith_tests::TOKEN;
use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::child::run_within;
use capsmith_tests::rolling::Rolling;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;

use super::mcp_clients::{Client, SERVER, told};

const CALLS: usize = 5_000;
/// For all calls of one client, on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_secs(600);
/// Both generations of the protocol.
const OVER_HTTP: [Client; 2] = [Client::TypeScriptV1, Client::Python("2026-07-28")];
const OVER_STDIO: [Client; 2] = [Client::TypeScriptV2("2026-07-28"), Client::Python("legacy")];

/// Answers with the backup that is asked for, and counts.
fn upstream(asked: &Arc<AtomicUsize>) -> Router {
    let asked = Arc::clone(asked);
    let backup = move |Path((_, _, _, id)): Path<(String, String, String, String)>| {
        asked.fetch_add(1, Ordering::Relaxed);
        async move { ([(CONTENT_TYPE, "application/json")], json!({ "id": id, "name": "nightly" }).to_string()) }
    };
    Router::new()
        .route("/organizations/{organization}/databases/{database}/branches/{branch}/backups/{id}", get(backup))
}

/// Has a client make its calls.
async fn call_often(client: Client, mut command: Command, asked: &AtomicUsize) {
    let before = asked.load(Ordering::Relaxed);
    command.env("CALLS", CALLS.to_string());
    let output = run_within(PATIENCE, command).await;
    let seen: Value = told(client, &output);
    client.check_protocol(&seen);
    assert_eq!(seen["wrong"], json!([]), "{client:?}");
    assert_eq!(seen["right"], CALLS, "{client:?}");
    assert!(asked.load(Ordering::Relaxed) - before >= CALLS, "{client:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_each_call_gets_its_answer_while_the_upstream_restarts() {
    let asked = Arc::default();
    let upstream = Rolling::start(upstream(&asked)).await;
    let mut config = config(&upstream.base_url());
    config.settings.read_timeout = Duration::from_secs(10);
    config.settings.retries.max = 2;
    let running = start(config).await;
    for client in OVER_HTTP {
        if let Some(mut command) = client.command() {
            command.arg("http").arg(format!("http://{}/mcp", running.mcp));
            let before = upstream.instances();
            call_often(client, command, &asked).await;
            assert!(upstream.instances() - before > 5, "{client:?}: the upstream is replaced meanwhile");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_standard_input_and_output_each_call_gets_its_answer() {
    let asked = Arc::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let app = upstream(&asked);
    tokio::spawn(async move { axum::serve(listener, app).await });
    for client in OVER_STDIO {
        if let Some(mut command) = client.command() {
            command.args(["stdio", SERVER, "--stdio"]);
            command.env("PLATFORM_BACKUPS_BASE_URL", &base_url).env("PLANETSCALE_API_KEY", TOKEN);
            call_often(client, command, &asked).await;
        }
    }
}
