//! The token goes upstream and nowhere else.

use capsmith_tests::TOKEN;
use capsmith_tests::capabilities::platform_backups::{client, config, start};
use capsmith_tests::http1::get;
use capsmith_tests::log::CapturedLog;
use capsmith_tests::mcp;
use capsmith_tests::upstream::{Answer, Upstream, unreachable_base_url};
use serde_json::json;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";

#[tokio::test]
async fn debug_does_not_show_it() {
    let upstream = Upstream::start().await;
    let config = config(&upstream.base_url());
    let client = client(&upstream.base_url());
    let request = client.listbackups("acme", "shop", "main").bearer("another-secret");
    let shown = format!("{config:?} {client:?} {request:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains("another-secret"), "{shown}");
}

#[tokio::test]
async fn the_log_has_the_requests_but_not_the_token() {
    let log = CapturedLog::start();
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    get(running.rest, BACKUPS).await;
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main" });
    mcp::call(running.mcp, "list-backups", arguments).await;
    let unreachable = start(config(&unreachable_base_url())).await;
    get(unreachable.rest, BACKUPS).await;
    let text = log.text();
    assert!(text.contains("listbackups"), "{text}");
    for (surface, request, status) in [
        (
            "platform-backups-rest",
            format!("http.request.method=\"GET\" url.scheme=\"http\" url.path=\"{BACKUPS}\""),
            200,
        ),
        ("platform-backups-mcp", "http.request.method=\"POST\" url.scheme=\"http\" url.path=\"/mcp\"".to_owned(), 200),
        (
            "platform-backups-rest",
            format!("http.request.method=\"GET\" url.scheme=\"http\" url.path=\"{BACKUPS}\""),
            502,
        ),
    ] {
        let span = format!("capsmith.surface=\"{surface}\" {request}");
        let event = format!("answered status={status} latency=");
        assert!(text.lines().any(|line| line.contains(&span) && line.contains(&event)), "{span} {event}: {text}");
    }
    assert!(!text.contains(TOKEN), "{text}");
}

#[tokio::test]
async fn errors_do_not_show_it() {
    let base_url = unreachable_base_url();
    let error = client(&base_url).listbackups("acme", "shop", "main").await.unwrap_err();
    let running = start(config(&base_url)).await;
    let answer = get(running.rest, BACKUPS).await;
    let shown = format!("{error} {error:?} {answer:?} {}", answer.text());
    assert!(!shown.contains(TOKEN), "{shown}");

    let upstream = Upstream::start().await;
    upstream.answer(Answer::json(401, "{}"));
    let error = client(&upstream.base_url()).listbackups("acme", "shop", "main").await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains(TOKEN));
}

#[test]
fn generated_source_names_the_variable_only() {
    let source = include_str!("../../../generated/src/surface/platform_backups.rs");
    assert!(source.contains("PLANETSCALE_API_KEY"));
    assert!(!source.contains("{{env"));
}
