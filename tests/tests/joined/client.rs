//! The typed client.

use capsmith::ClientError;
use capsmith_generated::platform_backups::types::{BackupState, NewBackup, RetentionUnit};
use capsmith_tests::capabilities::joined::platform_backups::{client, config};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::json;

use super::{UPSTREAM, answer, backup, page};

#[tokio::test]
async fn bodies_and_answers_have_types() {
    let upstream = Upstream::start().await;
    upstream.answer(answer(&backup()));
    let body = NewBackup {
        name: Some("nightly".to_owned()),
        retention_unit: Some(RetentionUnit::Day),
        retention_value: Some(7),
        ..NewBackup::default()
    };
    let created = client(&upstream.base_url()).createbackup("acme", "shop", "main").body(body).await.unwrap();
    assert_eq!(created.state.as_str(), "thawing");
    assert_eq!(created.size, 9_007_199_254_740_993);
    let request = upstream.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", UPSTREAM));
    assert_eq!(request.json(), json!({"name": "nightly", "retention_unit": "day", "retention_value": 7}));
}

#[tokio::test]
async fn parameters_of_the_document_are_written_as_it_says() {
    let upstream = Upstream::start().await;
    upstream.answer(answer(&page()));
    let listed = client(&upstream.base_url())
        .listbackups("acme", "shop", "main")
        .page(2)
        .per_page(50)
        .state(vec![BackupState::Success, BackupState::Failed])
        .await
        .unwrap();
    assert_eq!(listed.data[0].id.as_deref(), Some("b1"));
    assert_eq!(upstream.only_request().target, format!("{UPSTREAM}?state=success,failed&page=2&per_page=50"));
}

#[tokio::test]
async fn an_answer_without_content_is_not_looked_at() {
    let upstream = Upstream::start().await;
    let client = client(&upstream.base_url());
    for answer in
        [Answer::status(204), Answer::json(200, r#"{"deleted":true}"#), Answer::status(200).body("text/plain", "ok")]
    {
        upstream.answer(answer);
        let () = client.deletebackup("acme", "shop", "main", "b1").await.unwrap();
    }
}

#[tokio::test]
async fn what_breaks_the_document_is_refused_before_it_is_sent() {
    let upstream = Upstream::start().await;
    let body = || NewBackup { retention_value: Some(0), ..NewBackup::default() };
    let error = client(&upstream.base_url()).createbackup("acme", "shop", "main").body(body()).await.unwrap_err();
    let ClientError::Invalid(invalid) = error else { panic!("{error:?}") };
    assert_eq!(invalid.violations()[0].violation.pointer, "/retention_value");
    assert!(upstream.requests().is_empty());

    let mut config = config(&upstream.base_url());
    config.settings.validate_requests = false;
    upstream.answer(answer(&backup()));
    let lenient = capsmith_generated::platform_backups::Client::new(&config).unwrap();
    lenient.createbackup("acme", "shop", "main").body(body()).await.unwrap();
    assert_eq!(upstream.only_request().json(), json!({"retention_value": 0}));
}

#[tokio::test]
async fn a_body_that_must_be_there_is_asked_for() {
    let upstream = Upstream::start().await;
    let error = client(&upstream.base_url()).createbackup("acme", "shop", "main").await.unwrap_err();
    assert!(error.to_string().contains("`body` is required"), "{error}");
    assert!(upstream.requests().is_empty());
}
