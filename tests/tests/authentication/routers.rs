//! Routers that a program mounts itself.

use axum::Router;
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp;
use serde_json::json;

use super::*;

async fn serve(router: Router) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test]
async fn authentication_goes_along_wherever_they_are_mounted() {
    let upstream = upstream().await;
    let client = Client::new(&config(&upstream)).unwrap();
    let router = Router::new()
        .route("/open", axum::routing::get(|| async { "open" }))
        .nest("/api", callers::rest_bearer_rest::router(client.clone()))
        .merge(callers::mcp_bearer_mcp::router(client.clone()));
    let address = serve(router).await;
    assert_eq!(get(address, "/open").await.text(), "open");
    let answer = get(address, "/api/things").await;
    assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer realm=\"bearer-rest\""));
    let call = || mcp::request(mcp::Era::Stateless, "tools/call", json!({"name": "list-things", "arguments": {}}));
    assert_eq!(send(address, call()).await.status, 401);
    assert!(upstream.requests().is_empty());
    for mut allowed in [request("GET", "/api/things"), call()] {
        allowed.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
        assert_eq!(send(address, allowed).await.status, 200);
    }
}
