//! Which credentials a request carries.

use std::time::Duration;

use super::recorder::{Recorded, Recorder, respond};
use super::tracker::operations::{Download, List, Listen, Read, Report};
use super::{client_with, settings};
use crate::ClientError;
use crate::openapi::{ApiRequest, CallError, Credential, Operate};

async fn sent<O: Operate>(inputs: O, credentials: Vec<Option<Credential>>) -> Result<Recorded, ClientError> {
    let recorder = Recorder::with(200, "", "[]").await;
    ApiRequest::new(&client_with(&recorder, credentials, settings()), inputs).send().await?;
    Ok(recorder.only())
}

fn none(count: usize) -> Vec<Option<Credential>> {
    vec![None; count]
}

#[tokio::test]
async fn the_first_alternative_that_is_there_is_taken() {
    let both = || vec![Some("t0ken".into()), Some(Credential::login("user", "pass"))];
    assert_eq!(sent(List::new("o"), both()).await.unwrap().header("authorization"), Some("Bearer t0ken"));
    let mut login = both();
    login[0] = None;
    let recorded = sent(List::new("o"), login).await.unwrap();
    assert_eq!(recorded.header("authorization"), Some("Basic dXNlcjpwYXNz"));
    let error = sent(List::new("o"), none(6)).await.unwrap_err();
    assert!(matches!(error, ClientError::MissingCredentials { operation: "issues/list" }), "{error}");
    // An operation without requirements carries nothing.
    assert_eq!(sent(Report, both()).await.unwrap().header("authorization"), None);
}

#[tokio::test]
async fn keys_go_where_the_document_says() {
    let mut keys = none(6);
    (keys[2], keys[3], keys[4]) = (Some("h".into()), Some("q&".into()), Some("c;".into()));
    let recorded = sent(Download, keys.clone()).await.unwrap();
    assert_eq!((recorded.header("x-key"), recorded.target.as_str()), (Some("h"), "/download?key=q%26"));
    assert_eq!((recorded.header("authorization"), recorded.header("cookie")), (None, None));
    keys[2] = None;
    let recorded = sent(Download, keys).await.unwrap();
    assert_eq!((recorded.header("cookie"), recorded.target.as_str()), (Some("session=c%3B"), "/download"));
}

#[tokio::test]
async fn tokens_are_got_once_and_kept() {
    let recorder = Recorder::new(|number, request| match request.target.as_str() {
        "/oauth/token" => respond(200, &[], &format!(r#"{{"access_token": "t{number}", "expires_in": 3600}}"#)),
        "/lines" if number == 3 => respond(401, &[], ""),
        _ => respond(200, &[], ""),
    })
    .await;
    let mut credentials = none(6);
    credentials[5] = Some(Credential::client("id:1", "s ecret").scopes(["a", "b"]));
    let client = client_with(&recorder, credentials, settings());
    for _ in 0..4 {
        ApiRequest::new(&client, Read).send().await.unwrap();
    }
    let requests = recorder.requests();
    let seen: Vec<_> =
        requests.iter().map(|request| (request.target.as_str(), request.header("authorization").unwrap())).collect();
    let login = "Basic aWQlM0ExOnMrZWNyZXQ=";
    let expected = [
        ("/oauth/token", login),
        ("/lines", "Bearer t0"),
        ("/lines", "Bearer t0"),
        ("/lines", "Bearer t0"),
        // That one was refused, so the next call has a new one.
        ("/oauth/token", login),
        ("/lines", "Bearer t4"),
    ];
    assert_eq!(seen, expected);
    assert_eq!(requests[0].body, "grant_type=client_credentials&scope=a+b");
}

#[tokio::test]
async fn a_refused_token_is_an_error_without_secrets() {
    let recorder = Recorder::with(400, "application/json", r#"{"error": "invalid_client"}"#).await;
    let mut credentials = none(6);
    credentials[5] = Some(Credential::client("id", "s3cret").in_body());
    let error = ApiRequest::new(&client_with(&recorder, credentials, settings()), Read).call().await.unwrap_err();
    let CallError::Client(error @ ClientError::Token { .. }) = error else { panic!("{error}") };
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "no token was given: 400 Bad Request, invalid_client"
    );
    assert!(!format!("{error:?}").contains("s3cret"));
    assert_eq!(recorder.only().body, "grant_type=client_credentials&client_id=id&client_secret=s3cret");
}

#[tokio::test]
async fn an_optional_requirement_needs_nothing() {
    assert_eq!(sent(Listen, none(6)).await.unwrap().header("authorization"), None);
}

#[tokio::test]
async fn failures_of_idempotent_requests_are_repeated() {
    let recorder =
        Recorder::new(|number, _| respond(if number == 0 { 503 } else { 202 }, &[("retry-after", "0")], "")).await;
    let mut settings = settings();
    settings.retries.max = 1;
    settings.timeout = Some(Duration::from_secs(5));
    ApiRequest::new(&client_with(&recorder, Vec::new(), settings), Report).call().await.unwrap();
    assert_eq!(recorder.requests().len(), 2);
}
