//! Which credentials a request carries, and where.

use std::fmt::Write as _;

use capsmith::openapi::{CallError, Credential};
use capsmith::{ClientError, Response, Sending, Settings};
use capsmith_tests::log::CapturedLog;
use capsmith_tests::recorder::{Answer, Recorded, Recorder};
use capsmith_tests::upstream::unreachable_base_url;

use crate::api::security::{Client, Config};

/// A configuration with every credential.
fn all(recorder: &Recorder) -> Config {
    Config {
        base_url: recorder.url().into(),
        token: Some("t0ken".into()),
        login: Some(Credential::login("Aladdin", "open sesame")),
        header_key: Some("h".into()),
        query_key: Some("q&=".into()),
        cookie_key: Some("c;".into()),
        ..Config::default()
    }
}

fn client(config: &Config) -> Client {
    Client::new(config).expect("a client")
}

/// What of a request could carry a credential.
type Carried<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn carried(arrived: &Recorded) -> Carried<'_> {
    (&arrived.target, arrived.header("authorization"), arrived.header("x-api-key"), arrived.header("cookie"))
}

#[tokio::test]
async fn credentials_go_where_the_document_says_and_nowhere_else() {
    let recorder = Recorder::silent().await;
    let client = client(&all(&recorder));
    let rows: [(Sending<Response>, Carried<'_>); 10] = [
        (client.by_default().send(), ("/default", Some("Bearer t0ken"), None, None)),
        (client.without().send(), ("/none", None, None, None)),
        (client.with_login().send(), ("/basic", Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), None, None)),
        (client.with_header().send(), ("/header", None, Some("h"), None)),
        (client.with_query().send(), ("/query?api_key=q%26%3D", None, None, None)),
        (client.with_query().q("x").send(), ("/query?q=x&api_key=q%26%3D", None, None, None)),
        (client.with_cookie().theme("dark").send(), ("/cookie", None, None, Some("theme=dark; session=c%3B"))),
        (client.either().send(), ("/either", Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), None, None)),
        (client.both().send(), ("/both?api_key=q%26%3D", None, Some("h"), None)),
        (client.optional().send(), ("/optional", Some("Bearer t0ken"), None, None)),
    ];
    for (request, expected) in rows {
        request.await.expect("an answer");
        assert_eq!(carried(&recorder.take()), expected);
    }
}

#[tokio::test]
async fn the_first_alternative_that_there_is_something_for_is_taken() {
    let recorder = Recorder::silent().await;
    let client = client(&Config { login: None, token: None, ..all(&recorder) });
    client.either().send().await.expect("an answer");
    assert_eq!(carried(&recorder.take()), ("/either", None, Some("h"), None));
    client.optional().send().await.expect("an answer");
    assert_eq!(carried(&recorder.take()), ("/optional", None, None, None));
}

#[tokio::test]
async fn a_request_that_lacks_its_credentials_is_not_sent() {
    let recorder = Recorder::silent().await;
    let client = client(&Config { base_url: recorder.url().into(), ..Config::default() });
    let error = client.both().await.expect_err("no credentials");
    assert!(matches!(error, CallError::Client(ClientError::MissingCredentials { .. })), "{error:?}");
    assert_eq!(
        error.to_string(),
        "`both` demands credentials that the configuration does not have: set `SECURITY_HEADER_KEY` and `SECURITY_QUERY_KEY`"
    );
    assert!(recorder.requests().is_empty());
    // What is set for one request counts.
    client.by_default().bearer("mine").send().await.expect("an answer");
    assert_eq!(recorder.only().header("authorization"), Some("Bearer mine"));
}

