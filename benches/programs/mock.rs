//! The mock and the tools of a document. Without an argument the mock is served; `call` and `tools` print the microseconds from the
//! making of a router to the end of its first answer, and the bytes of that.

use std::error::Error;
use std::time::Instant;

use capsmith::axum::Router;
use capsmith::axum::body::{Body, to_bytes};
use capsmith::http::Request;
use generated::api;
use tower_service::Service as _;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("call") => first(|| Ok(api::mock::router()), Request::get("/repos/acme/shop").body(Body::empty())?).await,
        Some("tools") => {
            let list = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
            let request = Request::post("/mcp")
                .header("host", "localhost")
                .header("content-type", "application/json")
                .header("accept", "application/json, text/event-stream")
                .header("mcp-protocol-version", "2025-06-18");
            let router = || Ok(api::mcp::router(api::Client::new(&api::Config::default())?));
            first(router, request.body(Body::from(list))?).await
        }
        _ => {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            println!("{}", listener.local_addr()?);
            Ok(capsmith::axum::serve(listener, api::mock::router()).await?)
        }
    }
}

async fn first(router: impl Fn() -> Result<Router, Box<dyn Error>>, request: Request<Body>) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let answer = router()?.call(request).await?;
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await?.len();
    println!("{} {bytes}", started.elapsed().as_micros());
    if status.is_success() { Ok(()) } else { Err(status.to_string().into()) }
}
