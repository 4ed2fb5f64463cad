//! The demo does what it prints.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use capsmith_tests::child::{Process, run};
use capsmith_tests::{clients, http1, mcp};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;

fn demo() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo"));
    command.env_remove("PLANETSCALE_API_KEY").env_remove("PLATFORM_BACKUPS_BASE_URL");
    command.env("PLATFORM_BACKUPS_REST_ADDR", "127.0.0.1:0").env("PLATFORM_BACKUPS_MCP_ADDR", "127.0.0.1:0");
    command.stdin(Stdio::null());
    command
}

/// Starts the demo and reads what it prints up to its last line.
async fn start(command: Command) -> (Process, Vec<String>) {
    let mut process = Process::start(command);
    let mut lines = Vec::new();
    loop {
        let line = process.line().await.expect("a demo that goes on");
        let last = line.contains("Ctrl-C");
        lines.push(line);
        if last {
            return (process, lines);
        }
    }
}

fn address(lines: &[String], start: &str) -> SocketAddr {
    let line = lines.iter().find_map(|line| line.strip_prefix(start)).expect("a line with an address");
    line.trim_end_matches("/mcp").parse().expect("an address")
}

/// Runs a printed line as it is printed, and gives back its output.
async fn paste(line: &str) -> String {
    paste_in(Path::new("."), line).await
}

async fn paste_in(directory: &Path, line: &str) -> String {
    let mut command = Command::new("sh");
    command.args(["-c", line.trim()]).current_dir(directory);
    let output = run(command).await;
    assert!(output.status.success(), "{line}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The ids of the backups on a page.
fn ids(page: &Value) -> Vec<String> {
    let backups = page["data"].as_array().unwrap_or_else(|| panic!("a page: {page}"));
    backups.iter().map(|backup| backup["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_printed_curl_lines_make_list_read_and_delete_a_backup() {
    let (process, lines) = start(demo()).await;
    let curl: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| line.starts_with("curl ")).collect();
    let [create, list, read, delete, call] = curl[..] else { panic!("five curl lines: {lines:#?}") };

    let before = json_of(&paste(list).await);
    let made = json_of(&paste(create).await);
    assert_eq!(made["name"], "before-migration");
    let id = made["id"].as_str().unwrap();
    assert_eq!(ids(&json_of(&paste(list).await)), [ids(&before), vec![id.to_owned()]].concat());
    assert_eq!(json_of(&paste(&read.replace("ID", id)).await), made);

    let called = json_of(&paste(call).await);
    assert_eq!(ids(&called["result"]["structuredContent"]).last().unwrap(), id, "{called}");

    assert!(paste(&delete.replace("ID", id)).await.starts_with("HTTP/1.1 204"));
    assert_eq!(json_of(&paste(&read.replace("ID", id)).await)["code"], "not_found");
    assert_eq!(json_of(&paste(list).await), before);

    process.terminate().await;
    assert!(process.end().await.success());
}

#[tokio::test]
async fn the_printed_line_of_the_mcp_client_works() {
    // In this folder npx takes the installed inspector and asks no registry.
    let Some(directory) = clients::node() else { return };
    let (_process, lines) = start(demo()).await;
    let line = lines.iter().find(|line| line.trim().starts_with("npx ")).expect("a line with a client");
    let result = json_of(&paste_in(&directory, line).await);
    assert_eq!(ids(&result["structuredContent"]).len(), 1, "{result}");
}

#[tokio::test]
async fn the_tools_make_list_read_and_delete_a_backup() {
    let (_process, lines) = start(demo()).await;
    let address = address(&lines, "MCP, http://");
    let branch = json!({ "organization": "acme", "database": "shop", "branch": "main" });
    let with = |name: &str, value: Value| {
        let mut arguments = branch.clone();
        arguments[name] = value;
        arguments
    };
    let mut wanted = with("retention_unit", json!("week"));
    wanted["name"] = json!("weekly");
    let made = mcp::call(address, "create-backup", wanted).await;
    let made = &made["structuredContent"];
    assert_eq!(made["name"], "weekly");
    let listed = mcp::call(address, "list-backups", with("per_page", json!(1))).await;
    assert_eq!(listed["structuredContent"]["next_page"], 2, "{listed}");
    let listed = mcp::call(address, "list-backups", branch.clone()).await;
    assert_eq!(ids(&listed["structuredContent"]).last().unwrap(), &made["id"]);
    let id = made["id"].clone();
    let read = mcp::call(address, "get-backup", with("backup_id", id.clone())).await;
    assert_eq!(read["structuredContent"], *made);
    let deleted = mcp::call(address, "delete-backup", with("backup_id", id.clone())).await;
    assert_eq!(deleted["structuredContent"], json!({ "result": null }));
    let missing = mcp::call(address, "get-backup", with("backup_id", id)).await;
    assert!(mcp::error_text(&missing).contains("not_found"));

    let refused = mcp::call(address, "create-backup", with("retention_unit", json!("aeon"))).await;
    assert!(mcp::error_text(&refused).contains("`retention_unit`"), "{refused}");
}

#[tokio::test]
async fn it_prints_the_routes_and_the_tools() {
    let (_process, lines) = start(demo()).await;
    let text = lines.join("\n");
    let backups = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups";
    for part in
        ["GET    ", "POST   ", "DELETE ", backups, "create-backup", "delete-backup", "get-backup", "list-backups"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let rest = address(&lines, "REST, http://");
    assert_eq!(http1::get(rest, "/health/ready").await.status, 200);
}

#[tokio::test]
async fn it_takes_a_free_port_where_the_usual_one_is_taken() {
    // Whether this succeeds or someone else has the ports already, they are taken.
    let _taken = (TcpListener::bind("127.0.0.1:8080").await, TcpListener::bind("127.0.0.1:9090").await);
    let mut command = demo();
    command.env_remove("PLATFORM_BACKUPS_REST_ADDR").env_remove("PLATFORM_BACKUPS_MCP_ADDR");
    let (_process, lines) = start(command).await;
    let (rest, mcp) = (address(&lines, "REST, http://"), address(&lines, "MCP, http://"));
    assert!(rest.port() != 8080 && mcp.port() != 9090, "{rest} {mcp}");
    assert_eq!(http1::get(rest, "/health/live").await.status, 200);
}
