use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::recorder::{self, Recorder};
use super::shop::{Client, operations};
use super::{TOKEN, client, config, taken_port};
use crate::{ClientError, HookError, Json, RequestHook};

#[tokio::test]
async fn path_values_are_percent_encoded() {
    for (value, sent) in [
        ("plain-._~1", "plain-._~1"),
        ("a/b", "a%2Fb"),
        ("ü", "%C3%BC"),
        ("%", "%25"),
        ("%2e%2e", "%252e%252e"),
        ("a b?c#d&e+f;g\\h:i@j", "a%20b%3Fc%23d%26e%2Bf%3Bg%5Ch%3Ai%40j"),
        ("...", "..."),
        ("..a", "..a"),
        ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
    ] {
        let recorder = Recorder::json(200, "{}").await;
        client(&recorder).getitem(value, "1").await.unwrap();
        assert_eq!(recorder.only().target, format!("/base/shops/{sent}/items/1"));
    }
}

#[tokio::test]
async fn path_values_that_would_lead_elsewhere_are_refused() {
    for value in ["", ".", ".."] {
        let recorder = Recorder::json(200, "{}").await;
        let error = client(&recorder).getitem("acme", value).await.unwrap_err();
        assert!(matches!(&error, ClientError::Argument { source, .. } if source.parameter() == "item"), "{error}");
        assert!(error.to_string().contains("`item` in the path must not"), "{error}");
        assert_eq!(recorder.requests().len(), 0);
    }
}

#[tokio::test]
async fn inputs_travel_where_the_file_says() {
    let recorder = Recorder::json(200, "[]").await;
    client(&recorder).listitems("plain").await.unwrap();
    assert_eq!(recorder.only().target, "/base/shops/plain/items?version=2%263");
    let recorder = Recorder::json(200, "[]").await;
    let mut inputs = operations::Listitems::new("a&b");
    inputs.page_limit = Some(5);
    inputs.tag = Some(vec![json!("x y"), json!(1), json!("a,b&c")]);
    inputs.x_trace = Some("trace ü".to_owned());
    inputs.session = Some("a;b c%".to_owned());
    client(&recorder).request(inputs).await.unwrap();
    let request = recorder.only();
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, "/base/shops/a%26b/items?version=2%263&page%5Blimit%5D=5&tag=x+y&tag=1&tag=a%2Cb%26c");
    assert_eq!(request.headers["x-trace"].as_bytes(), "trace ü".as_bytes());
    assert_eq!(request.header("x-shop"), Some("shop a&b"));
    assert_eq!(request.header("cookie"), Some("session=a%3Bb%20c%25"));
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(request.header("user-agent"), Some(concat!("capsmith/", env!("CARGO_PKG_VERSION"))));
    assert_eq!((request.body.as_str(), request.header("content-type")), ("", None));
}

