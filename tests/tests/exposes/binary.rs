//! Answers that are handed on as bytes.

use capsmith_tests::http1::{get, open, request};
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use http_body_util::BodyExt as _;
use serde_json::json;

use super::service::Quay;

const BYTES: &[u8] = b"\0\xff\xfe bytes";

#[tokio::test]
async fn bytes_have_the_status_and_media_type_of_the_file() {
    let yard =
        Recorder::with([Answer::status(200).body("text/plain", BYTES), Answer::status(404).body("text/plain", "none")])
            .await;
    let quay = Quay::open(yard.url()).await;
    let answer = get(quay.rest, "/crates/AB1/drawing").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (203, "application/pdf"), "{answer:?}");
    assert_eq!(&answer.body[..], BYTES);
    // What is no success is handed on as it is.
    let answer = get(quay.rest, "/crates/AB1/drawing").await;
    assert_eq!((answer.status.as_u16(), answer.text()), (404, "none"), "{answer:?}");
}

#[tokio::test]
async fn no_more_bytes_pass_than_the_operation_or_else_the_surface_says() {
    let large = |size: usize| Answer::status(200).body("application/x-papers", vec![0; size]);
    let yard = Recorder::with([large(1024), large(1025), large(2048), large(2049)]).await;
    let quay = Quay::open(yard.url()).await;
    for (path, status) in [("drawing", 203), ("drawing", 502), ("papers", 200), ("papers", 502)] {
        let answer = get(quay.rest, &format!("/crates/AB1/{path}")).await;
        assert_eq!(answer.status, status, "{path}");
        if status == 502 {
            assert!(answer.problem()["detail"].as_str().unwrap().contains("larger than"), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn bytes_of_unknown_length_are_cut_off() {
    let (answer, parts) = Answer::parts("application/x-papers");
    let yard = Recorder::with([answer]).await;
    let quay = Quay::open(yard.url()).await;
    parts.send(vec![1; 2000].into()).unwrap();
    let answer = open(quay.rest, request("GET", "/crates/AB1/papers")).await;
    assert_eq!(answer.status(), 200);
    parts.send(vec![1; 1000].into()).unwrap();
    drop(parts);
    answer.into_body().collect().await.expect_err("an end before the end");
}

#[tokio::test]
async fn tools_give_bytes_as_what_the_protocol_has_for_them() {
    let yard = Recorder::with([
        Answer::status(200).body("text/plain", BYTES),
        Answer::status(200).body("application/x-papers; v=1", BYTES),
        Answer::status(200).body("application/x-papers", vec![0; 2000]),
    ])
    .await;
    let quay = Quay::open(yard.url()).await;
    let result = mcp::call(quay.mcp, "draw-crate", json!({"mark": "AB1"})).await;
    assert_eq!(result["content"][0], json!({"type": "image", "data": "AP/+IGJ5dGVz", "mimeType": "image/png"}));
    let result = mcp::call(quay.mcp, "pack-crate", json!({"mark": "AB1"})).await;
    let resource = &result["content"][0]["resource"];
    assert_eq!((&resource["blob"], &resource["mimeType"]), (&json!("AP/+IGJ5dGVz"), &json!("application/x-papers")));
    let result = mcp::call(quay.mcp, "draw-crate", json!({"mark": "AB1"})).await;
    assert!(mcp::error_text(&result).contains("larger than 1024 bytes"), "{result}");
}
