//! Answers that come bit by bit.

use capsmith::ClientError;
use capsmith::openapi::CallError;
use capsmith_tests::recorder::{Answer, Recorder};
use futures_util::StreamExt as _;

use crate::client;

#[tokio::test]
async fn events_come_as_they_are_sent() {
    let (answer, parts) = Answer::parts("text/event-stream");
    let recorder = Recorder::with([answer]).await;
    let mut events = client!(answers, recorder).events().await.expect("an answer");
    // In pieces that end anywhere, with each of the three line ends.
    let pieces =
        ["\u{feff}: hello\r\nda", "ta: {\"id\":", " 1}\r\n\r", "\nid: 9\revent: new\rdata: {\"id\":\rdata: 2}\r\r"];
    for piece in pieces {
        parts.send(piece.into()).expect("the answer waits for more");
    }
    let first = events.next().await.expect("an event").expect("no error");
    assert_eq!((first.event.as_str(), first.id.as_str(), first.data.id), ("message", "", 1));
    parts.send("data: {\"id\": \"no\"}\n\n: nothing\n\nretry: 50\ndata: {\"id\": 3}\n\n".into()).expect("it waits");
    let second = events.next().await.expect("an event").expect("no error");
    assert_eq!((second.event.as_str(), second.id.as_str(), second.data.id), ("new", "9", 2));
    // An event that does not fit is no reason to lose those after it.
    assert!(matches!(events.next().await, Some(Err(ClientError::Decode(_)))));
    let third = events.next().await.expect("an event").expect("no error");
    assert_eq!((third.retry.expect("a time").as_millis(), third.data.id), (50, 3));
    // What is not ended by an empty line is no event.
    parts.send("data: {\"id\": 4}\n".into()).expect("it waits");
    drop(parts);
    assert!(events.next().await.is_none());
    assert_eq!(recorder.only().header("accept"), Some("text/event-stream, */*;q=0.1"));
}

#[tokio::test]
async fn events_are_a_stream_as_others_are() {
    let body = "data: {\"id\": 1}\n\ndata: {\"id\": 2}\n\ndata: [DONE]\n\n";
    let recorder = Recorder::with([Answer::status(200).body("text/event-stream", body)]).await;
    let events = client!(answers, recorder).events().await.expect("an answer");
    let ids: Vec<_> = events.map(|event| event.expect("no error").data.id).collect().await;
    assert_eq!(ids, [1, 2]);
}

#[tokio::test]
async fn lines_come_as_they_are_sent() {
    let (answer, parts) = Answer::parts("application/x-ndjson");
    let recorder = Recorder::with([answer]).await;
    let mut lines = client!(answers, recorder).lines().await.expect("an answer");
    parts.send("{\"id\": 1}\n{\"i".into()).expect("the answer waits for more");
    assert_eq!(lines.next().await.expect("a line").expect("no error").id, 1);
    parts.send("d\": 2}\r\n\n{\"id\": 3}".into()).expect("the answer waits for more");
    assert_eq!(lines.next().await.expect("a line").expect("no error").id, 2);
    drop(parts);
    assert_eq!(lines.next().await.expect("a line").expect("no error").id, 3);
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn octets_come_as_they_are_sent() {
    let (answer, parts) = Answer::parts("application/octet-stream");
    let recorder = Recorder::with([answer]).await;
    let mut octets = client!(answers, recorder).octets().await.expect("an answer");
    parts.send(vec![0, 159].into()).expect("the answer waits for more");
    assert_eq!(octets.chunk().await.expect("no error").expect("a part")[..], [0, 159]);
    parts.send(vec![146].into()).expect("the answer waits for more");
    drop(parts);
    assert_eq!(octets.chunk().await.expect("no error").expect("a part")[..], [146]);
    assert!(octets.chunk().await.expect("no error").is_none());
}

#[tokio::test]
async fn a_failure_instead_of_a_stream_is_a_failure() {
    let recorder = Recorder::with([Answer::status(429)]).await;
    let error = client!(answers, recorder).events().await.map(drop).expect_err("a failure");
    assert!(matches!(error, CallError::Client(ClientError::Status(_))), "{error:?}");
}
