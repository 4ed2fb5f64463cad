use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::http1::{get, read, send};
use super::recorder::{self, Recorder};
use super::shop::{self, Client, Handlers, operations};
use super::{TOKEN, client, config, serve, serve_with, taken_port};
use crate::{Context, Problem, Reply, UnknownQuery};

#[tokio::test]
async fn a_route_calls_its_operation_and_streams_the_answer() {
    let answer = |_, _: &_| {
        let headers = [
            ("content-type", "application/vnd.shop+json"),
            ("etag", "\"1\""),
            ("link", "</2>; rel=next"),
            ("set-cookie", "a=b"),
            ("connection", "x-hop"),
            ("x-hop", "1"),
        ];
        recorder::respond(201, &headers, "{ \"as\":  \"sent\" }")
    };
    let recorder = Recorder::new(answer).await;
    let running = serve(config(&recorder)).await;
    let answer = get(running.rest, "/v1/shops/acme/items/7").await;
    assert_eq!((answer.status, answer.body.as_str()), (201, "{ \"as\":  \"sent\" }"));
    assert_eq!(answer.header("content-type"), Some("application/vnd.shop+json"));
    assert_eq!((answer.header("etag"), answer.header("link")), (Some("\"1\""), Some("</2>; rel=next")));
    assert_eq!((answer.header("set-cookie"), answer.header("x-hop")), (None, None));
    let request = recorder.only();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/base/shops/acme/items/7"));
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}

#[tokio::test]
async fn path_values_round_trip() {
    for value in ["a%2Fb", "%C3%BC", "%25", "a%20b%3F%23", "%252e", "a:b@c", "..."] {
        let recorder = Recorder::json(200, "{}").await;
        let running = serve(config(&recorder)).await;
        assert_eq!(get(running.rest, &format!("/v1/shops/{value}/items/1")).await.status, 200);
        let sent = value.replace(':', "%3A").replace('@', "%40");
        assert_eq!(recorder.only().target, format!("/base/shops/{sent}/items/1"));
    }
}

