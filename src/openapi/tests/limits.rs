//! What a server can make a client keep in memory.

use super::recorder::{Recorder, respond};
use super::tracker::operations::{List, Listen, Read};
use super::{client_with, settings};
use crate::ClientError;
use crate::openapi::{ApiClient, ApiRequest, CallError};

/// A client that keeps no more than 64 bytes of an answer, for a server that answers with `body`.
async fn client(media_type: &'static str, body: String) -> (Recorder, ApiClient) {
    let recorder = Recorder::new(move |_, _| respond(200, &[("content-type", media_type)], &body)).await;
    let mut settings = settings();
    settings.max_response_body = 64;
    let credentials = vec![Some("token".into()), None, None, None, None, Some("token".into())];
    let client = client_with(&recorder, credentials, settings);
    (recorder, client)
}

fn is_too_large<T>(outcome: &Result<T, ClientError>) -> bool {
    matches!(outcome, Err(ClientError::TooLarge { limit: 64, .. }))
}

#[tokio::test]
async fn an_answer_has_a_limit() {
    let (_recorder, client) = client("application/json", format!("[{}]", " ".repeat(64))).await;
    let outcome = ApiRequest::new(&client, List::new("o")).call().await;
    assert!(is_too_large(&outcome.map_err(CallError::into_client_error)));
}

#[tokio::test]
async fn an_event_has_a_limit_and_the_stream_none() {
    let event = "data: {\"id\": 1}\n\n";
    let long_line = format!("data: {}\n\n", " ".repeat(64));
    let many_lines = format!("{}\n", "data: {\n".repeat(40));
    for excess in [long_line, many_lines] {
        let (_recorder, client) = client("text/event-stream", format!("{}{excess}{event}", event.repeat(10))).await;
        let mut events = ApiRequest::new(&client, Listen).call().await.unwrap();
        for _ in 0..10 {
            assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
        }
        assert!(is_too_large(&events.next().await.unwrap()));
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn a_line_has_a_limit_and_the_stream_none() {
    let line = "{\"id\": 1}\n";
    let (_recorder, client) =
        client("application/jsonl", format!("{}{}\n{line}", line.repeat(10), " ".repeat(65))).await;
    let mut lines = ApiRequest::new(&client, Read).call().await.unwrap();
    for _ in 0..10 {
        assert_eq!(lines.next().await.unwrap().unwrap().id, 1);
    }
    assert!(is_too_large(&lines.next().await.unwrap()));
    assert!(lines.next().await.is_none());
}
