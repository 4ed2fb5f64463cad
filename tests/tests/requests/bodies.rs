//! Bodies: `capabilities/bodies.yaml`.

use capsmith_tests::http1::{request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorded, Recorder};
use serde_json::json;

capsmith::include_capability!("capabilities/bodies.yaml");

use bodies::{Client, Config, bind};

fn config(recorder: &Recorder) -> Config {
    Config {
        bodies_base_url: recorder.url().into(),
        api_key: Some("hunter2\"".into()),
        bodies_rest_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        bodies_mcp_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    }
}

async fn start() -> (Recorder, Client) {
    let recorder = Recorder::new(|_| Answer::json("{}")).await;
    let client = Client::new(&config(&recorder)).unwrap();
    (recorder, client)
}

fn check(request: &Recorded, media_type: &str, body: &str) {
    assert_eq!((request.header("content-type"), request.text()), (Some(media_type), body));
}

const JSON: &str = "application/json";

#[tokio::test]
async fn json() {
    let (recorder, client) = start().await;
    client.json_text().title("a\"\\\n").crew(json!([1, {"x": null}])).from(json!("A")).to(json!(7.5)).await.unwrap();
    let expected = r#"{"title":"Ship \"a\"\\\n\"","crew":[1,{"x":null}],"key":"hunter2\"","ports":["A",7.5]}"#;
    check(&recorder.take(), JSON, expected);
    // What is absent is left out.
    client.json_text().to(json!("B")).await.unwrap();
    check(&recorder.take(), JSON, r#"{"key":"hunter2\"","ports":["B"]}"#);
    client.json_tree().name(json!("Jo")).limit(json!(3)).await.unwrap();
    let expected = r#"{"name":"Jo","note":"for Jo","limit":3,"kind":"ship","count":1.5}"#;
    check(&recorder.take(), "application/merge-patch+json", expected);
    client.fields().title("T").await.unwrap();
    check(&recorder.take(), JSON, r#"{"title":"T","kind":"book"}"#);
    assert!(client.fields().await.unwrap_err().to_string().contains("`title` is required"));
    client.whole().content(json!([1])).await.unwrap();
    check(&recorder.take(), JSON, "[1]");
    client.whole().await.unwrap();
    let request = recorder.take();
    assert_eq!((request.header("content-type"), request.text()), (None, ""));
}

#[tokio::test]
async fn texts() {
    let (recorder, client) = start().await;
    client.text().name("Ada & <Co>").await.unwrap();
    check(&recorder.take(), "text/plain; charset=utf-8", "Dear Ada & <Co>,");
    client.xml().n("\"1\"").text("a<b>&c").data("x]]>y").await.unwrap();
    let expected = "<a n=\"&quot;1&quot;\">a&lt;b&gt;&amp;c<![CDATA[x]]]]><![CDATA[>y]]></a>";
    check(&recorder.take(), "application/xml", expected);
    let error = client.xml().n("1").text("\u{1}").data("").await.unwrap_err().to_string();
    assert!(error.contains("`text` must not contain control characters"), "{error}");
    assert!(client.xml().n("1").await.unwrap_err().to_string().contains("is required"));
    client.sparql().id("a> <b").name("x\" }").limit("10").await.unwrap();
    let expected = r#"SELECT * { <http://example.org/a%3E%20%3Cb> ?p "x\" }" } LIMIT "10""#;
    check(&recorder.take(), "application/sparql-query", expected);
    client.raw().b("c").await.unwrap();
    check(&recorder.take(), "text/csv", "a,c");
}

#[tokio::test]
async fn forms() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let (recorder, client) = start().await;
    client.form().to("+1 & 2").x("ü").tags("t").await.unwrap();
    check(&recorder.take(), FORM, "to=%2B1+%26+2&a+b=x%3D%C3%BC&tag=t");
    client.form().to("1").await.unwrap();
    check(&recorder.take(), FORM, "to=1");
    client.form_text().code("a&b=c").await.unwrap();
    check(&recorder.take(), FORM, "grant=x&code=a%26b%3Dc");
}

#[tokio::test]
async fn multipart() {
    let (recorder, client) = start().await;
    client.multipart().content("a,b\r\n").file_name("x\"\r\n.csv").who("Jo").await.unwrap();
    let request = recorder.take();
    let boundary = request.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x%22%0D%0A.csv\"\r\n\
         Content-Type: text/csv\r\n\r\na,b\r\n\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\
         Hello Jo\r\n--{boundary}--\r\n"
    );
    assert_eq!(request.text(), expected);
}

#[tokio::test]
async fn through_rest_and_mcp() {
    let (recorder, client) = start().await;
    let server = bind(config(&recorder), client).await.unwrap();
    let (rest, tools) = (server.local_addr("bodies-rest").unwrap(), server.local_addr("bodies-mcp").unwrap());
    let running = tokio::spawn(server.run());
    let post = |path: &'static str, body: &'static str| send(rest, request_with_json("POST", path, body));
    assert_eq!(post("/json-text", r#"{"title":"T","crew":{"n":1}}"#).await.status, 200);
    check(&recorder.take(), JSON, r#"{"title":"Ship \"T\"","crew":{"n":1},"key":"hunter2\"","ports":[]}"#);
    assert_eq!(post("/fields", r#"{"name":"T","pages":3}"#).await.status, 200);
    check(&recorder.take(), JSON, r#"{"title":"T","pages":3,"kind":"book"}"#);
    assert_eq!(post("/open", r#"{"pages":3}"#).await.status, 200);
    check(&recorder.take(), JSON, r#"{"pages":3}"#);
    for (path, body, part) in [
        ("/fields", r#"{"name":"T","size":3}"#, "its properties are `name`, `pages`"),
        ("/fields", r#"{"pages":"3"}"#, "whole number"),
        ("/fields", "{}", "is required"),
        ("/open", "[]", "must be a JSON object"),
    ] {
        let answer = post(path, body).await;
        assert_eq!(answer.status, 400);
        assert!(answer.text().contains(part), "{}", answer.text());
    }
    mcp::call(tools, "json-tree", json!({ "name": "Jo", "limit": 3 })).await;
    let expected = r#"{"name":"Jo","note":"for Jo","limit":3,"kind":"ship","count":1.5}"#;
    check(&recorder.take(), "application/merge-patch+json", expected);
    mcp::call(tools, "open", json!({ "title": "T" })).await;
    check(&recorder.take(), JSON, r#"{"title":"T"}"#);
    running.abort();
}
