//! Answers by status and media type.

use super::recorder::{Recorder, respond};
use super::tracker::operations::{Download, List, Listen, Read, Report};
use super::tracker::{Client, Config, ProblemOrText, ReportAnswer};
use super::{client, client_with, settings};
use crate::openapi::{ApiRequest, CallError, Event, server_url};
use crate::{BaseUrl, ClientError};

async fn report(status: u16, media_type: &'static str, body: &'static str) -> Result<ReportAnswer, String> {
    let recorder = Recorder::with(status, media_type, body).await;
    ApiRequest::new(&client(&recorder), Report).call().await.map_err(|error| match error {
        CallError::Failure(failure) => format!("{} {}", failure.status(), failure.value.message),
        CallError::Client(error) => error.to_string(),
    })
}

#[tokio::test]
async fn each_status_and_media_type_has_its_variant() {
    let issue = report(200, "application/json; charset=utf-8", r#"{"id": 7, "new": true}"#).await;
    assert!(matches!(issue, Ok(ReportAnswer::Ok(issue)) if issue.id == 7));
    assert!(matches!(report(200, "text/plain", "fine").await, Ok(ReportAnswer::Success(text)) if text == "fine"));
    assert!(matches!(report(202, "", "").await, Ok(ReportAnswer::Accepted)));
    assert!(matches!(report(203, "text/plain", "so so").await, Ok(ReportAnswer::Success(text)) if text == "so so"));
    assert_eq!(
        report(500, "application/problem+json", r#"{"message": "no"}"#).await.unwrap_err(),
        "500 Internal Server Error no"
    );
}

#[tokio::test]
async fn what_does_not_fit_says_where() {
    assert_eq!(
        report(200, "application/json", r#"{"id": "x"}"#).await.unwrap_err(),
        "the answer to `report` is not what was expected"
    );
    // A failure keeps its status whatever its body is.
    assert_eq!(
        report(503, "text/html", "<p>down").await.unwrap_err(),
        "`report` was answered with 503 Service Unavailable"
    );
}

#[tokio::test]
async fn failures_are_typed_by_their_status() {
    let call = async |status, body| {
        let recorder = Recorder::with(status, "application/json", body).await;
        ApiRequest::new(&client(&recorder), List::new("a/b")).call().await.unwrap_err()
    };
    let error = call(404, r#"{"message": "gone"}"#).await;
    assert!(matches!(error.failure(), Some(ProblemOrText::Problem(problem)) if problem.message == "gone"));
    let error = call(422, r#"["a"]"#).await;
    assert!(matches!(error.failure(), Some(ProblemOrText::Text(texts)) if texts == &["a"]));
    assert_eq!(error.status().unwrap().as_u16(), 422);
    let error = call(500, "{}").await;
    assert!(matches!(error, CallError::Client(ClientError::Status(_))));
}

#[tokio::test]
async fn octets_are_streamed_unread() {
    let recorder = Recorder::with(200, "application/octet-stream", "{not json").await;
    let answer = ApiRequest::new(&client(&recorder), Download).call().await.unwrap();
    assert_eq!(answer.bytes().await.unwrap(), "{not json");
}

#[tokio::test]
async fn events_are_a_stream() {
    let body = "\u{feff}: hello\r\nretry: 500\r\ndata: {\"id\": 1}\r\n\r\nid: 9\revent: new\rdata: {\"id\":\rdata: 2}\r\r\
                data: {}\n\nevent: none\n\ndata: [DONE]\n\ndata: {\"id\": 3}\n\n";
    let recorder = Recorder::with(200, "text/event-stream", body).await;
    let mut events = ApiRequest::new(&client_with(&recorder, Vec::new(), settings()), Listen).call().await.unwrap();
    let Event { event, id, retry, data } = events.next().await.unwrap().unwrap();
    assert_eq!((event.as_str(), id.as_str(), retry.unwrap().as_millis(), data.id), ("message", "", 500, 1));
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((event.event.as_str(), event.id.as_str(), event.data.id), ("new", "9", 2));
    assert!(matches!(events.next().await, Some(Err(ClientError::Decode(_)))));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    // What a request that goes on from here needs.
    assert_eq!((events.last_id(), events.retry().unwrap().as_millis()), ("9", 500));
    assert_eq!(recorder.only().header("accept"), Some("text/event-stream, */*;q=0.1"));
}

#[tokio::test]
async fn lines_are_a_stream() {
    let recorder = Recorder::new(|_, request| match request.target.as_str() {
        "/oauth/token" => respond(200, &[], r#"{"access_token": "t"}"#),
        _ => respond(200, &[], "{\"id\": 1}\n\n{\"id\": 2}"),
    })
    .await;
    let mut lines = ApiRequest::new(&client(&recorder), Read).call().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().id, 1);
    assert_eq!(lines.next().await.unwrap().unwrap().id, 2);
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn details_hold_status_and_headers() {
    let recorder = Recorder::new(|_, _| respond(200, &[("x-left", "3")], "[]")).await;
    let answered = ApiRequest::new(&client(&recorder), List::new("o")).detailed().await.unwrap();
    assert_eq!((answered.status.as_u16(), answered.headers["x-left"].to_str().unwrap()), (200, "3"));
    assert!(answered.value.is_empty());
}

#[tokio::test]
async fn generated_requests_are_awaited() -> crate::Result<()> {
    let recorder = Recorder::with(200, "application/json", r#"[{"id": 1}]"#).await;
    let base_url = BaseUrl::new(format!("{}/v1/", recorder.url));
    let client = Client::new(&Config { base_url, ..Config::default() })?;
    let issues = client.issues_list("a b").page(3).bearer("mine").await?;
    assert_eq!(issues[0].id, 1);
    let sent = recorder.only();
    assert_eq!(sent.target, "/v1/repos/a%20b/issues?page=3");
    assert_eq!(sent.header("authorization"), Some("Bearer mine"));
    // A task of another thread can await it.
    tokio::spawn(async move { client.issues_list("o").bearer("mine").await.map(drop) }).await.unwrap()?;
    Ok(())
}

#[test]
fn variables_of_servers_are_filled() {
    let url = server_url("https://{region}.example.com/{base}", &[("region", "eu"), ("base", "v 1/x?#")]);
    assert_eq!(url.as_str(), "https://eu.example.com/v%201/x%3F%23");
}