#[tokio::test]
async fn header_values_cannot_smuggle_headers() {
    let recorder = Recorder::json(200, "[]").await;
    let mut inputs = operations::Listitems::new("a");
    inputs.x_trace = Some("1\r\nX-Evil: 1".to_owned());
    let error = client(&recorder).request(inputs).await.unwrap_err();
    assert!(error.to_string().contains("`X-Trace` in the header must not contain line breaks"), "{error}");
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn bodies_are_json_and_may_be_absent() {
    let recorder = Recorder::json(201, r#"{"id": 1}"#).await;
    let client = client(&recorder);
    client.createitem("a").await.unwrap();
    let text = r#"{ "kept":  "as written" }"#;
    let answer = client.createitem("a").body(Json::parse(text).unwrap()).await.unwrap();
    assert_eq!(answer, json!({"id": 1}));
    client.createitem("a").body(json!({"price": 2.50})).await.unwrap();
    let requests = recorder.requests();
    assert_eq!((requests[0].body.as_str(), requests[0].header("content-type")), ("", None));
    assert_eq!(requests[0].header("content-length").unwrap_or("0"), "0");
    assert_eq!((requests[1].body.as_str(), requests[1].header("content-type")), (text, Some("application/json")));
    assert_eq!(requests[2].body, r#"{"price":2.5}"#);
}

#[tokio::test]
async fn an_empty_answer_is_null() {
    for status in [200, 204] {
        let recorder = Recorder::new(move |_, _| recorder::respond(status, &[], "")).await;
        assert_eq!(client(&recorder).deleteitem("a", "1").await.unwrap(), Value::Null);
    }
}

#[tokio::test]
async fn a_status_that_is_no_success_is_an_error_with_headers_and_body() {
    let answer = |_, _: &_| recorder::respond(422, &[("x-reason", "price")], r#"{"message": "no price"}"#);
    let recorder = Recorder::new(answer).await;
    let error = client(&recorder).createitem("a").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    let ClientError::Status(error) = error else { panic!("{error:?}") };
    assert_eq!(error.to_string(), "`createitem` was answered with 422 Unprocessable Entity");
    assert_eq!((error.headers()["x-reason"].as_bytes(), error.is_truncated()), (&b"price"[..], false));
    assert_eq!(error.text(), r#"{"message": "no price"}"#);
}

#[tokio::test]
async fn error_bodies_are_kept_up_to_a_limit() {
    let recorder = Recorder::new(|_, _| recorder::respond(500, &[], "x".repeat(5000))).await;
    let mut config = config(&recorder);
    config.settings.max_error_body = 1000;
    let ClientError::Status(error) = Client::new(&config).unwrap().getitem("a", "b").await.unwrap_err() else {
        panic!("not a status")
    };
    assert_eq!((error.body().len(), error.is_truncated()), (1000, true));
}

#[tokio::test]
async fn an_answer_can_be_had_unread_whatever_its_status() {
    let recorder = Recorder::json(404, r#"{"a":1}"#).await;
    let response = client(&recorder).getitem("a", "b").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.json::<Value>().await.unwrap(), json!({"a": 1}));
}

#[tokio::test]
async fn answers_that_are_no_json_or_too_large_are_errors() {
    let recorder = Recorder::json(200, "<html>").await;
    let error = client(&recorder).getitem("a", "b").await.unwrap_err();
    let ClientError::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body().as_ref(), b"<html>");
    let recorder = Recorder::new(|_, _| recorder::respond(200, &[], "1".repeat(5000))).await;
    let mut config = config(&recorder);
    config.settings.max_response_body = 1000;
    let error = Client::new(&config).unwrap().getitem("a", "b").await.unwrap_err();
    assert!(matches!(error, ClientError::TooLarge { limit: 1000, .. }), "{error:?}");
}

#[tokio::test]
async fn refused_connections_and_timeouts_are_told_apart() {
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    let socket = taken_port();
    let closed = socket.local_addr().unwrap();
    config.api_base_url = format!("http://{closed}").into();
    let error = Client::new(&config).unwrap().getitem("a", "b").await.unwrap_err();
    assert!(matches!(error, ClientError::Connect { .. }), "{error:?}");

    // Accepts, and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.api_base_url = format!("http://{}", silent.local_addr().unwrap()).into();
    let client = Client::new(&config).unwrap();
    let error = client.getitem("a", "b").timeout(Duration::from_millis(50)).await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { .. }), "{error:?}");
    config.settings.read_timeout = Duration::from_millis(50);
    let error = Client::new(&config).unwrap().getitem("a", "b").await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn single_requests_carry_their_own_headers_and_credentials() {
    let recorder = Recorder::json(200, "{}").await;
    let (name, value) = (HeaderName::from_static("x-tenant"), HeaderValue::from_static("acme"));
    client(&recorder).getitem("a", "b").header(name, value).bearer("other").await.unwrap();
    let request = recorder.only();
    assert_eq!((request.header("x-tenant"), request.header("authorization")), (Some("acme"), Some("Bearer other")));
    let error = client(&recorder).getitem("a", "b").bearer("line\nbreak").await.unwrap_err();
    assert!(matches!(error, ClientError::InvalidBearer { .. }) && !format!("{error:?}").contains("line"), "{error:?}");
}

struct Tokens(AtomicUsize);

impl RequestHook for Tokens {
    async fn prepare(&self, request: &mut reqwest::Request) -> Result<(), HookError> {
        tokio::task::yield_now().await;
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let value =
            HeaderValue::from_str(&format!("token-{number}")).map_err(|error| HookError::with_source("x", error));
        request.headers_mut().insert("authorization", value?);
        Ok(())
    }
}

#[tokio::test]
async fn hooks_see_every_attempt() {
    let recorder = Recorder::new(|number, _| recorder::json(if number == 0 { 503 } else { 200 }, "{}")).await;
    let mut config = config(&recorder);
    config.settings.retries.max = 1;
    config.settings.retries.delay = Duration::from_millis(1);
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let builder = Client::builder(&config).on_request(move |request| {
        counter.fetch_add(1, Ordering::Relaxed);
        request.headers_mut().insert("x-hook", HeaderValue::from_static("1"));
        Ok(())
    });
    builder.on_request_async(Tokens(AtomicUsize::new(0))).build().unwrap().getitem("a", "b").await.unwrap();
    let requests = recorder.requests();
    let tokens: Vec<_> = requests.iter().map(|request| request.header("authorization").unwrap()).collect();
    assert_eq!(tokens, ["token-0", "token-1"]);
    assert_eq!((requests[1].header("x-hook"), seen.load(Ordering::Relaxed)), (Some("1"), 2));
}

#[tokio::test]
async fn a_hook_can_refuse() {
    let recorder = Recorder::json(200, "{}").await;
    let refusing = Client::builder(&config(&recorder)).on_request(|_| Err(HookError::new("out of tokens")));
    let error = refusing.build().unwrap().getitem("a", "b").await.unwrap_err();
    assert!(matches!(&error, ClientError::Hook { source, .. } if source.to_string() == "out of tokens"), "{error:?}");
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn retries_are_off_by_default_and_for_idempotent_methods_only() {
    let recorder = Recorder::json(503, "{}").await;
    client(&recorder).getitem("a", "b").await.unwrap_err();
    assert_eq!(recorder.requests().len(), 1);
    let mut config = config(&recorder);
    config.settings.retries.max = 2;
    config.settings.retries.delay = Duration::from_millis(1);
    let client = Client::new(&config).unwrap();
    client.createitem("a").await.unwrap_err();
    assert_eq!(recorder.requests().len(), 2);
    client.deleteitem("a", "b").await.unwrap_err();
    assert_eq!(recorder.requests().len(), 5);
}

#[tokio::test]
async fn retries_wait_as_the_upstream_asks() {
    let answer = |number, _: &_| match number {
        0 => recorder::respond(429, &[("retry-after", "1")], ""),
        _ => recorder::json(200, "{}"),
    };
    let recorder = Recorder::new(answer).await;
    let mut config = config(&recorder);
    config.settings.retries.max = 1;
    let started = Instant::now();
    Client::new(&config).unwrap().getitem("a", "b").await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn redirects_are_followed_within_the_origin_only() {
    let elsewhere = Recorder::json(200, "{}").await;
    let target: &'static str = elsewhere.url("/stolen").leak();
    let answer = move |_, request: &recorder::Recorded| match request.target.as_str() {
        "/base/shops/a/items/here" => recorder::respond(302, &[("location", "/moved")], ""),
        "/moved" => recorder::json(200, r#"{"moved":true}"#),
        _ => recorder::respond(302, &[("location", target)], ""),
    };
    let recorder = Recorder::new(answer).await;
    let client = client(&recorder);
    assert_eq!(client.getitem("a", "here").await.unwrap(), json!({"moved": true}));
    assert_eq!(recorder.requests()[1].header("referer"), None);
    let error = client.getitem("a", "elsewhere").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert_eq!(elsewhere.requests().len(), 0);
}

#[tokio::test]
async fn a_redirect_makes_no_get_of_a_post() {
    for (status, methods) in [(302, vec!["POST"]), (303, vec!["POST", "GET"]), (307, vec!["POST", "POST"])] {
        let recorder = Recorder::new(move |_, request: &recorder::Recorded| match request.target.as_str() {
            "/moved" => recorder::json(200, "{}"),
            _ => recorder::respond(status, &[("location", "/moved")], ""),
        })
        .await;
        let mut inputs = operations::Createitem::new("a");
        inputs.body = Some(Json::from(json!({"name": "x"})));
        let outcome = client(&recorder).request(inputs).await;
        let sent: Vec<_> = recorder.requests().into_iter().map(|request| request.method).collect();
        assert_eq!(sent, methods);
        match outcome {
            Ok(_) => assert_ne!(status, 302),
            Err(error) => assert_eq!(error.status(), Some(StatusCode::FOUND)),
        }
    }
}

#[tokio::test]
async fn a_custom_http_client_is_used() {
    let recorder = Recorder::json(200, "{}").await;
    let custom = reqwest::Client::builder().user_agent("custom").no_proxy().build().unwrap();
    Client::builder(&config(&recorder)).http_client(custom).build().unwrap().getitem("a", "b").await.unwrap();
    assert_eq!(recorder.only().header("user-agent"), Some("custom"));
}

#[tokio::test]
async fn secrets_show_nowhere() {
    let recorder = Recorder::json(500, "{}").await;
    let config = config(&recorder);
    let client = Client::new(&config).unwrap();
    let error = client.getitem("a", "b").await.unwrap_err();
    let builder = crate::__private::ClientBuilder::new(&super::shop::CAPABILITY, config.lower());
    let mut closed = config.clone();
    closed.api_base_url = "http://user:hunter2@127.0.0.1:1/x".into();
    let refused = Client::new(&closed).unwrap().getitem("a", "b").await.unwrap_err();
    let refused = crate::Error::from(refused);
    let request = client.getitem("a", "b").bearer("other-secret");
    let shown = format!("{config:?} {client:?} {error:?} {error} {builder:?} {closed:?} {refused:?} {request:?}");
    for secret in [TOKEN, "hunter2", "other-secret"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn inputs_of_another_capability_are_refused() {
    static FOREIGN: crate::description::Operation = crate::description::Operation {
        name: "foreign",
        description: "",
        consumes: 0,
        method: crate::description::Method::Get,
        path: "/",
        path_template: &[],
        inputs: &[],
        constants: &[],
        body: None,
        is_empty: false,
    };
    struct Foreign;
    impl crate::OperationInputs for Foreign {
        type Answer = Value;
        const OPERATION: &'static crate::description::Operation = &FOREIGN;
        fn read(_: &mut crate::__private::Arguments) -> Result<Self, crate::ArgumentError> {
            Ok(Self)
        }
        fn write(self, _: &mut crate::__private::Arguments) {}
    }
    let recorder = Recorder::json(200, "{}").await;
    let error = client(&recorder).request(Foreign).await.unwrap_err();
    assert!(matches!(error, ClientError::UnknownOperation { operation: "foreign" }), "{error:?}");
}

#[test]
fn a_client_is_not_built_from_an_incomplete_configuration() {
    let error = Client::new(&super::shop::Config::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the configuration is incomplete or wrong:\n  - no base URL: set `API_BASE_URL`\n  - no value for a secret: set \
         `SHOP_TOKEN`"
    );
    assert_eq!(super::shop::Config::from_env().unwrap_err(), error);
}

#[test]
fn futures_and_clients_can_be_sent_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone + 'static>() {}
    is_shared::<Client>();
    let request = |client: Client| async move { client.getitem("a", "b").await };
    let _ = |client: Client| is_send(&request(client));
}
