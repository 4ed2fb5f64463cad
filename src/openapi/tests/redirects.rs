//! What becomes of redirects.

use super::recorder::{Recorded, Recorder, respond};
use super::tracker::SendBody;
use super::tracker::operations::{List, Report, Send};
use super::tracker::types::Issue;
use super::{client, client_with, settings};
use crate::openapi::{ApiRequest, Upload};

/// Redirects everything but `/moved`, with a status.
async fn redirecting(status: u16) -> Recorder {
    Recorder::new(move |_, request: &Recorded| match request.target.as_str() {
        "/moved" => respond(202, &[], ""),
        _ => respond(status, &[("location", "/moved")], ""),
    })
    .await
}

fn issue() -> SendBody {
    SendBody::Json(Issue { id: 1, title: None })
}

async fn post(recorder: &Recorder, body: SendBody) -> u16 {
    ApiRequest::new(&client(recorder), Send { body }).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn reading_follows_all_of_them() {
    for status in [301, 302, 303, 307, 308] {
        let recorder = redirecting(status).await;
        let response = ApiRequest::new(&client(&recorder), Report).send().await.unwrap();
        let requests = recorder.requests();
        assert_eq!((response.status().as_u16(), requests.len()), (202, 2), "{status}");
        assert_eq!((requests[1].method.as_str(), requests[1].target.as_str()), ("GET", "/moved"));
    }
}

#[tokio::test]
async fn a_post_is_never_made_a_get_where_that_may_be_wrong() {
    for status in [301, 302] {
        let recorder = redirecting(status).await;
        assert_eq!(post(&recorder, issue()).await, status);
        assert_eq!(recorder.requests().len(), 1);
    }
}

#[tokio::test]
async fn what_was_received_is_seen_elsewhere() {
    let recorder = redirecting(303).await;
    assert_eq!(post(&recorder, issue()).await, 202);
    let second = &recorder.requests()[1];
    assert_eq!((second.method.as_str(), second.body.as_str()), ("GET", ""));
    assert_eq!((second.header("content-type"), second.header("content-length")), (None, None));
}

#[tokio::test]
async fn method_and_body_are_kept_as_long_as_there_is_a_body() {
    for status in [307, 308] {
        let recorder = redirecting(status).await;
        assert_eq!(post(&recorder, issue()).await, 202);
        let second = &recorder.requests()[1];
        assert_eq!((second.method.as_str(), second.body.as_str()), ("POST", r#"{"id":1}"#));
        assert_eq!(second.header("content-type"), Some("application/json"));

        let recorder = redirecting(status).await;
        let stream = Upload::reader(std::io::Cursor::new(b"once".to_vec()));
        assert_eq!(post(&recorder, SendBody::Binary(stream)).await, status);
        assert_eq!(recorder.only().body, "once");
    }
}

#[tokio::test]
async fn credentials_never_cross_origins() {
    let elsewhere = Recorder::with(200, "", "").await;
    for status in [301, 302, 303, 307, 308] {
        let target: &'static str = format!("{}/stolen", elsewhere.url).leak();
        let recorder = Recorder::new(move |_, _| respond(status, &[("location", target)], "")).await;
        let response = ApiRequest::new(&client(&recorder), List::new("o")).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(recorder.only().header("authorization"), Some("Bearer token"));
    }
    // Nor do user names in a URL replace them.
    let recorder = Recorder::new(|number, request: &Recorded| {
        let location = format!("http://evil:pass@{}/moved", request.header("host").unwrap());
        respond(if number == 0 { 302 } else { 202 }, &[("location", &location)], "")
    })
    .await;
    ApiRequest::new(&client(&recorder), List::new("o")).send().await.unwrap();
    assert_eq!(recorder.requests()[1].header("authorization"), Some("Bearer token"));
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn circles_end() {
    let recorder = Recorder::with(302, "", "").await;
    let around = Recorder::new(|_, _| respond(302, &[("location", "/report")], "")).await;
    for (recorder, sent) in [(recorder, 1), (around, 11)] {
        let response = ApiRequest::new(&client(&recorder), Report).send().await.unwrap();
        assert_eq!((response.status().as_u16(), recorder.requests().len()), (302, sent));
    }
}

#[tokio::test]
async fn a_setting_gives_them_as_they_are() {
    let recorder = redirecting(302).await;
    let mut settings = settings();
    settings.follow_redirects = false;
    let client = client_with(&recorder, Vec::new(), settings);
    assert_eq!(ApiRequest::new(&client, Report).send().await.unwrap().status().as_u16(), 302);
    assert_eq!(recorder.requests().len(), 1);
}
