//! Bodies of requests.

use bytes::Bytes;
use serde_json::json;

use super::client;
use super::recorder::{Recorded, Recorder};
use super::tracker::operations::Send;
use super::tracker::types::Issue;
use super::tracker::{Attachment, SendBody};
use crate::ClientError;
use crate::openapi::{ApiRequest, CallError, Upload};

async fn sent(body: SendBody) -> Recorded {
    let recorder = Recorder::with(204, "", "").await;
    ApiRequest::new(&client(&recorder), Send { body }).call().await.unwrap();
    recorder.only()
}

fn issue(id: i64) -> Issue {
    Issue { id, title: None }
}

#[tokio::test]
async fn json_text_and_lines() {
    let json = sent(SendBody::Json(issue(1))).await;
    assert_eq!((json.header("content-type"), json.body.as_str()), (Some("application/json"), r#"{"id":1}"#));
    assert_eq!(json.method, "POST");
    let text = sent(SendBody::Text("a & b".to_owned())).await;
    assert_eq!((text.header("content-type"), text.body.as_str()), (Some("text/plain; charset=utf-8"), "a & b"));
    let lines = sent(SendBody::Lines(vec![issue(1), issue(2)])).await;
    assert_eq!(
        (lines.header("content-type"), lines.body.as_str()),
        (Some("application/jsonl"), "{\"id\":1}\n{\"id\":2}\n")
    );
}

#[tokio::test]
async fn forms() {
    let value = json!({
        "a": "x y&z=ä", "list": [1, 2], "none": null, "empty": [], "object": {"n": 1, "t": "x"}, "deep": {"k": ["v"]}
    });
    let form = sent(SendBody::Form(value)).await;
    assert_eq!(form.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected = "a=x+y%26z%3D%C3%A4&list=1&list=2&object=%7B%22n%22%3A1%2C%22t%22%3A%22x%22%7D&deep%5Bk%5D%5B%5D=v";
    assert_eq!(form.body, expected);
}

/// A body of parts of which nobody knows the length.
struct Slow(Vec<&'static str>);

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let part = if self.0.is_empty() { None } else { Some(self.0.remove(0)) };
        std::task::Poll::Ready(part.map(|part| Ok(http_body::Frame::data(Bytes::from_static(part.as_bytes())))))
    }
}

fn slow() -> Upload {
    Upload::new(reqwest::Body::wrap(Slow(vec!["one ", "two"])))
}

#[tokio::test]
async fn octets_are_streamed() {
    let memory = sent(SendBody::Binary(Upload::from("abc"))).await;
    assert_eq!((memory.header("content-type"), memory.body.as_str()), (Some("application/octet-stream"), "abc"));
    assert_eq!(memory.header("content-length"), Some("3"));
    let stream = sent(SendBody::Binary(slow().content_type("text/csv"))).await;
    assert_eq!((stream.header("content-type"), stream.body.as_str()), (Some("text/csv"), "one two"));
    assert_eq!(stream.header("transfer-encoding"), Some("chunked"));
    let known = sent(SendBody::Binary(slow().length(7))).await;
    assert_eq!((known.header("content-length"), known.body.as_str()), (Some("7"), "one two"));
}

fn attachment(file: Upload) -> SendBody {
    SendBody::Multipart(Attachment {
        file,
        more: Some(vec![Upload::from("m").file_name("a\"b\r\n.txt").content_type("text/plain")]),
        note: Some("ä".to_owned()),
        tags: vec![1, 2],
        issue: Some(issue(3)),
    })
}

#[tokio::test]
async fn multipart_with_files() {
    for (file, content) in [(Upload::from("png"), "png"), (slow(), "one two"), (slow().length(7), "one two")] {
        let recorded = sent(attachment(file)).await;
        let boundary = recorded.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
        let part = |headers: &str, body: &str| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name={headers}\r\n\r\n{body}\r\n")
        };
        let expected = [
            part("\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\nX-Kind: picture", content),
            part("\"more\"; filename=\"a%22b%0D%0A.txt\"\r\nContent-Type: text/plain", "m"),
            part("\"note\"", "ä"),
            part("\"tags\"", "1"),
            part("\"tags\"", "2"),
            part("\"issue\"\r\nContent-Type: application/json", r#"{"id":3}"#),
            format!("--{boundary}--\r\n"),
        ];
        assert_eq!(recorded.body, expected.concat());
    }
}

#[tokio::test]
async fn names_of_files_cannot_add_headers() {
    for (name, sent_name) in [
        ("ä€.txt", "ä€.txt"),
        ("a\"; filename=\"b", "a%22; filename=%22b"),
        ("a\r\nX-Evil: 1\r\n\r\nbody", "a%0D%0AX-Evil: 1%0D%0A%0D%0Abody"),
        ("a\nb", "a%0Ab"),
        ("C:\\x%41", "C:\\x%41"),
    ] {
        let recorded = sent(attachment(Upload::from("x").file_name(name))).await;
        let expected = format!("form-data; name=\"file\"; filename=\"{sent_name}\"\r\nContent-Type: image/png\r\n");
        assert!(recorded.body.contains(&expected), "{}", recorded.body);
    }
}

#[tokio::test]
async fn media_types_cannot_add_headers() {
    let recorder = Recorder::with(204, "", "").await;
    let evil = || Upload::from("x").content_type("text/plain\r\nX-Evil: 1");
    for body in [SendBody::Binary(evil()), attachment(evil())] {
        let error = ApiRequest::new(&client(&recorder), Send { body }).call().await.unwrap_err();
        let CallError::Client(ClientError::Argument { source, .. }) = error else { panic!("{error}") };
        assert_eq!(source.to_string(), "`body` has a media type with characters that a header cannot carry");
    }
    assert!(recorder.requests().is_empty());
}
