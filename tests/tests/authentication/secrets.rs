//! Tokens, passwords and keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use capsmith_tests::http1::{Answer, get, request, send};
use capsmith_tests::mcp::{self, Era};
use http::Request;
use http_body_util::Full;
use serde_json::json;

use super::*;

fn with(target: &str, headers: &[(&str, &str)]) -> Request<Full<Bytes>> {
    let mut request = request("GET", target);
    for (name, value) in headers {
        request.headers_mut().append(http::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
    }
    request
}

fn check_refusal(answer: &Answer, challenge: &str) {
    assert_eq!(answer.status, 401, "{answer:?}");
    assert_eq!(answer.header("www-authenticate"), challenge);
    assert_eq!(answer.problem()["title"], "Unauthorized");
    assert_eq!(answer.header("cache-control"), "no-store");
}

fn basic(login: &str) -> String {
    format!("Basic {}", STANDARD.encode(login))
}

#[tokio::test]
async fn rest_answers_those_alone_who_have_the_credentials() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let bearer = format!("Bearer {TOKEN}");
    let login = basic(&format!("reader:{PASSWORD}"));
    let query = format!("/things?q=1&key={}", "t0ken%2B%2F%3D%26");
    let cookie = format!("a=b; session={TOKEN}");
    let right = [
        ("bearer-rest", with("/things?q=1", &[("authorization", &bearer)])),
        ("bearer-rest", with("/things?q=1", &[("authorization", &bearer.replace("Bearer", "bearer"))])),
        ("basic-rest", with("/things?q=1", &[("authorization", &login)])),
        ("header-rest", with("/things?q=1", &[("x-key", TOKEN)])),
        ("query-rest", with(&query, &[])),
        ("cookie-rest", with("/things?q=1", &[("cookie", &cookie)])),
    ];
    for (namespace, request) in right {
        let answer = send(running.at(namespace), request).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, "[]"), "{namespace}");
        let sent = upstream.take();
        assert_eq!((sent.target.as_str(), sent.header("cookie"), sent.header("x-key")), ("/things?q=1", None, None));
        assert_eq!(sent.header("authorization"), Some("Bearer upstre4m"), "{namespace}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn rest_refuses_everybody_else_with_a_challenge() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let bearer = format!("Bearer {TOKEN}");
    let api_key = |namespace: &str| format!("ApiKey realm=\"{namespace}\"");
    let refused = |namespace, challenge: String| (namespace, challenge);
    let (missing, wrong) = ("Bearer realm=\"bearer-rest\"", "Bearer realm=\"bearer-rest\", error=\"invalid_token\"");
    let basic_challenge = "Basic realm=\"basic-rest\", charset=\"UTF-8\"";
    let cases = [
        (refused("bearer-rest", missing.to_owned()), with("/things", &[])),
        (refused("bearer-rest", missing.to_owned()), with("/things", &[("authorization", TOKEN)])),
        (refused("bearer-rest", missing.to_owned()), with("/things", &[("x-key", TOKEN)])),
        (refused("bearer-rest", wrong.to_owned()), with("/things", &[("authorization", "Bearer t0ken")])),
        (
            refused("bearer-rest", missing.to_owned()),
            with("/things", &[("authorization", &bearer), ("authorization", &bearer)]),
        ),
        (refused("basic-rest", basic_challenge.to_owned()), with("/things", &[("authorization", &bearer)])),
        (refused("basic-rest", basic_challenge.to_owned()), with("/things", &[("authorization", "Basic !")])),
        (refused("basic-rest", basic_challenge.to_owned()), with("/things", &[("authorization", &basic("reader:"))])),
        (
            refused("basic-rest", basic_challenge.to_owned()),
            with("/things", &[("authorization", &basic(&format!("Reader:{PASSWORD}")))]),
        ),
        (refused("header-rest", api_key("header-rest")), with("/things", &[("x-key", "t0ken+/=")])),
        (refused("header-rest", api_key("header-rest")), with("/things", &[("authorization", &bearer)])),
        (refused("query-rest", api_key("query-rest")), with("/things?key=t0ken", &[])),
        (refused("query-rest", api_key("query-rest")), with("/things?key=t0ken%2B%2F%3D%26&key=x", &[])),
        (refused("cookie-rest", api_key("cookie-rest")), with("/things", &[("cookie", "session=")])),
    ];
    for ((namespace, challenge), request) in cases {
        check_refusal(&send(running.at(namespace), request).await, &challenge);
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn only_probes_need_no_credentials() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    for (namespace, _) in &running.addresses {
        for probe in ["/health/live", "/health/ready"] {
            assert_eq!(get(running.at(namespace), probe).await.status, 200, "{namespace}");
        }
        // Which paths and methods there are is nobody's business.
        for target in ["/", "/nothing", "/things/", "/health", "/mcp", "/.well-known/oauth-protected-resource"] {
            assert_eq!(get(running.at(namespace), target).await.status, 401, "{namespace} {target}");
        }
        assert_eq!(send(running.at(namespace), request("DELETE", "/things")).await.status, 401, "{namespace}");
    }
    let authorised = with("/nothing", &[("authorization", &format!("Bearer {TOKEN}"))]);
    assert_eq!(send(running.at("bearer-rest"), authorised).await.status, 404);
}

#[tokio::test]
async fn mcp_answers_those_alone_who_have_the_credentials() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let call = |era| mcp::request(era, "tools/call", json!({"name": "list-things", "arguments": {"q": "1"}}));
    for era in Era::ALL {
        check_refusal(&send(running.at("bearer-mcp"), call(era)).await, "Bearer realm=\"bearer-mcp\"");
        let mut wrong = call(era);
        wrong.headers_mut().insert("authorization", "Bearer other".parse().unwrap());
        let challenge = "Bearer realm=\"bearer-mcp\", error=\"invalid_token\"";
        check_refusal(&send(running.at("bearer-mcp"), wrong).await, challenge);
        assert!(upstream.requests().is_empty());
        let mut right = call(era);
        right.headers_mut().insert("authorization", format!("Bearer {TOKEN}").parse().unwrap());
        let answer = send(running.at("bearer-mcp"), right).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(upstream.take().header("authorization"), Some("Bearer upstre4m"));
        let mut by_query = call(era);
        *by_query.uri_mut() = "/mcp?key=t0ken%2B%2F%3D%26".parse().unwrap();
        let answer = send(running.at("query-mcp"), by_query).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        upstream.take();
        check_refusal(&send(running.at("query-mcp"), call(era)).await, "ApiKey realm=\"query-mcp\"");
    }
}

#[tokio::test]
async fn what_callers_must_have_is_demanded_at_start_and_shown_nowhere() {
    let problems = Client::new(&Config::default()).unwrap_err().to_string();
    for variable in ["CALLERS_TOKEN", "CALLERS_PASSWORD", "CALLERS_UPSTREAM_TOKEN", "THINGS_BASE_URL"] {
        assert!(problems.contains(variable), "{problems}");
    }
    let upstream = upstream().await;
    let config = config(&upstream);
    let client = Client::new(&config).unwrap();
    let shown = format!("{config:?} {client:?}");
    assert!(!shown.contains(TOKEN) && !shown.contains("pass:w"), "{shown}");
    // The setting that leaves secrets to hooks does not open a surface.
    let mut open = Config { callers_token: Some(" ".into()), password: None, ..config.clone() };
    open.settings.allow_missing_secrets = true;
    let problems = bind(open.clone(), client).await.unwrap_err().to_string();
    for expected in
        ["the token that callers of `bearer-rest` must have is empty", "the password that callers of `digest-mcp`"]
    {
        assert!(problems.contains(expected), "{problems}");
    }
    assert_eq!(Client::new(&open).unwrap_err().to_string(), problems.replace("Config: ", ""));
}
