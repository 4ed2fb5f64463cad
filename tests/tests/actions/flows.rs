//! Routes and tools that refer to flows of an aggregate: `flows.yaml`.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use capsmith_tests::http1::{get, request_with_json, send};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/flows.yaml", name = ferry);

use ferry::{Client, Config, bind};

const CROSSINGS: &str = r#"{"crossings": [{"name": "Dawn"}, {"name": "Noon"}]}"#;

/// The capability at work. It stops when the value is dropped.
struct Ferry {
    rest: SocketAddr,
    mcp: SocketAddr,
    upstream: Upstream,
    task: AbortHandle,
}

impl Ferry {
    async fn open() -> Self {
        let upstream = Upstream::start().await;
        let config = Config {
            timetable_base_url: upstream.base_url().into(),
            ferry_rest_addr: ListenAddress::new("127.0.0.1", 0),
            ferry_tools_addr: ListenAddress::new("127.0.0.1", 0),
            ..Config::default()
        };
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp) = (address("ferry-rest"), address("ferry-tools"));
        Self { rest, mcp, upstream, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Ferry {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test]
async fn a_route_takes_call_inputs_and_outputs_from_its_flow() {
    let ferry = Ferry::open().await;
    ferry.upstream.answer(Answer::json(200, CROSSINGS));
    let answer = get(ferry.rest, "/ports/Turku/crossings?limit=2").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!(["Dawn", "Noon"])));
    assert_eq!(ferry.upstream.only_request().target, "/base/crossings?from-port=Turku&limit=2");
    let answer = get(ferry.rest, "/ports/Turku/crossings?limit=two").await;
    assert_eq!(answer.status, 400, "{answer:?}");
}

#[tokio::test]
async fn inputs_of_a_flow_are_properties_where_a_request_has_a_body() {
    let ferry = Ferry::open().await;
    ferry.upstream.answer(Answer::json(201, r#"{"id": 7}"#));
    let answer = send(ferry.rest, request_with_json("POST", "/bookings", r#"{"crossing": "Dawn", "seats": 2}"#)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let sent: Value = serde_json::from_slice(&ferry.upstream.only_request().body).unwrap();
    assert_eq!(sent, json!({"crossing": "Dawn", "seats": 2}));
    let answer = send(ferry.rest, request_with_json("POST", "/bookings", r#"{"seats": 2}"#)).await;
    assert_eq!(answer.status, 400, "inputs of flows are required: {answer:?}");
    assert!(answer.text().contains("crossing"), "{answer:?}");
}

#[tokio::test]
async fn tools_have_the_inputs_and_semantics_of_their_flow() {
    let ferry = Ferry::open().await;
    let tools = mcp::tools(ferry.mcp).await;
    let tool = |name: &str| tools.iter().find(|tool| tool["name"] == name).unwrap();
    let leaving = tool("leaving");
    assert_eq!(leaving["description"], "What leaves a port");
    assert_eq!(leaving["inputSchema"]["required"], json!(["port"]));
    assert_eq!(leaving["inputSchema"]["properties"]["limit"]["description"], "How many");
    assert_eq!(leaving["annotations"], json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true}));
    assert_eq!(
        tool("book")["annotations"],
        json!({"readOnlyHint": false, "idempotentHint": false, "openWorldHint": true})
    );

    ferry.upstream.answer(Answer::json(200, CROSSINGS));
    let result = mcp::call(ferry.mcp, "leaving-home", json!({"count": 1})).await;
    assert_eq!(result["structuredContent"], json!({"result": ["Dawn", "Noon"]}), "{result}");
    assert_eq!(ferry.upstream.only_request().target, "/base/crossings?from-port=Turku&limit=1");
}

#[tokio::test]
async fn a_mock_is_shared_by_the_surfaces() {
    let ferry = Ferry::open().await;
    let expected = json!({"text": "Welcome, Aino!"});
    assert_eq!(get(ferry.rest, "/greeting?passenger=Aino").await.json(), expected);
    assert_eq!(mcp::call(ferry.mcp, "greet", json!({"passenger": "Aino"})).await["structuredContent"], expected);
    assert_eq!(get(ferry.rest, "/greeting").await.status, 400);
}

#[tokio::test]
async fn a_resource_keeps_to_the_rules_of_its_flow() {
    let ferry = Ferry::open().await;
    ferry.upstream.answer(Answer::json(200, CROSSINGS));
    for era in Era::ALL {
        let read = |port: &str| {
            mcp::send(ferry.mcp, era, "resources/read", json!({"uri": format!("ferry://ports/{port}/arriving")}))
        };
        let refused = read("turku").await.json();
        let message = refused["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains("`port` must be text that matches the pattern"), "{refused}");
        assert!(ferry.upstream.requests().is_empty());
    }
    let content =
        mcp::result(ferry.mcp, Era::Stateless, "resources/read", json!({"uri": "ferry://ports/Turku/arriving"})).await;
    assert_eq!(content["contents"][0]["text"], CROSSINGS);
    assert_eq!(ferry.upstream.only_request().target, "/base/crossings?from-port=Turku&limit=5");
}
