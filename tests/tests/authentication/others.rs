//! Surfaces that call nothing: skills, and the control surface.

use capsmith_tests::http1::{get, request, send};

use super::*;

#[tokio::test]
async fn skills_and_the_control_surface_are_for_those_who_have_the_credentials() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    for (namespace, target) in [
        ("bearer-skills", "/skills"),
        ("bearer-skills", "/skills/things/download"),
        ("control", "/status"),
        ("control", "/metrics"),
    ] {
        let address = running.at(namespace);
        let refused = get(address, target).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("www-authenticate")),
            (401, &*format!("Bearer realm=\"{namespace}\""))
        );
        let mut allowed = request("GET", target);
        allowed.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
        assert_eq!(send(address, allowed).await.status, 200, "{target}");
        // Probes have no credentials.
        assert_eq!(get(address, "/health/ready").await.status, 200);
    }
    let mut metrics = request("GET", "/metrics");
    metrics.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
    let metrics = send(running.at("control"), metrics).await;
    let refused = "http_server_request_duration_seconds_count{capsmith_surface=\"bearer-skills\",http_response_status_class=\"4xx\"} 2";
    assert!(metrics.text().contains(refused), "{}", metrics.text());
}

#[tokio::test]
async fn a_catalogue_that_is_mounted_elsewhere_is_guarded_too() {
    let upstream = upstream().await;
    let client = Client::new(&config(&upstream)).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, callers::skill::router(&client)).await });
    assert_eq!(get(address, "/skills").await.status, 401);
}
