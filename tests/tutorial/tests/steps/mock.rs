//! Step 1: a tool that answers without any upstream.

use serde_json::json;

use super::start;

#[tokio::test]
async fn a_tool_answers_with_what_the_file_says() {
    let shipyard = start!(step_1, (), None, [], [shipyard_tools_addr]);
    let answer = shipyard.call("get-ship", json!({ "imo_number": "IMO-7" })).await;
    assert_eq!(
        answer,
        json!({ "imo": "IMO-7", "name": "Northern Star", "type": "cargo", "flag": "NO", "status": "active" })
    );
    assert_eq!(shipyard.tool("get-ship").await["inputSchema"]["required"], json!(["imo_number"]));
}
