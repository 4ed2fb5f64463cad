//! The operations of an OpenAPI document (`tests/specs/bodies.yaml`) as MCP tools, over sockets: the calls of a client of
//! MCP become requests to the upstream.

mod finder;
mod fleet;
mod lengths;

use std::net::SocketAddr;

use capsmith::axum::Router;
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder::{Answer, Recorded, Recorder};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The client and the tools.
#[allow(unused, reason = "the tests need tools alone")]
mod api {
    capsmith::include_openapi!(path = "bodies.yaml", surfaces = [mcp]);
}

use api::bodies::{Client, Config};

/// An upstream that answers 204, or a request to `/json` with what it got, and the tools in front of it.
async fn start() -> (Recorder, SocketAddr) {
    let upstream = Recorder::new(|request| match &*request.target {
        "/json" => Answer::json(request.body.clone()),
        _ => Answer::status(204),
    })
    .await;
    let config = Config { base_url: upstream.url().into(), ..Config::default() };
    let router = api::bodies::mcp::router(Client::new(&config).expect("a client"));
    (upstream, serve(router).await)
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(capsmith::axum::serve(listener, router).into_future());
    address
}

#[tokio::test]
async fn each_operation_is_a_tool_in_both_eras() {
    let (_upstream, address) = start().await;
    let tools = mcp::tools(address).await;
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().expect("a name")).collect();
    let expected = [
        "delete_with_body",
        "send_form",
        "send_json",
        "send_lines",
        "send_multipart",
        "send_octets",
        "send_optional",
        "send_several",
        "send_text",
        "send_vendor",
        "send_xml",
    ];
    assert_eq!(names, expected);
    for era in Era::ALL {
        let listed = mcp::result(address, era, "tools/list", json!({})).await;
        assert_eq!(listed["tools"], Value::Array(tools.clone()), "{era:?}");
    }
    let json = &tools[2];
    let expected = json!({
        "type": "object",
        "properties": {"text": {"type": "string"}, "stars": {"type": "integer", "format": "int64"}},
        "required": ["text"],
        "additionalProperties": false,
    });
    assert_eq!(json["inputSchema"], expected);
    let picture = &tools[4]["inputSchema"]["properties"]["picture"];
    assert_eq!((&picture["type"], &picture["contentEncoding"]), (&json!("string"), &json!("base64")));
    assert_eq!(tools[0]["annotations"]["destructiveHint"], true);
}

#[tokio::test]
async fn a_call_is_a_request_to_the_upstream() {
    let (upstream, address) = start().await;
    let note = json!({"text": "a", "stars": 3});
    let answer = mcp::call(address, "send_json", note.clone()).await;
    assert_eq!(answer["structuredContent"], note);
    for (tool, arguments) in [
        ("send_optional", json!({})),
        ("send_vendor", note.clone()),
        ("send_form", json!({"joined": ["a", "b"], "truth": true})),
        ("send_octets", json!({"body": "aGk="})),
        ("send_text", json!({"body": "plain"})),
        ("send_lines", json!({"body": [{"text": "a"}, {"text": "b"}]})),
        ("send_multipart", json!({"picture": "aGk=", "title": "Picture", "sizes": [1, 2]})),
    ] {
        let result = mcp::call(address, tool, arguments).await;
        assert_eq!(result["structuredContent"], json!({"result": null}), "{tool}: {result}");
    }
    let requests = upstream.requests();
    let texts: Vec<&str> = requests.iter().map(Recorded::text).collect();
    let expected = [
        r#"{"text":"a","stars":3}"#,
        "",
        r#"{"text":"a","stars":3}"#,
        "joined=a,b&truth=true",
        "hi",
        "plain",
        "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
    ];
    assert_eq!(texts[..7], expected);
    assert_eq!(requests[2].header("content-type"), Some("application/merge-patch+json"));
    assert!(texts[7].contains("Content-Type: image/png\r\n\r\nhi\r\n"), "{}", texts[7]);
    assert_eq!(texts[7].matches("name=\"sizes\"").count(), 2, "{}", texts[7]);
}

#[tokio::test]
async fn what_does_not_fit_is_told_and_not_sent() {
    let (upstream, address) = start().await;
    let result = mcp::call(address, "send_json", json!({"stars": "3", "text": 1, "txt": "a"})).await;
    assert_eq!(
        mcp::error_text(&result),
        "`send_json` cannot be called with these arguments:\n\
         - `text` must be text, not the number 1; send \"1\"\n\
         - `stars` must be a whole number, not the text \"3\"; send 3 without quotes\n\
         - `txt` is not an argument of this tool; did you mean `text`?"
    );
    let result = mcp::call(address, "send_multipart", json!({"picture": "?", "note": {"stars": 1}})).await;
    let text = mcp::error_text(&result);
    assert!(
        text.contains("- `picture` must be base64 text") && text.contains("- `note` at /text is required"),
        "{text}"
    );
    assert_eq!(upstream.requests().len(), 0);
}
