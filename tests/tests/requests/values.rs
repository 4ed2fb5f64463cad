//! Values of parameters: `capabilities/parameter-values.yaml`.

use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorded, Recorder};
use serde_json::json;

capsmith::include_capability!(path = "capabilities/parameter-values.yaml", name = values);

use values::{Client, Config, bind, operations};

const ACCOUNT: &str = "acme/eu";

fn config(host: &str) -> Config {
    Config {
        account: Some(ACCOUNT.into()),
        api_key: Some("hunter2".into()),
        host: Some(host.into()),
        values_region: Some("west 1".into()),
        values_rest_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        values_mcp_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    }
}

fn host(recorder: &Recorder) -> &str {
    recorder.url().trim_start_matches("http://")
}

async fn recorder() -> Recorder {
    Recorder::new(|_| Answer::json("{}")).await
}

/// A request with all inputs.
fn check(request: &Recorded) {
    let (path, query) = request.target.split_once('?').unwrap();
    assert_eq!(path, "/api/t%201/acme%2Feu/r-west%201/things/a%2Fb");
    assert_eq!(
        query,
        "q=id%3Aa%2Fb%26x%3D1&user=J%C3%BCrgen+%26+Co&filter=%7B%22by%22%3A%22size%22%2C%22value%22%3A7%7D"
    );
    assert_eq!(request.header("x-key"), Some("key hunter2"));
    assert_eq!(request.header("x-filter"), Some("size=7"));
    assert_eq!(request.header("cookie"), Some("session=a%3Bb=J%C3%BCrgen%20&%20Co"));
    assert_eq!(request.header("x-trace"), None);
}

#[tokio::test]
async fn through_the_client() {
    let recorder = recorder().await;
    let client = Client::new(&config(host(&recorder))).unwrap();
    let inputs = client.get_thing("t 1", "a/b").user("Jürgen & Co").term("x=1");
    inputs.filter(json!({ "by": "size", "value": 7 })).await.unwrap();
    check(&recorder.take());
    // What an absent input is part of is left out.
    client.get_thing("t", "b").term("x").await.unwrap();
    let request = recorder.take();
    assert_eq!(request.target, "/api/t/acme%2Feu/r-west%201/things/b?q=id%3Ab%26x");
    assert_eq!((request.header("x-filter"), request.header("cookie")), (None, None));
    client.get_thing("t", "b").filter(json!({ "by": "size" })).await.unwrap();
    let request = recorder.take();
    assert_eq!((request.target.contains("q="), request.header("x-filter")), (false, None));
    let error = client.get_thing("t", "b").user("a\nb").filter(json!({ "by": "\r\nX: y", "value": 1 })).await;
    assert!(error.unwrap_err().to_string().contains("X-Filter"));
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn through_rest_and_mcp() {
    let recorder = recorder().await;
    let config = config(host(&recorder));
    let client = Client::new(&config).unwrap();
    let server = bind(config, client).await.unwrap();
    let (rest, tools) = (server.local_addr("values-rest").unwrap(), server.local_addr("values-mcp").unwrap());
    let running = tokio::spawn(server.run());
    let filter = "%7B%22by%22:%22size%22,%22value%22:7%7D";
    let target = format!("/things/t%201/a%2Fb?user=J%C3%BCrgen%20%26%20Co&term=x%3D1&filter={filter}");
    let answer = send(rest, request("GET", &target)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    check(&recorder.take());
    let filter = json!({ "by": "size", "value": 7 });
    let arguments = json!({ "tenant": "t 1", "id": "a/b", "user": "Jürgen & Co", "term": "x=1", "filter": filter });
    mcp::call(tools, "get-thing", arguments).await;
    check(&recorder.take());
    assert_eq!(get(rest, "/things/t/..").await.status, 400);
    running.abort();
}

#[tokio::test]
async fn everything_that_is_missing_is_named_at_once() {
    let problems = Client::new(&Config::default()).unwrap_err().to_string();
    for variable in ["VALUES_ACCOUNT", "VALUES_API_KEY", "VALUES_HOST", "VALUES_REGION"] {
        assert!(problems.contains(variable), "{problems}");
    }
    assert!(!problems.contains("VALUES_TRACE"), "{problems}");
    // The base URL as a whole takes the place of what it is made of.
    let config = Config { host: None, values_base_url: "http://127.0.0.1:1/elsewhere".into(), ..config("") };
    assert!(Client::new(&config).is_ok());
}

#[tokio::test]
async fn optional_variables_are_sent_where_they_are_set_and_secrets_shown_nowhere() {
    let recorder = recorder().await;
    let config = Config { values_trace: Some("on".into()), ..config(host(&recorder)) };
    let client = Client::new(&config).unwrap();
    client.request(operations::GetThing::new("t", "b")).await.unwrap();
    assert_eq!(recorder.take().header("x-trace"), Some("on"));
    let shown = format!("{config:?}{client:?}");
    assert!(!shown.contains("hunter2") && !shown.contains(host(&recorder)), "{shown}");
}
