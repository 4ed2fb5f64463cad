//! Lists in pages, as streams.

use capsmith::ClientError;
use capsmith::openapi::CallError;
use capsmith_tests::recorder::{Answer, Recorder};
use futures_util::TryStreamExt as _;

use crate::{assert_targets, client};

/// A server that answers with each of these.
async fn recorder<const N: usize>(answers: [&'static str; N]) -> Recorder {
    Recorder::with(answers.map(Answer::json)).await
}

/// The ids of all items.
macro_rules! ids {
    ($request:expr) => {
        $request.items().map_ok(|item| item.id).try_collect::<Vec<_>>().await.expect("no error")
    };
}

#[tokio::test]
async fn pages_by_number() {
    let recorder = recorder([r#"[{"id": 1}, {"id": 2}]"#, r#"[{"id": 3}]"#, "[]"]).await;
    assert_eq!(ids!(client!(pages, recorder).numbered().q("a b").per_page(2)), [1, 2, 3]);
    let requests = recorder.targets();
    assert_eq!(requests[0], "/numbered?per_page=2&q=a%20b");
    assert_eq!(requests[1], "/numbered?per_page=2&q=a%20b&page=2");
}

#[tokio::test]
async fn pages_begin_where_the_caller_says() {
    let recorder = recorder([r#"[{"id": 7}]"#, "[]"]).await;
    assert_eq!(ids!(client!(pages, recorder).numbered().page(7)), [7]);
    assert_targets(&recorder, &["/numbered?page=7", "/numbered?page=8"]);
}

#[tokio::test]
async fn pages_that_are_counted_from_zero() {
    let recorder = recorder([r#"{"items": [{"id": 1}]}"#, r#"{"items": []}"#]).await;
    assert_eq!(ids!(client!(pages, recorder).from_zero()), [1]);
    assert_targets(&recorder, &["/from-zero", "/from-zero?page=1"]);
}

#[tokio::test]
async fn pages_by_offset() {
    let recorder = recorder([r#"[{"id": 1}, {"id": 2}]"#, r#"[{"id": 3}, {"id": 4}]"#, "[]"]).await;
    assert_eq!(ids!(client!(pages, recorder).by_offset().limit(2)), [1, 2, 3, 4]);
    assert_targets(&recorder, &["/offset?limit=2", "/offset?limit=2&offset=2", "/offset?limit=2&offset=4"]);
}

#[tokio::test]
async fn pages_by_cursor() {
    let recorder = recorder([
        r#"{"data": [{"id": 1}], "meta": {"next_cursor": "a&b"}}"#,
        r#"{"data": [], "meta": {"next_cursor": "c"}}"#,
        r#"{"data": [{"id": 2}], "meta": {"next_cursor": null}}"#,
    ])
    .await;
    assert_eq!(ids!(client!(pages, recorder).by_cursor()), [1, 2]);
    assert_targets(&recorder, &["/cursor", "/cursor?cursor=a%26b", "/cursor?cursor=c"]);
}

#[tokio::test]
async fn pages_by_url() {
    let recorder = recorder([
        r#"{"results": [{"id": 1}], "next": "/next?token=x%2Fy"}"#,
        r#"{"results": [{"id": 2}], "next": null}"#,
    ])
    .await;
    assert_eq!(ids!(client!(pages, recorder).by_url()), [1, 2]);
    assert_targets(&recorder, &["/next", "/next?token=x%2Fy"]);
}

#[tokio::test]
async fn pages_by_link() {
    let first =
        Answer::json(r#"[{"id": 1}]"#).header("link", r#"</links?page=9>; rel="last", </links?page=2>; rel="next""#);
    let recorder = Recorder::with([first, Answer::json(r#"[{"id": 2}]"#)]).await;
    assert_eq!(ids!(client!(pages, recorder).by_link().q("x")), [1, 2]);
    assert_targets(&recorder, &["/links?q=x", "/links?page=2"]);
}

#[tokio::test]
async fn a_page_on_another_server_is_not_asked_for() {
    let recorder = recorder([r#"{"results": [{"id": 1}], "next": "https://evil.invalid/next"}"#]).await;
    let mut pages = client!(pages, recorder).by_url().pages();
    assert_eq!(pages.next().await.expect("a page").expect("no error").len(), 1);
    let error = pages.next().await.expect("an error").map(drop).expect_err("an error");
    assert!(matches!(error, CallError::Client(ClientError::ForeignPage { .. })), "{error:?}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_failure_ends_the_stream_with_its_type() {
    let gone = Answer::status(404).body("application/json", r#"{"message": "gone"}"#);
    let recorder = Recorder::with([Answer::json(r#"[{"id": 1}]"#), gone]).await;
    let mut items = client!(pages, recorder).numbered().items();
    assert_eq!(items.next().await.expect("an item").expect("no error").id, 1);
    let error = items.next().await.expect("an error").expect_err("an error");
    assert_eq!(error.failure().expect("a typed failure").message, "gone");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let recorder = recorder([r#"[{"id": 1}, {"id": 2}]"#]).await;
    let mut items = client!(pages, recorder).numbered().items();
    for _ in 0..2 {
        items.next().await.expect("an item").expect("no error");
    }
    drop(items);
    assert_targets(&recorder, &["/numbered"]);
}
