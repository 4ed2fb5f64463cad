//! Where requests go, and what 3.2 added.

use capsmith_tests::recorder::{Answer, Recorder};

use crate::api::servers::types::Query;
use crate::api::servers::{Client, Config, servers};
use crate::{client, list};

#[test]
fn variables_have_their_defaults() {
    assert_eq!(Config::default().base_url.as_str(), "http://localhost:80/v1");
    assert_eq!(servers::where_the_host_is_chosen("example.org", "8080", "v2").as_str(), "http://example.org:8080/v2");
}

#[tokio::test]
async fn variables_choose_the_server() {
    let recorder = Recorder::silent().await;
    let (host, port) = recorder.url().trim_start_matches("http://").split_once(':').expect("host and port");
    let base_url = servers::where_the_host_is_chosen(host, port, "a b");
    let client = Client::new(&Config { base_url, ..Config::default() }).expect("a client");
    client.here().await.expect("an answer");
    assert_eq!(recorder.only().target, "/a%20b/here");
}

#[tokio::test]
async fn an_operation_can_have_a_server_of_its_own() {
    let (main, other) = (Recorder::silent().await, Recorder::silent().await);
    let config = Config {
        base_url: main.url().into(),
        uploads_servers_invalid_base_url: other.url().into(),
        ..Config::default()
    };
    let client = Client::new(&config).expect("a client");
    client.elsewhere().await.expect("an answer");
    client.here().await.expect("an answer");
    assert_eq!((main.targets(), other.targets()), (list(["/here"]), list(["/elsewhere"])));
}

#[tokio::test]
async fn a_path_of_the_base_url_is_kept() {
    let recorder = Recorder::silent().await;
    for (base, expected) in [("", "/here"), ("/", "/here"), ("/api/v3", "/api/v3/here"), ("/api/v3/", "/api/v3/here")] {
        let base_url = format!("{}{base}", recorder.url()).into();
        Client::new(&Config { base_url, ..Config::default() }).expect("a client").here().await.expect("an answer");
        assert_eq!(recorder.take().target, expected);
    }
}

#[tokio::test]
async fn methods_are_sent_as_they_are_named() {
    let events = "data: {\"words\": [\"a\"]}\n\n";
    let recorder = Recorder::with([Answer::status(200), Answer::status(200).body("text/event-stream", events)]).await;
    let client = client!(servers, recorder);
    client.lock().await.expect("an answer");
    assert_eq!(recorder.take().method, "LOCK");
    let query = Query { words: Some(list(["a"])), ..Query::default() };
    let mut found = client.search(query).await.expect("an answer");
    let event = found.next().await.expect("an event").expect("no error");
    assert_eq!(event.data.words, Some(list(["a"])));
    let arrived = recorder.only();
    assert_eq!((arrived.method.as_str(), arrived.text()), ("QUERY", r#"{"words":["a"]}"#));
}

#[tokio::test]
async fn a_parameter_can_be_the_whole_query() {
    let recorder = Recorder::silent().await;
    let client = client!(servers, recorder);
    client.whole().all(Query { words: Some(list(["a b", "c&d"])), limit: Some(2) }).await.expect("an answer");
    assert_eq!(recorder.take().target, "/whole?words=a+b&words=c%26d&limit=2");
    client.crumbs().raw("a=b%20c").await.expect("an answer");
    assert_eq!(recorder.take().header("cookie"), Some("raw=a=b%20c"));
}
