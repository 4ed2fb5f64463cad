//! Which credentials a request carries.

use std::time::Duration;

use super::recorder::{Recorded, Recorder, respond};
use super::tracker::operations::{Download, List, Listen, Read, Report};
use super::{client_with, settings, tracker};
use crate::__private::ApiClientBuilder;
use crate::openapi::{ApiRequest, ApiValues, CallError, Credential, Operate, TokenError};
use crate::{BaseUrl, ClientError};

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
    assert!(matches!(error, ClientError::MissingCredentials { operation: "issues/list", .. }), "{error}");
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
        // That one is refused, so the request is sent with a new one.
        ("/lines", "Bearer t0"),
        ("/oauth/token", login),
        ("/lines", "Bearer t4"),
        ("/lines", "Bearer t4"),
    ];
    assert_eq!(seen, expected);
    assert_eq!(requests[0].body, "grant_type=client_credentials&scope=a+b");
}

/// Gives tokens that are numbered, and answers everything else with a status.
async fn tokens(status: u16) -> Recorder {
    Recorder::new(move |number, request| match request.target.as_str() {
        "/oauth/token" => respond(200, &[], &format!(r#"{{"access_token": "t{number}"}}"#)),
        _ => respond(status, &[], ""),
    })
    .await
}

fn oauth(credential: Credential) -> Vec<Option<Credential>> {
    let mut credentials = none(6);
    credentials[5] = Some(credential);
    credentials
}

#[tokio::test]
async fn a_token_that_is_refused_again_is_given_up() {
    let recorder = tokens(401).await;
    let client = client_with(&recorder, oauth(Credential::client("id", "secret")), settings());
    let response = ApiRequest::new(&client, Read).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 401);
    let targets: Vec<_> = recorder.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/oauth/token", "/lines", "/oauth/token", "/lines"]);
}

#[tokio::test]
async fn each_set_of_scopes_has_a_token() {
    let recorder = tokens(200).await;
    let client = client_with(&recorder, oauth(Credential::client("id", "secret")), settings());
    for _ in 0..2 {
        ApiRequest::new(&client, Read).send().await.unwrap();
        ApiRequest::new(&client, Listen).send().await.unwrap();
    }
    let bodies: Vec<_> = recorder.requests().into_iter().map(|request| request.body).collect();
    let grant = "grant_type=client_credentials";
    assert_eq!(bodies, [grant, "", &format!("{grant}&scope=events%3Aread+all"), "", "", ""]);

    // What the user says goes first.
    let recorder = tokens(200).await;
    let client = client_with(&recorder, oauth(Credential::client("id", "secret").scopes(["mine"])), settings());
    ApiRequest::new(&client, Listen).send().await.unwrap();
    ApiRequest::new(&client, Read).send().await.unwrap();
    let bodies: Vec<_> = recorder.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [&format!("{grant}&scope=mine"), "", ""]);
}

#[tokio::test]
async fn scopes_are_those_of_the_alternative_that_is_taken() {
    let recorder = tokens(200).await;
    let mut credentials = oauth(Credential::client("id", "secret"));
    credentials[2] = Some("k".into());
    ApiRequest::new(&client_with(&recorder, credentials, settings()), Listen).send().await.unwrap();
    let requests = recorder.requests();
    assert_eq!(requests[0].body, "grant_type=client_credentials&scope=admin");
    assert_eq!((requests[1].header("x-key"), requests[1].header("authorization")), (Some("k"), Some("Bearer t0")));
}

#[tokio::test]
async fn the_variables_of_missing_credentials_are_named() {
    async fn message<O: Operate>(inputs: O, credentials: Vec<Option<Credential>>) -> String {
        sent(inputs, credentials).await.unwrap_err().to_string()
    }
    let rest = "demands credentials that the configuration does not have: set";
    let list = format!("`issues/list` {rest} `TOKEN`, or `USERNAME` and `PASSWORD`");
    assert_eq!(message(List::new("o"), none(6)).await, list);
    assert_eq!(message(Read, none(6)).await, format!("`lines` {rest} `OAUTH`, or `CLIENT_ID` and `CLIENT_SECRET`"));
    assert_eq!(message(Download, none(6)).await, format!("`download` {rest} `KEY` and `QUERY`, or `SESSION`"));
    // What is there need not be named.
    let mut key = none(6);
    key[2] = Some("k3y".into());
    assert_eq!(message(Download, key).await, format!("`download` {rest} `QUERY`, or `SESSION`"));
}

#[tokio::test]
async fn what_a_header_cannot_carry_is_refused_when_the_client_is_built() {
    for (scheme, secret) in [(0, "to\nken"), (2, "k\r\nX-Evil: 1"), (5, "to\0ken")] {
        let mut credentials = none(6);
        credentials[scheme] = Some(secret.into());
        let values = ApiValues { base_urls: vec![BaseUrl::new("http://127.0.0.1")], credentials, settings: settings() };
        let message = ApiClientBuilder::new(&tracker::API, values).build().unwrap_err().to_string();
        assert!(message.contains(tracker::API.security_schemes[scheme].name) && !message.contains(secret), "{message}");
    }
    // Queries and cookies carry anything, encoded.
    let mut credentials = none(6);
    credentials[4] = Some("a\r\nb; c".into());
    let recorded = sent(Download, credentials).await.unwrap();
    assert_eq!(recorded.header("cookie"), Some("session=a%0D%0Ab%3B%20c"));
}

#[tokio::test]
async fn requests_that_need_a_token_at_once_wait_for_one() {
    let recorder = tokens(200).await;
    let client = client_with(&recorder, oauth(Credential::client("id", "secret")), settings());
    let send = || ApiRequest::new(&client, Read).send();
    let all = tokio::join!(send(), send(), send());
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok());
    let asked = recorder.requests().iter().filter(|request| request.target == "/oauth/token").count();
    assert_eq!((asked, recorder.requests().len()), (1, 4));

    // A failure is shared as well.
    let recorder = Recorder::with(503, "", "").await;
    let client = client_with(&recorder, oauth(Credential::client("id", "secret")), settings());
    let send = || ApiRequest::new(&client, Read).send();
    let all = tokio::join!(send(), send(), send());
    for error in [all.0.unwrap_err(), all.1.unwrap_err(), all.2.unwrap_err()] {
        assert!(matches!(error, ClientError::Token { .. }), "{error}");
    }
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test]
async fn a_server_of_tokens_that_is_silent_does_not_hold_requests_up() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings();
    settings.read_timeout = Duration::from_millis(50);
    let values = ApiValues {
        base_urls: vec![BaseUrl::new(format!("http://{}", silent.local_addr().unwrap()))],
        credentials: oauth(Credential::client("id", "secret")),
        settings,
    };
    let client = ApiClientBuilder::new(&tracker::API, values).build().unwrap();
    let error = ApiRequest::new(&client, Read).send().await.unwrap_err();
    let ClientError::Token { source, .. } = error else { panic!("{error}") };
    assert!(matches!(*source, TokenError::Transport(_)), "{source}");
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
