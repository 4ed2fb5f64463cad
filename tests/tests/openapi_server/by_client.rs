//! What the generated client sends reaches the handlers, and their answers the client.

use capsmith::http::StatusCode;
use capsmith::openapi::CallError;

use crate::api::backups::{responses, types};
use crate::{client, serve};

#[tokio::test]
async fn parameters_of_all_places_arrive() {
    let client = client(serve().await);
    let filter = types::Filter { name: Some("a&b [c]".to_owned()), sizes: Some(vec![1, 2]) };
    let answered = client
        .list_backups("shop/eu")
        .page(3)
        .state(vec![types::State::Ready, types::State::Pending])
        .filter(filter)
        .x_trace("t-1")
        .detailed()
        .await
        .expect("backups");
    assert_eq!(answered.header::<String>("x-trace").expect("a text").as_deref(), Some("t-1"));
    let seen: Vec<_> = answered.value.iter().map(|backup| (backup.id, backup.name.as_str())).collect();
    assert_eq!(seen, [(6, "a&b [c]"), (7, "a&b [c]")]);
    assert_eq!(client.compare("shop", 3, 10).await.expect("a number"), 7);
}

#[tokio::test]
async fn each_kind_of_answer_is_typed() {
    let client = client(serve().await);
    let create =
        |name: &str| client.create_backup("shop", types::NewBackup { name: name.to_owned(), ..Default::default() });
    let made = create("daily").detailed().await.expect("an answer");
    assert_eq!(made.status, StatusCode::CREATED);
    assert!(matches!(&made.value, responses::CreateBackup::Created(backup) if backup.name == "daily"), "{made:?}");
    let queued = create("later").await.expect("an answer");
    assert!(matches!(&queued, responses::CreateBackup::Accepted(text) if text == "queued"), "{queued:?}");
    let taken = create("taken").await.expect_err("a failure");
    assert_eq!(
        (taken.status(), taken.failure().map(|error| error.message.as_str())),
        (Some(StatusCode::CONFLICT), Some("the name is taken"))
    );
    let missing = client.list_backups("none").await.expect_err("a failure");
    assert!(matches!(missing, CallError::Failure(failure) if failure.status() == StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn files_are_streamed_both_ways() {
    let client = client(serve().await);
    let archive = vec![7; 300_000];
    client.upload(1, archive.clone()).await.expect("stored");
    let kept = client.download(1).await.expect("an archive").bytes().await.expect("bytes");
    assert_eq!(kept, archive);
}
