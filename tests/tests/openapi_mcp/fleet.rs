//! What agents get of large answers, and of those of an upstream that refuses.

use std::net::SocketAddr;

use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::{Value, json};

use crate::serve;

/// The client and the tools.
#[allow(unused, reason = "the tests need tools alone")]
mod api {
    capsmith::include_openapi!(path = "fleet.yaml", surfaces = [mcp]);
}

use api::fleet::{Client, Config};

/// An upstream that always gives the same answer, and the tools in front of it.
pub(crate) async fn start(
    answer: impl FnMut() -> Answer + Send + 'static,
    set: impl FnOnce(&mut capsmith::Settings),
) -> (Recorder, SocketAddr) {
    let mut answer = answer;
    let upstream = Recorder::new(move |_| answer()).await;
    let mut config = Config { base_url: upstream.url().into(), ..Config::default() };
    set(&mut config.settings);
    let router = api::fleet::mcp::router(Client::new(&config).expect("a client"));
    (upstream, serve(router).await)
}

fn ship(number: usize) -> Value {
    json!({
        "imo": format!("{number:07}"), "name": format!("Ship {number}"), "flag": "LR", "built": 2001, "length": 199.5,
        "owner": {"id": number, "name": "Owner", "country": "GR"},
        "cargo": [{"kind": "ore", "tons": 100}, {"kind": "oil", "tons": 7}],
    })
}

fn ships(count: usize) -> String {
    json!({"ships": (0..count).map(ship).collect::<Vec<_>>(), "total": count}).to_string()
}

/// The texts of a result's contents.
fn texts(result: &Value) -> Vec<&str> {
    let contents = result["content"].as_array().expect("contents");
    contents.iter().map(|content| content["text"].as_str().expect("a text")).collect()
}

#[tokio::test]
async fn a_large_result_is_cut_after_an_element_and_says_how_to_narrow_it() {
    let (_upstream, address) = start(|| Answer::json(ships(2000)), |_| {}).await;
    let result = mcp::call(address, "list-ships", json!({})).await;
    let [text, note] = texts(&result)[..] else { panic!("{result}") };
    assert!(text.len() <= 64 * 1024 && text.len() > 60 * 1024, "{}", text.len());
    let read: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!((&read, &read["total"]), (&result["structuredContent"], &json!(2000)));
    let shown = read["ships"].as_array().expect("ships").len();
    assert_eq!(read["ships"][shown - 1], ship(shown - 1), "elements are whole");
    assert_eq!(
        note,
        format!(
            "Cut to what fits: `ships` has {shown} of 2000 elements. Call again with `page` for the rest, with fewer at once \
             by `per_page`, with fewer fields of each by `fields`, or filter by `flag`."
        )
    );
    assert_eq!(
        result["_meta"]["capsmith/cut"],
        json!([{"path": "ships", "kind": "elements", "shown": shown, "of": 2000}])
    );
}

#[tokio::test]
async fn the_size_is_a_setting_and_texts_end_with_a_line() {
    let lines = "07:00 calm sea\n".repeat(100);
    let log = lines.clone();
    let (_upstream, address) = start(
        move || Answer::status(200).body("text/plain", log.clone()),
        |settings| settings.cut_tool_results = Some(100),
    )
    .await;
    let result = mcp::call(address, "read-log", json!({"imo": "1"})).await;
    assert_eq!(texts(&result)[0], "07:00 calm sea\n".repeat(6));
    assert!(texts(&result)[1].starts_with("Cut to what fits: the text has 90 of 1500 bytes."), "{result}");
    let log = lines.clone();
    let (_upstream, address) =
        start(move || Answer::status(200).body("text/plain", log.clone()), |settings| settings.cut_tool_results = None)
            .await;
    assert_eq!(texts(&mcp::call(address, "read-log", json!({"imo": "1"})).await), [lines]);
}

