//! Clients of OpenAPI documents, and routers that are mounted in a server which knows nothing of telemetry.

use capsmith::telemetry::Builder;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use tokio::net::TcpListener;

use super::collector::{Collector, named};
use super::observatory::watch;

capsmith::include_openapi!("specs/shelf.yaml", only = ["get_book"], surfaces = [client, mock]);

#[tokio::test]
async fn a_client_and_a_mounted_router_are_one_trace() {
    let collector = Collector::start();
    let (guard, _subscriber) = watch(Builder::new("shelf"), &collector);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap()).into();
    tokio::spawn(axum::serve(listener, shelf::mock::router()).into_future());
    let token = Some("sesame".into());
    let client = shelf::Client::new(&shelf::Config { base_url, token, ..shelf::Config::default() }).unwrap();
    client.get_book(77_351).await.unwrap();

    guard.flush();
    let spans = collector.spans();
    let call = named(&spans, "GET /books/{book_id}");
    assert_eq!((call.kind(), call.parent_id().as_str()), (SpanKind::Client, ""));
    assert_eq!(
        (call.attribute("url.template"), call.attribute("capsmith.operation")),
        (Some("/books/{book_id}"), Some("get_book"))
    );
    let operation = named(&spans, "get_book");
    assert!(operation.is_child_of(call), "it continues the trace of its caller: {operation:?}");
    assert!(!collector.contains("77351") && !collector.contains("sesame"), "neither values nor credentials");
}
