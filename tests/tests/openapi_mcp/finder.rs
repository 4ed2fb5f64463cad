//! Tools that search, describe and call the others.

use std::net::SocketAddr;

use capsmith::ToolList;
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::{Value, json};

use crate::fleet::start;

async fn found() -> (Recorder, SocketAddr) {
    start(|| Answer::json(r#"{"imo":"9074729"}"#), |settings| settings.tool_list = ToolList::Search).await
}

fn names(tools: &Value) -> Vec<&str> {
    tools.as_array().expect("tools").iter().map(|tool| tool["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn three_tools_stand_for_all_and_the_instructions_say_so() {
    let (_upstream, address) = found().await;
    for era in Era::ALL {
        let listed = mcp::result(address, era, "tools/list", json!({})).await;
        assert_eq!(names(&listed["tools"]), ["search_tools", "describe_tools", "call_tool"]);
        let hints = |tool: usize| listed["tools"][tool]["annotations"]["readOnlyHint"].clone();
        assert_eq!((hints(0), hints(2)), (json!(true), json!(false)), "one of the tools changes something");
    }
    let client = json!({"name": "t", "version": "1"});
    let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    let initialized = mcp::result(address, Era::Initialize, "initialize", params).await;
    let discovered = mcp::result(address, Era::Stateless, "server/discover", json!({})).await;
    for answer in [initialized, discovered] {
        assert_eq!(
            answer["instructions"],
            "Ships and where they lie.\n\nThe 5 tools of this server are not listed, because the list would be long. Find the \
             tool that you need with `search_tools`, learn its arguments with `describe_tools`, and call it with `call_tool`."
        );
    }
}

#[tokio::test]
async fn tools_are_found_described_and_called() {
    let (upstream, address) = found().await;
    let search = mcp::call(address, "search_tools", json!({"query": "tell everything about a ship"})).await;
    let answer = &search["structuredContent"];
    assert_eq!(answer["tools"][0], json!({"name": "get-ship", "description": "Tells everything about a ship."}));
    assert_eq!(serde_json::from_str::<Value>(search["content"][0]["text"].as_str().unwrap()).unwrap(), *answer);
    let by_tag = mcp::call(address, "search_tools", json!({"query": "vessel"})).await;
    assert_eq!(names(&by_tag["structuredContent"]["tools"]), ["list-ships"]);
    let all = mcp::call(address, "search_tools", json!({"limit": 2, "offset": 2})).await;
    assert_eq!(names(&all["structuredContent"]["tools"]), ["list-berths", "list-ships"]);
    assert_eq!(all["structuredContent"]["found"], 5);

    let described = mcp::call(address, "describe_tools", json!({"names": ["get-ship", "add-ship"]})).await;
    let tools = &described["structuredContent"]["tools"];
    assert_eq!(names(tools), ["get-ship", "add-ship"]);
    assert_eq!(tools[0]["inputSchema"]["required"], json!(["imo"]));

    let arguments = json!({"imo": "9074729", "fields": ["imo"]});
    for (tool, arguments) in
        [("call_tool", json!({"name": "get-ship", "arguments": arguments})), ("get-ship", arguments.clone())]
    {
        let called = mcp::call(address, tool, arguments).await;
        assert_eq!(called["structuredContent"], json!({"imo": "9074729"}), "{tool}");
        assert_eq!(upstream.take().target, "/ships/9074729");
    }
}

#[tokio::test]
async fn calls_that_lead_nowhere_say_where_to_go() {
    let (upstream, address) = found().await;
    for (tool, arguments, expected) in [
        (
            "call_tool",
            json!({"name": "getship", "imo": "9074729"}),
            "`call_tool` cannot be called with these arguments:\n\
             - `name` has no tool `getship`; did you mean `get-ship`?\n\
             - `imo` is not an argument of this tool; put those of the called tool into `arguments`",
        ),
        (
            "call_tool",
            json!({"arguments": []}),
            "`call_tool` cannot be called with these arguments:\n\
             - `name` is required; `search_tools` finds tools\n\
             - `arguments` must be an object, not an array",
        ),
        (
            "call_tool",
            json!({"name": "call_tool", "arguments": {"name": "get-ship"}}),
            "`call_tool` cannot be called with these arguments:\n\
             - `name` has no tool `call_tool`; `search_tools` finds those that there are",
        ),
        (
            "describe_tools",
            json!({"names": ["weather", 7]}),
            "`describe_tools` cannot be called with these arguments:\n\
             - `names` must be an array of texts, not the number 7",
        ),
        (
            "search_tools",
            json!({"query": 7, "limit": 0, "page": 1}),
            "`search_tools` cannot be called with these arguments:\n\
             - `query` must be text, not the number 7\n\
             - `limit` must be a whole number from 1 to 50, not the number 0\n\
             - `page` is not an argument of this tool; its arguments are `query`, `limit`, `offset`: rename it or leave it out",
        ),
        // What is wrong with the arguments of a tool is told in its name.
        (
            "call_tool",
            json!({"name": "get-ship"}),
            "`get-ship` cannot be called with these arguments:\n- `imo` is required",
        ),
    ] {
        let result = mcp::call(address, tool, arguments).await;
        assert_eq!(mcp::error_text(&result), expected);
    }
    let nothing = mcp::call(address, "search_tools", json!({"query": "weather"})).await;
    let next = nothing["structuredContent"]["next"].as_str().expect("a next step");
    assert!(next.starts_with("No tool has these words."), "{next}");
    assert_eq!(upstream.requests().len(), 0);
}

#[tokio::test]
async fn the_list_gives_way_when_it_is_larger_than_its_budget() {
    for (list, budget, expected) in [
        (ToolList::Automatic, 128 * 1024, 5),
        (ToolList::Automatic, 1024, 3),
        (ToolList::All, 1024, 5),
        (ToolList::Search, 128 * 1024, 3),
    ] {
        let set = move |settings: &mut capsmith::Settings| {
            settings.tool_list = list;
            settings.tool_list_budget = budget;
        };
        let (_upstream, address) = start(|| Answer::json("{}"), set).await;
        assert_eq!(mcp::tools(address).await.len(), expected, "{list:?}, {budget}");
    }
}
