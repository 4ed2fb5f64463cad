//! The pages of lists.

use super::client;
use super::recorder::{Recorder, respond};
use super::tracker::operations::{Cursor, Followed, Linked, List, Offset};
use crate::ClientError;
use crate::openapi::{ApiRequest, CallError};

fn targets(recorder: &Recorder) -> Vec<String> {
    recorder.requests().into_iter().map(|request| request.target).collect()
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    let recorder =
        Recorder::new(|number, _| respond(200, &[], ["[{\"id\":1},{\"id\":2}]", "[{\"id\":3}]", "[]"][number])).await;
    let mut items = ApiRequest::new(&client(&recorder), List::new("o")).items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(targets(&recorder), ["/repos/o/issues", "/repos/o/issues?page=2", "/repos/o/issues?page=3"]);
}

#[tokio::test]
async fn counting_begins_where_the_request_does_and_ends_with_an_error() {
    let recorder = Recorder::new(|number, _| match number {
        0 => respond(200, &[], "[{\"id\":1}]"),
        _ => respond(404, &[("content-type", "application/json")], r#"{"message": "gone"}"#),
    })
    .await;
    let mut pages = ApiRequest::new(&client(&recorder), List { owner: "o".to_owned(), page: Some(7) }).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().len(), 1);
    assert!(matches!(pages.next().await, Some(Err(CallError::Failure(_)))));
    assert!(pages.next().await.is_none());
    assert_eq!(targets(&recorder), ["/repos/o/issues?page=7", "/repos/o/issues?page=8"]);
}

#[tokio::test]
async fn offsets_grow_by_what_came() {
    let recorder = Recorder::new(|number, _| respond(200, &[], ["[{\"id\":1},{\"id\":2}]", "[]"][number])).await;
    let mut pages = ApiRequest::new(&client(&recorder), Offset { offset: None }).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(targets(&recorder), ["/offset", "/offset?offset=2"]);
}

#[tokio::test]
async fn cursors_are_followed_until_there_is_none() {
    let answers = [r#"{"data": [], "meta": {"next": "a&b"}}"#, r#"{"data": [1], "meta": {"next": null}}"#];
    let recorder = Recorder::new(move |number, _| respond(200, &[], answers[number])).await;
    let mut items = ApiRequest::new(&client(&recorder), Cursor { cursor: None }).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(items.next().await.is_none());
    assert_eq!(targets(&recorder), ["/cursor", "/cursor?cursor=a%26b"]);
    // A server that gives the same cursor again would go on for ever.
    let recorder = Recorder::new(|_, _| respond(200, &[], r#"{"data": [1], "meta": {"next": "a"}}"#)).await;
    let mut pages = ApiRequest::new(&client(&recorder), Cursor { cursor: None }).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(targets(&recorder), ["/cursor", "/cursor?cursor=a"]);
}

#[tokio::test]
async fn links_and_urls_are_followed_within_the_server() {
    let recorder = Recorder::new(|number, _| match number {
        0 => respond(
            200,
            &[("link", "</first>; rel=first, </link?page=2&key=q>; rel=\"prefetch next\"")],
            "[{\"id\":1}]",
        ),
        _ => respond(200, &[("link", "</first>; rel=\"first\"")], "[]"),
    })
    .await;
    let mut pages = ApiRequest::new(&client(&recorder), Linked).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(targets(&recorder), ["/link?key=q", "/link?page=2&key=q"]);

    let recorder =
        Recorder::new(|_, _| respond(200, &[], r#"{"data": [1], "next": "https://evil.example/url"}"#)).await;
    let mut pages = ApiRequest::new(&client(&recorder), Followed).pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(matches!(pages.next().await, Some(Err(CallError::Client(ClientError::ForeignPage { .. })))));
    assert!(pages.next().await.is_none());
}