#[tokio::test]
async fn tokens_for_client_credentials_are_got_once() {
    let mut tokens = 0;
    let recorder = Recorder::new(move |request| match request.target.as_str() {
        "/oauth/token" => {
            tokens += 1;
            Answer::json(format!(r#"{{"access_token": "t{tokens}", "token_type": "bearer", "expires_in": 3600}}"#))
        }
        _ => Answer::status(200),
    })
    .await;
    let oauth = Some(Credential::client("id", "s3cret").scopes(["read"]));
    let client = client(&Config { base_url: recorder.url().into(), oauth, ..Config::default() });
    for _ in 0..3 {
        client.with_oauth().send().await.expect("an answer");
    }
    assert_eq!(recorder.targets(), ["/oauth/token", "/oauth", "/oauth", "/oauth"]);
    let requests = recorder.requests();
    let token = &requests[0];
    assert_eq!((token.method.as_str(), token.header("authorization")), ("POST", Some("Basic aWQ6czNjcmV0")));
    assert_eq!(token.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(token.text(), "grant_type=client_credentials&scope=read");
    assert_eq!(requests[3].header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn a_token_that_is_refused_is_got_anew() {
    let mut tokens = 0;
    let recorder = Recorder::new(move |request| match (request.target.as_str(), request.header("authorization")) {
        ("/oauth/token", _) => {
            tokens += 1;
            Answer::json(format!(r#"{{"access_token": "t{tokens}"}}"#))
        }
        (_, Some("Bearer t1")) => Answer::status(401),
        _ => Answer::status(200),
    })
    .await;
    let oauth = Some(Credential::client("id", "s3cret"));
    let client = client(&Config { base_url: recorder.url().into(), oauth, ..Config::default() });
    client.with_oauth().await.expect("an answer");
    assert_eq!(recorder.targets(), ["/oauth/token", "/oauth", "/oauth/token", "/oauth"]);
    assert_eq!(recorder.requests()[3].header("authorization"), Some("Bearer t2"));
}

#[tokio::test]
async fn a_server_that_gives_no_token_is_named_without_secrets() {
    let recorder =
        Recorder::new(|_| Answer::status(400).body("application/json", r#"{"error": "invalid_client"}"#)).await;
    let oauth = Some(Credential::client("id", "s3cret"));
    let config = Config { base_url: recorder.url().into(), oauth, ..Config::default() };
    let error = client(&config).with_oauth().await.expect_err("no token");
    assert!(matches!(error, CallError::Client(ClientError::Token { .. })), "{error:?}");
    assert!(!format!("{error:?} {config:?}").contains("s3cret"));
    assert_eq!(recorder.targets(), ["/oauth/token"]);
}

/// The secrets of [`secretive`], as they are and as they are sent.
const SECRETS: [&str; 8] =
    ["t0ken", "Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ", "h3ader", "qu3ry", "c00kie", "s3cret"];

fn secretive(base_url: String) -> Config {
    Config {
        base_url: base_url.into(),
        token: Some("t0ken".into()),
        login: Some(Credential::login("Aladdin", "open sesame")),
        header_key: Some("h3ader".into()),
        query_key: Some("qu3ry".into()),
        cookie_key: Some("c00kie".into()),
        oauth: Some(Credential::client("id", "s3cret")),
        ..Config::default()
    }
}

#[tokio::test]
async fn secrets_show_in_no_debug_form_error_or_log() {
    let log = CapturedLog::start();
    let refusing = Recorder::new(|_| Answer::status(401)).await;
    let mut shown = String::new();
    for base_url in [unreachable_base_url(), refusing.url().to_owned()] {
        let config = secretive(base_url);
        let client = client(&config);
        let request = client.by_default().bearer("m1ne");
        write!(shown, "{config:?} {client:?} {request:?}").expect("a text");
        let error = request.await.expect_err("nobody answers well");
        write!(shown, "{error} {error:?} {:?}", std::error::Error::source(&error)).expect("a text");
        for request in [
            client.by_default().send(),
            client.with_login().send(),
            client.both().send(),
            client.with_cookie().send(),
            client.with_oauth().send(),
        ] {
            match request.await {
                Ok(response) => write!(shown, "{response:?}").expect("a text"),
                Err(error) => {
                    write!(shown, "{error} {error:?} {:?}", std::error::Error::source(&error)).expect("a text");
                }
            }
        }
    }
    let log = log.text();
    assert!(log.contains("with_login"), "{log}");
    for secret in SECRETS.into_iter().chain(["m1ne"]) {
        assert!(!shown.contains(secret) && !log.contains(secret), "{secret}: {shown} {log}");
    }
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirection_to_another_server() {
    let other = Recorder::silent().await;
    let recorder = Recorder::with([Answer::status(307).header("location", other.url())]).await;
    let client = client(&Config { settings: Settings::default(), ..all(&recorder) });
    client.with_header().send().await.expect("an answer");
    assert!(other.requests().iter().all(|request| request.header("x-api-key").is_none()), "{:?}", other.requests());
}
