//! Bodies of requests: what they are said to be, and their bytes.

use std::convert::Infallible;

use bytes::Bytes;
use capsmith::openapi::Upload;
use capsmith::{ClientError, Response, Sending, reqwest};
use capsmith_tests::recorder::{Recorded, Recorder};
use futures_util::stream;
use tokio::sync::mpsc;

use crate::api::bodies::bodies::{SendMultipartBody, SendSeveralBody};
use crate::api::bodies::types::{Form, Note};
use crate::{client, list};

fn note(text: &str) -> Note {
    Note { text: text.to_owned(), ..Note::default() }
}

async fn sent(recorder: &Recorder, request: Sending<Response>) -> Recorded {
    request.await.expect("an answer");
    recorder.take()
}

/// Media type and body.
async fn check<const N: usize>(recorder: &Recorder, rows: [(Sending<Response>, &str, &str); N]) {
    for (request, media_type, body) in rows {
        let arrived = sent(recorder, request).await;
        assert_eq!((arrived.header("content-type"), arrived.text()), (Some(media_type), body));
    }
}

#[tokio::test]
async fn texts() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let starred = Note { stars: Some(5), ..note("ä") };
    check(
        &recorder,
        [
            (client.send_json(starred.clone()).send(), "application/json", r#"{"text":"ä","stars":5}"#),
            (client.send_json(note("")).send(), "application/json", r#"{"text":""}"#),
            (client.send_optional().body(note("a")).send(), "application/json", r#"{"text":"a"}"#),
            (client.send_vendor(note("a")).send(), "application/merge-patch+json", r#"{"text":"a"}"#),
            (client.delete_with_body(note("a")).send(), "application/json", r#"{"text":"a"}"#),
            (client.send_text("a & b ä").send(), "text/plain; charset=utf-8", "a & b ä"),
            (client.send_xml("<a/>").send(), "application/xml", "<a/>"),
            (
                client.send_lines(vec![note("a\nb"), starred]).send(),
                "application/jsonl",
                "{\"text\":\"a\\nb\"}\n{\"text\":\"ä\",\"stars\":5}\n",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn an_optional_body_that_is_left_out_is_not_there() {
    let recorder = Recorder::silent().await;
    let arrived = sent(&recorder, client!(bodies, recorder).send_optional().send()).await;
    assert_eq!((arrived.header("content-type"), arrived.text()), (None, ""));
    assert_eq!(arrived.header("transfer-encoding"), None);
}

#[tokio::test]
async fn forms() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let ab = || Some(list(["a", "b"]));
    for (form, expected) in [
        (Form { text: Some("a b&c=d+ä".to_owned()), ..Form::default() }, "text=a+b%26c%3Dd%2B%C3%A4"),
        (Form { text: Some(String::new()), ..Form::default() }, "text="),
        (Form { list: ab(), ..Form::default() }, "list=a&list=b"),
        (Form { list: Some(Vec::new()), truth: Some(true), ..Form::default() }, "truth=true"),
        (Form { joined: ab(), ..Form::default() }, "joined=a,b"),
        (Form { piped: ab(), ..Form::default() }, "piped=a%7Cb"),
        (Form { object: Some(note("x y")), ..Form::default() }, "object=%7B%22text%22%3A%22x+y%22%7D"),
        (Form { deep: Some(note("x y")), ..Form::default() }, "deep%5Btext%5D=x+y"),
        (Form { coded: Some(vec![1, 2]), ..Form::default() }, "coded=%5B1%2C2%5D"),
        (Form { raw: Some("a/b:c".to_owned()), ..Form::default() }, "raw=a/b:c"),
        (Form::default(), ""),
    ] {
        let arrived = sent(&recorder, client.send_form(form).send()).await;
        assert_eq!(arrived.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(arrived.text(), expected);
    }
}

/// A part as another implementation of RFC 7578 reads it: name, file name, media type, content.
type Part = (String, Option<String>, Option<String>, String);

async fn parts(arrived: &Recorded) -> Vec<Part> {
    let content_type = arrived.header("content-type").expect("a content type");
    let boundary = multer::parse_boundary(content_type).expect("a boundary");
    let body = stream::iter([Ok::<_, Infallible>(arrived.body.clone())]);
    let mut multipart = multer::Multipart::new(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.expect("a part") {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let name = field.name().expect("a name").to_owned();
        let file_name = owned(field.file_name());
        let media_type = owned(field.content_type().map(AsRef::as_ref));
        parts.push((name, file_name, media_type, field.text().await.expect("a content")));
    }
    parts
}

fn part(name: &str, file_name: Option<&str>, media_type: Option<&str>, content: &str) -> Part {
    (name.to_owned(), file_name.map(str::to_owned), media_type.map(str::to_owned), content.to_owned())
}

#[tokio::test]
async fn multipart() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let pages = vec![
        Upload::from("one").file_name("ä \"1\".txt").content_type("text/plain"),
        Upload::from("two").file_name("2.bin"),
    ];
    let body = SendMultipartBody::new("\r\n--\r\n").pages(pages).title("A & B").sizes(vec![1, 2]).note(note("ü"));
    let arrived = sent(&recorder, client.send_multipart(body.table("a,b\n")).send()).await;
    let expected = [
        part("picture", Some("picture"), Some("image/png"), "\r\n--\r\n"),
        part("pages", Some("ä %221%22.txt"), Some("text/plain"), "one"),
        part("pages", Some("2.bin"), Some("application/octet-stream"), "two"),
        part("title", None, None, "A & B"),
        part("sizes", None, None, "1"),
        part("sizes", None, None, "2"),
        part("note", None, Some("application/json"), r#"{"text":"ü"}"#),
        part("table", None, Some("text/csv"), "a,b\n"),
    ];
    assert_eq!(parts(&arrived).await, expected);
    // What is left out is no part.
    let arrived = sent(&recorder, client.send_multipart(SendMultipartBody::new("png")).send()).await;
    assert_eq!(parts(&arrived).await, [part("picture", Some("picture"), Some("image/png"), "png")]);
    assert!(arrived.header("content-length").is_some());
}

/// A body whose parts come when they are sent.
fn streamed() -> (mpsc::UnboundedSender<&'static str>, reqwest::Body) {
    let (sender, parts) = mpsc::unbounded_channel();
    let parts = stream::unfold(parts, async |mut parts: mpsc::UnboundedReceiver<&'static str>| {
        let part = parts.recv().await?;
        Some((Ok::<_, Infallible>(Bytes::from_static(part.as_bytes())), parts))
    });
    (sender, reqwest::Body::wrap_stream(Box::pin(parts)))
}

#[tokio::test]
async fn octets_are_sent_as_they_are_made() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let (sender, body) = streamed();
    let request = tokio::spawn(client.send_octets(body).send());
    sender.send("first ").expect("the request waits for more");
    // Had it been collected, nothing would arrive before the end.
    recorder.received("first ".len()).await;
    sender.send("second").expect("the request waits for more");
    drop(sender);
    request.await.expect("no panic").expect("an answer");
    let arrived = recorder.only();
    assert_eq!((arrived.method.as_str(), arrived.text()), ("PUT", "first second"));
    assert_eq!(arrived.header("content-type"), Some("application/octet-stream"));
    assert_eq!(arrived.header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn files_of_a_multipart_body_are_streamed() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let (sender, body) = streamed();
    let request = tokio::spawn(client.send_multipart(SendMultipartBody::new(body).title("t")).send());
    sender.send("first ").expect("the request waits for more");
    recorder.received(100).await;
    sender.send("second").expect("the request waits for more");
    drop(sender);
    request.await.expect("no panic").expect("an answer");
    let expected =
        [part("picture", Some("picture"), Some("image/png"), "first second"), part("title", None, None, "t")];
    assert_eq!(parts(&recorder.only()).await, expected);
}

#[tokio::test]
async fn bytes_in_memory_have_a_length() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    let arrived = sent(&recorder, client.send_octets(vec![0, 255, 10]).send()).await;
    assert_eq!((arrived.header("content-length"), arrived.body.as_slice()), (Some("3"), &[0, 255, 10][..]));
    let (sender, body) = streamed();
    sender.send("1234").expect("a receiver");
    drop(sender);
    let arrived = sent(&recorder, client.send_octets(Upload::new(body).length(4)).send()).await;
    assert_eq!((arrived.header("content-length"), arrived.text()), (Some("4"), "1234"));
}

#[tokio::test]
async fn the_kind_of_one_of_several_bodies_is_the_callers_choice() {
    let recorder = Recorder::silent().await;
    let client = client!(bodies, recorder);
    check(
        &recorder,
        [
            (client.send_several(note("a")).send(), "application/json", r#"{"text":"a"}"#),
            (client.send_several(SendSeveralBody::Text("a".to_owned())).send(), "text/plain; charset=utf-8", "a"),
            (client.send_several(SendSeveralBody::Bytes("a".into())).send(), "application/octet-stream", "a"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_number_that_json_does_not_have_is_refused() {
    let recorder = Recorder::silent().await;
    let shape = crate::api::values::types::Shape::Number(f64::NAN);
    let refused = client!(values, recorder).put_shape(shape).send().await.map(drop);
    assert!(matches!(refused, Err(ClientError::Argument { .. })), "{refused:?}");
}