#[tokio::test]
async fn an_agent_chooses_fields_of_large_objects_before_anything_is_cut() {
    let (upstream, address) = start(|| Answer::json(ships(1500)), |_| {}).await;
    let tools = mcp::tools(address).await;
    let argument = |tool: usize, name: &str| tools[tool]["inputSchema"]["properties"][name]["type"].clone();
    let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["add-ship", "get-ship", "list-berths", "list-ships", "read-log"]);
    assert_eq!((argument(1, "fields"), argument(3, "fields")), (json!("array"), json!("array")));
    assert_eq!((argument(2, "fields"), argument(2, "answer_fields")), (json!("string"), json!("array")));
    assert_eq!(argument(4, "fields"), Value::Null, "text has no fields");

    let chosen = json!({"fields": ["ships.imo", "ships.owner.id"], "flag": "LR"});
    let result = mcp::call(address, "list-ships", chosen).await;
    let ships = result["structuredContent"]["ships"].as_array().expect("ships");
    assert_eq!((ships.len(), &ships[1499]), (1500, &json!({"imo": "0001499", "owner": {"id": 1499}})));
    assert_eq!(texts(&result), [result["structuredContent"].to_string()]);
    assert_eq!(upstream.take().target, "/ships?flag=LR", "the upstream does not see the argument");

    let wrong = mcp::call(address, "list-ships", json!({"fields": ["ships.onwer", "imo"]})).await;
    assert_eq!(
        mcp::error_text(&wrong),
        "`list-ships` cannot be called with these arguments:\n\
         - `fields` does not fit: `ships.onwer` is not a field of the answer; did you mean `ships.owner`?\n\
         - `fields` does not fit: `imo` is not a field of the answer; did you mean `ships.imo`?"
    );
    assert_eq!(upstream.requests().len(), 0);
}

#[tokio::test]
async fn tools_have_fields_by_the_number_of_those_of_the_answer() {
    for (least, expected) in [(None, false), (Some(10), true), (Some(1000), false)] {
        let (_upstream, address) = start(|| Answer::json("{}"), |settings| settings.tool_fields = least).await;
        let tools = mcp::tools(address).await;
        assert_eq!(tools[3]["inputSchema"]["properties"].get("fields").is_some(), expected, "{least:?}");
    }
}

#[tokio::test]
async fn a_refusal_of_the_upstream_is_told_in_its_words_with_what_to_do() {
    let refused = |status: u16, body: &'static str| move || Answer::status(status).body("application/json", body);
    for (status, body, tool, expected) in [
        (
            404,
            r#"{"title":"Not Found","detail":"No such ship."}"#,
            "get-ship",
            "The upstream answered 404 Not Found: Not Found: No such ship. There is nothing with this `imo`: look up what there \
             is, and call again.\nIts answer: {\"title\":\"Not Found\",\"detail\":\"No such ship.\"}",
        ),
        (
            401,
            r#"{"message":"Bad token"}"#,
            "get-ship",
            "The upstream answered 401 Unauthorized: Bad token. It did not accept the credentials of this server, which no \
             argument changes: tell the user that they have to be set or renewed.",
        ),
        (500, "", "get-ship", "The upstream answered 500 Internal Server Error. Calling again may help."),
        (
            500,
            "",
            "add-ship",
            "The upstream answered 500 Internal Server Error. Whether the call had an effect is not known: look before you \
             make it again.",
        ),
    ] {
        let (_upstream, address) = start(refused(status, body), |_| {}).await;
        let arguments = if tool == "add-ship" { json!({"name": "Ada"}) } else { json!({"imo": "9074729"}) };
        let result = mcp::call(address, tool, arguments).await;
        assert_eq!(mcp::error_text(&result), expected);
    }
    let busy = || Answer::status(429).header("Retry-After", "30");
    let (_upstream, address) = start(busy, |_| {}).await;
    let result = mcp::call(address, "get-ship", json!({"imo": "9074729"})).await;
    let expected = "The upstream answered 429 Too Many Requests. Wait 30 seconds before the next call.";
    assert_eq!(mcp::error_text(&result), expected);
}

#[tokio::test]
async fn arguments_and_tools_that_there_are_not_are_told_with_those_that_are_near() {
    let (upstream, address) = start(|| Answer::json("{}"), |_| {}).await;
    let result = mcp::call(address, "get-ship", json!({"imo": "907", "filds": []})).await;
    assert_eq!(
        mcp::error_text(&result),
        "`get-ship` cannot be called with these arguments:\n\
         - `filds` is not an argument of this tool; did you mean `fields`?"
    );
    let result = mcp::call(address, "get-ship", json!({"imo": "907"})).await;
    assert_eq!(
        mcp::error_text(&result),
        "`get-ship` cannot be called with these arguments:\n\
         - `imo` must have at least 7 characters; given was the text \"907\""
    );
    let call = json!({"name": "get_ships", "arguments": {}});
    let answer = mcp::send(address, mcp::Era::Stateless, "tools/call", call).await.json();
    assert_eq!(answer["error"]["message"], "there is no tool `get_ships`; did you mean `get-ship`?");
    assert_eq!(upstream.requests().len(), 0);
}