#[tokio::test]
async fn path_values_that_would_lead_elsewhere_are_400() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    for value in [".", "..", "%2e", "%2E%2e", ".%2e"] {
        let problem = get(running.rest, &format!("/v1/shops/{value}/items/1")).await.problem();
        assert_eq!(
            (&problem["status"], &problem["errors"][0]["parameter"]),
            (&json!(400), &json!("shop-id")),
            "{value}"
        );
        assert_eq!(problem["errors"][0]["in"], "path");
    }
    let problem = get(running.rest, "/v1/shops//items/1").await.problem();
    assert_eq!((&problem["status"], &problem["errors"][0]["parameter"]), (&json!(400), &json!("shop-id")));
    assert_eq!(get(running.rest, "/v1/shops/%ff/items/1").await.problem()["status"], 400);
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn parameters_are_read_from_everywhere() {
    let recorder = Recorder::json(200, "[]").await;
    let running = serve(config(&recorder)).await;
    let line = "GET /v1/shops/acme/items?limit=5&tag=a%20b&tag=c%2Cd";
    let answer = send(running.rest, line, &[("x-trace", "t1"), ("Cookie", "x=1; session=s%201")], "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let request = recorder.only();
    let query = "version=2%263&page%5Blimit%5D=5&tag=a+b&tag=c%2Cd";
    assert_eq!(request.target, format!("/base/shops/acme/items?{query}"));
    assert_eq!((request.header("x-trace"), request.header("cookie")), (Some("t1"), Some("session=s%201")));
    get(running.rest, "/v1/shops/acme/items?tag=a,b").await;
    assert_eq!(recorder.requests()[1].target, "/base/shops/acme/items?version=2%263&tag=a&tag=b");
}

#[tokio::test]
async fn all_failures_of_a_request_are_reported_at_once() {
    let recorder = Recorder::json(200, "[]").await;
    let running = serve(config(&recorder)).await;
    let answer = get(running.rest, "/v1/shops/../items?limit=many&page=2&limit=3").await;
    assert_eq!(answer.status, 400);
    let errors = answer.problem()["errors"].clone();
    let named: Vec<_> = errors.as_array().unwrap().iter().map(|error| error["parameter"].as_str().unwrap()).collect();
    assert_eq!(named, ["shop-id", "page", "limit"]);
    let known = errors[1]["detail"].as_str().unwrap();
    assert!(known.contains("`limit`, `tag`"), "{known}");
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn of_many_failures_as_many_are_told_as_anybody_reads() {
    let recorder = Recorder::json(200, "[]").await;
    let running = serve(config(&recorder)).await;
    let query: Vec<String> = (0..1_000).map(|number| format!("x{number}")).collect();
    let answer = get(running.rest, &format!("/v1/shops/a/items?{}", query.join("&"))).await;
    assert_eq!(answer.problem()["errors"].as_array().unwrap().len(), 100);
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn undeclared_query_parameters_follow_the_setting() {
    for (policy, sent) in [(UnknownQuery::Ignore, ""), (UnknownQuery::Forward, "?x=%20y&z")] {
        let recorder = Recorder::json(200, "{}").await;
        let mut config = config(&recorder);
        config.settings.unknown_query = policy;
        let running = serve(config).await;
        assert_eq!(get(running.rest, "/v1/shops/a/items/1?x=%20y&z").await.status, 200);
        assert_eq!(recorder.only().target, format!("/base/shops/a/items/1{sent}"));
    }
}

#[tokio::test]
async fn undeclared_query_parameters_take_the_place_of_none_of_the_files() {
    let recorder = Recorder::json(200, "[]").await;
    let mut config = config(&recorder);
    config.settings.unknown_query = UnknownQuery::Forward;
    let running = serve(config).await;
    assert_eq!(get(running.rest, "/v1/shops/a/items?version=9&v%65rsion=8&x=1").await.status, 200);
    assert_eq!(recorder.only().target, "/base/shops/a/items?x=1&version=2%263");
}

#[tokio::test]
async fn bodies_are_checked_and_passed_on_as_they_are() {
    let recorder = Recorder::json(201, "{}").await;
    let mut config = config(&recorder);
    config.settings.max_request_body = 100;
    let running = serve(config).await;
    let json = [("Content-Type", "application/json; charset=utf-8")];
    let create = "POST /v1/shops/a/items";
    assert_eq!(send(running.rest, create, &json, "{ \"a\": 1 }").await.status, 201);
    assert_eq!(send(running.rest, create, &[], "").await.status, 201);
    let requests = recorder.requests();
    assert_eq!((requests[0].body.as_str(), requests[1].body.as_str()), ("{ \"a\": 1 }", ""));
    assert_eq!(requests[1].header("content-type"), None);

    let malformed = send(running.rest, create, &json, "{\n\"a\": trx\n}").await.problem();
    let detail = malformed["errors"][0]["detail"].as_str().unwrap();
    assert!(malformed["status"] == 400 && detail.contains("line 2 column 8"), "{malformed}");
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(send(running.rest, create, &form, "a=1").await.problem()["status"], 415);
    assert_eq!(send(running.rest, create, &[], "{}").await.problem()["status"], 415);
    let large = format!("\"{}\"", "x".repeat(200));
    assert_eq!(send(running.rest, create, &json, &large).await.problem()["status"], 413);
    assert_eq!(send_chunked(running.rest, create, &large).await.problem()["status"], 413);

    let replace = "PUT /v1/shops/a/items/1";
    let missing = send(running.rest, replace, &[], "").await.problem();
    assert_eq!((&missing["status"], &missing["errors"][0]["in"]), (&json!(400), &json!("body")));
    let wrong = send(running.rest, replace, &json, "[1]").await.problem();
    assert_eq!(wrong["detail"], "`body` must be a JSON object, not an array");
    assert_eq!(recorder.requests().len(), 2);
}

async fn send_chunked(address: std::net::SocketAddr, line: &str, body: &str) -> super::http1::Answer {
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: \
         chunked\r\n\r\n{chunked}"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    read(stream).await
}

#[tokio::test]
async fn what_the_upstream_answers_passes_through() {
    for status in [204, 304, 400, 404, 429, 500, 503] {
        let body = if matches!(status, 204 | 304) { "" } else { r#"{"upstream":"says so"}"# };
        let recorder = Recorder::new(move |_, _| recorder::respond(status, &[("retry-after", "7")], body)).await;
        let running = serve(config(&recorder)).await;
        let answer = send(running.rest, "DELETE /v1/shops/a/items/1", &[], "").await;
        assert_eq!((answer.status, answer.body.as_str(), answer.header("retry-after")), (status, body, Some("7")));
        if status == 204 {
            assert_eq!((answer.header("content-length"), answer.header("transfer-encoding")), (None, None));
        }
    }
}

#[tokio::test]
async fn upstream_failures_are_502_and_504_without_internals() {
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    let socket = taken_port();
    let closed = socket.local_addr().unwrap();
    config.api_base_url = format!("http://{closed}").into();
    let answer = get(serve(config.clone()).await.rest, "/v1/shops/a/items/1").await;
    assert_eq!(answer.problem()["status"], 502);
    assert!(!answer.body.contains(&closed.to_string()), "{answer:?}");
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.api_base_url = format!("http://{}", silent.local_addr().unwrap()).into();
    config.settings.read_timeout = Duration::from_millis(50);
    assert_eq!(get(serve(config).await.rest, "/v1/shops/a/items/1").await.problem()["status"], 504);
}

#[tokio::test]
async fn other_paths_and_methods_are_404_and_405() {
    let recorder = Recorder::json(200, r#"{"a":1}"#).await;
    let running = serve(config(&recorder)).await;
    for path in ["/", "/v1/shops/a", "/v1/shops/a/items/1/", "/items/1.xml"] {
        assert_eq!(get(running.rest, path).await.problem()["status"], 404, "{path}");
    }
    for method in ["POST", "OPTIONS", "PATCH", "TRACE"] {
        let answer = send(running.rest, &format!("{method} /v1/shops/a/items/1"), &[], "").await;
        assert_eq!(answer.status, 405, "{method}");
        let mut allowed: Vec<_> = answer.header("allow").unwrap().split(',').map(str::trim).collect();
        allowed.sort_unstable();
        assert_eq!(allowed, ["DELETE", "GET", "HEAD", "PUT"]);
        answer.problem();
    }
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let recorder = Recorder::json(200, r#"{"a":1}"#).await;
    let running = serve(config(&recorder)).await;
    let answer = send(running.rest, "HEAD /v1/shops/a/items/1", &[], "").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!((answer.header("content-length"), answer.header("content-type")), (Some("7"), Some("application/json")));
    assert_eq!(recorder.only().method, "GET");
}

#[tokio::test]
async fn listed_request_headers_are_forwarded_and_credentials_are_not() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    let headers = [
        ("Accept", "application/x"),
        ("If-None-Match", "\"1\""),
        ("Idempotency-Key", "k"),
        ("traceparent", "00-1"),
        ("Authorization", "Bearer caller"),
        ("Cookie", "caller=1"),
        ("X-Other", "1"),
    ];
    send(running.rest, "GET /v1/shops/a/items/1", &headers, "").await;
    let request = recorder.only();
    assert_eq!(request.header("accept"), Some("application/x"));
    assert_eq!((request.header("if-none-match"), request.header("idempotency-key")), (Some("\"1\""), Some("k")));
    assert_eq!(request.header("traceparent"), Some("00-1"));
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!((request.header("cookie"), request.header("x-other")), (None, None));
}

#[tokio::test]
async fn a_segment_may_hold_more_than_a_variable() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    assert_eq!(get(running.rest, "/items/a.b.json").await.status, 200);
    assert_eq!(recorder.only().target, "/base/shops/default/items/a.b");
}

#[tokio::test]
async fn routers_hold_only_their_routes_and_can_be_merged_and_nested() {
    let recorder = Recorder::json(200, "{}").await;
    let client = client(&recorder);
    let merged = shop::rest::router(client.clone()).merge(shop::mcp::router(client.clone()));
    let app = axum::Router::new()
        .merge(merged)
        .nest("/{tenant}/api", shop::rest::router(client))
        .route("/mine", axum::routing::get(|| async { "mine" }))
        .fallback(|| async { (StatusCode::IM_A_TEAPOT, "theirs") });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    assert_eq!(get(address, "/v1/shops/a/items/1").await.status, 200);
    assert_eq!(get(address, "/t/api/v1/shops/b/items/2").await.status, 200);
    assert_eq!(get(address, "/mine").await.body, "mine");
    assert_eq!(get(address, "/health/live").await.status, 418);
    assert_eq!(recorder.requests()[1].target, "/base/shops/b/items/2");
}

/// Overrides some operations and keeps the rest.
struct Custom(Client);

impl Handlers for Custom {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn getitem(&self, inputs: operations::Getitem, context: Context) -> Result<Reply, Problem> {
        match inputs.item.as_str() {
            "stub" => Ok(Reply::new(json!({"stub": context.surface()})).with_status(StatusCode::ACCEPTED)),
            "typed" => Ok(self.client().getitem(&inputs.shop, "1").await?.into()),
            "changed" => {
                let mut value = self.client().forward(inputs, context).await?.into_value().await?;
                value["changed"] = Value::Bool(true);
                Ok(value.into())
            }
            "empty" => Ok(Reply::empty()),
            "panic" => panic!("a mistake in a handler"),
            _ => Err(Problem::new(StatusCode::FORBIDDEN).with_detail("not this one")),
        }
    }
}

#[tokio::test]
async fn handlers_can_be_overridden_one_by_one() {
    let recorder = Recorder::new(|_, request| match request.target.as_str() {
        "/base/shops/none/items/1" => recorder::respond(404, &[("x-from", "upstream"), ("set-cookie", "a=b")], "gone"),
        _ => recorder::json(200, r#"{"a":1}"#),
    });
    let recorder = recorder.await;
    let config = config(&recorder);
    let running = serve_with(config.clone(), Custom(Client::new(&config).unwrap())).await;
    let item = async |item: &str| get(running.rest, &format!("/v1/shops/a/items/{item}")).await;
    let stub = item("stub").await;
    assert_eq!((stub.status, stub.json()), (202, json!({"stub": "shop-rest"})));
    assert_eq!(stub.header("content-type"), Some("application/json"));
    assert_eq!(item("typed").await.json(), json!({"a": 1}));
    assert_eq!(item("changed").await.json(), json!({"a": 1, "changed": true}));
    assert_eq!((item("empty").await.status, item("panic").await.status), (204, 500));
    assert_eq!(item("other").await.problem()["detail"], "not this one");
    assert_eq!(get(running.rest, "/v1/shops/a/items").await.status, 200);
    let passed = get(running.rest, "/v1/shops/none/items/typed").await;
    assert_eq!((passed.status, passed.body.as_str()), (404, "gone"));
    assert_eq!((passed.header("x-from"), passed.header("set-cookie")), (Some("upstream"), None));
}

#[tokio::test]
async fn answers_arrive_while_the_upstream_still_sends() {
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<String, std::io::Error>>(1);
    let receiver = std::sync::Mutex::new(Some(receiver));
    let recorder = Recorder::new(move |_, _| {
        let mut receiver = receiver.lock().unwrap().take().unwrap();
        let stream = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
        recorder::respond(200, &[], axum::body::Body::from_stream(stream))
    })
    .await;
    let running = serve(config(&recorder)).await;
    let mut stream = tokio::net::TcpStream::connect(running.rest).await.unwrap();
    stream.write_all(b"GET /v1/shops/a/items/1 HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    sender.send(Ok("first".to_owned())).await.unwrap();
    let mut arrived = String::new();
    let mut buffer = [0; 1024];
    while !arrived.contains("first") {
        let length = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.unwrap().unwrap();
        arrived.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
    }
    // The caller goes away: so must the request to the upstream.
    drop(stream);
    let gone = async {
        while sender.send(Ok("more".to_owned())).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone).await.expect("the upstream's request is dropped");
}
