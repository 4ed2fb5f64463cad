//! Clients that others wrote: the official MCP SDKs for TypeScript (both generations) and Python.

use std::process::Output;

use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::child::run;
use capsmith_tests::upstream::Answer;
use capsmith_tests::upstream::Upstream;
use capsmith_tests::{TOKEN, clients};
use serde_json::{Value, json};
use tokio::process::Command;

use super::mcp_offers::{Harbour, root};

pub(super) const SERVER: &str = env!("CARGO_BIN_EXE_platform-backups");
const HARBOUR: &str = env!("CARGO_BIN_EXE_harbour");

/// A client and the way in which it agrees on the protocol's version.
#[derive(Clone, Copy, Debug)]
pub(super) enum Client {
    TypeScriptV1,
    TypeScriptV2(&'static str),
    Python(&'static str),
}

impl Client {
    const ALL: [Self; 7] = [
        Self::TypeScriptV1,
        Self::TypeScriptV2("legacy"),
        Self::TypeScriptV2("auto"),
        Self::TypeScriptV2("2026-07-28"),
        Self::Python("legacy"),
        Self::Python("auto"),
        Self::Python("2026-07-28"),
    ];

    /// The command that starts it, or `None` where it is not installed.
    pub(super) fn command(self) -> Option<Command> {
        let node = |generation: &str, mode: &str| {
            let mut command = Command::new("node");
            command.arg(clients::node()?.join("client.mjs")).args([generation, mode]);
            Some(command)
        };
        match self {
            Self::TypeScriptV1 => node("v1", "legacy"),
            Self::TypeScriptV2(mode) => node("v2", mode),
            Self::Python(mode) => {
                let directory = clients::python()?;
                let mut command = Command::new(directory.join(".venv/bin/python"));
                command.arg(directory.join("client.py")).arg(mode);
                Some(command)
            }
        }
    }

    /// The version of the protocol that it should end up with, where it tells.
    fn expected_protocol(self) -> &'static str {
        match self {
            Self::TypeScriptV1 | Self::TypeScriptV2("legacy") | Self::Python("legacy") => "2025-11-25",
            Self::TypeScriptV2(_) | Self::Python(_) => "2026-07-28",
        }
    }

    pub(super) fn check_protocol(self, seen: &Value) {
        if !seen["protocol"].is_null() {
            assert_eq!(seen["protocol"], self.expected_protocol(), "{self:?}");
        }
    }

    /// What is to be seen of the resources and prompts of the harbour.
    fn check_offers(self, seen: &Value) {
        self.check_protocol(seen);
        let uris: Vec<_> =
            seen["resources"]["resources"].as_array().unwrap().iter().map(|one| one["uri"].as_str().unwrap()).collect();
        let expected =
            ["crews/a%20map.png", "crews/long.txt", "pilots.md"].map(|path| format!("harbour://guides/{path}"));
        assert_eq!(uris, expected, "{self:?}");
        assert_eq!(seen["templates"]["resourceTemplates"][0]["uriTemplate"], "harbour://ships/{imo}", "{self:?}");
        assert_eq!(seen["ship"]["contents"][0]["text"], "{\"name\":\"Astrid\"}", "{self:?}: {seen}");
        assert_eq!(seen["guide"]["contents"][0]["text"], "# Pilots\n", "{self:?}: {seen}");
        // Some clients tell the code of the new protocol whatever the server said in the old one.
        let code = seen["outside"]["error"]["code"].as_i64();
        assert!(matches!(code, Some(-32602 | -32002)), "{self:?}: {seen}");
        let names: Vec<_> =
            seen["prompts"]["prompts"].as_array().unwrap().iter().map(|prompt| &prompt["name"]).collect();
        assert_eq!(names, ["berth-for", "arrival"], "{self:?}");
        let text = &seen["prompt"]["messages"][0]["content"]["text"];
        assert_eq!(text, "Where can Astrid lie? ", "{self:?}: {seen}");
        assert_eq!(seen["missing"]["error"]["code"], -32602, "{self:?}: {seen}");
    }

    fn check(self, seen: &Value) {
        self.check_protocol(seen);
        let names: Vec<_> =
            seen["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["create-backup", "delete-backup", "get-backup", "list-backups"], "{self:?}");
        let made = &seen["create"]["structuredContent"];
        assert_eq!(made["name"], "nightly", "{self:?}: {seen}");
        let listed = seen["list"]["structuredContent"]["data"].as_array().unwrap();
        assert_eq!(listed.last().unwrap(), made, "{self:?}");
        assert_eq!(seen["get"]["structuredContent"], *made, "{self:?}");
        assert_eq!(seen["delete"]["structuredContent"], json!({ "result": null }), "{self:?}");
        assert_ne!(seen["delete"]["isError"], true, "{self:?}");
        for (key, part) in [("missing", "404"), ("badArgument", "`backup_id`"), ("absentArgument", "`backup_id`")] {
            assert_eq!(seen[key]["isError"], true, "{self:?} {key}: {seen}");
            assert!(seen[key]["content"][0]["text"].as_str().unwrap().contains(part), "{self:?} {key}: {seen}");
        }
        assert_eq!(seen["unknownTool"]["error"]["code"], -32602, "{self:?}: {seen}");
    }
}

/// Has a client walk through a server, and gives back what it saw.
async fn seen(client: Client, command: Command) -> Value {
    told(client, &run(command).await)
}

/// What a client prints.
pub(super) fn told(client: Client, output: &Output) -> Value {
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{client:?}: {shown}");
    let seen: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{client:?}: {error}: {output:?}"));
    assert!(!shown.contains(TOKEN) && !seen.to_string().contains(TOKEN), "{client:?}");
    seen
}

async fn walk(client: Client, command: Command, upstream: &Upstream) {
    let seen = seen(client, command).await;
    client.check(&seen);
    let prefix = "/base/organizations/acme/databases/shop/branches/main/backups";
    let requests: Vec<_> =
        upstream.take_requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect();
    let one = format!("{prefix}/{}", seen["create"]["structuredContent"]["id"].as_str().unwrap());
    let expected = [
        format!("POST {prefix}"),
        format!("GET {prefix}"),
        format!("GET {one}"),
        format!("DELETE {one}"),
        format!("GET {one}"),
    ];
    assert_eq!(requests, expected, "{client:?}");
}

#[tokio::test]
async fn over_http() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for client in Client::ALL {
        if let Some(mut command) = client.command() {
            command.arg("http").arg(format!("http://{}/mcp", running.mcp));
            walk(client, command, &upstream).await;
        }
    }
}

#[tokio::test]
async fn over_standard_input_and_output() {
    let upstream = Upstream::start().await;
    for client in Client::ALL {
        if let Some(mut command) = client.command() {
            command.args(["stdio", SERVER, "--stdio"]);
            command.env("PLATFORM_BACKUPS_BASE_URL", upstream.base_url()).env("PLANETSCALE_API_KEY", TOKEN);
            walk(client, command, &upstream).await;
        }
    }
}

#[tokio::test]
async fn resources_and_prompts_over_http() {
    let harbour = Harbour::open("clients").await;
    for client in Client::ALL {
        if let Some(mut command) = client.command() {
            command.arg("http").arg(format!("http://{}/mcp", harbour.mcp));
            harbour.upstream.answer(Answer::json(200, r#"{"name":"Astrid"}"#));
            client.check_offers(&seen(client, command).await);
        }
    }
}

#[tokio::test]
async fn resources_and_prompts_over_standard_input_and_output() {
    let upstream = Upstream::start().await;
    for client in Client::ALL {
        if let Some(mut command) = client.command() {
            command.args(["stdio", HARBOUR, "--stdio"]);
            command.env("REGISTER_BASE_URL", upstream.base_url()).env("BERTHS_BASE_URL", upstream.base_url());
            for variable in ["HARBOUR_SECRETS_REGISTER_TOKEN", "HARBOUR_SECRETS_REGISTER_VERSION", "HARBOUR_BERTH_KEY"]
            {
                command.env(variable, TOKEN);
            }
            command.env("HARBOUR_FILES_ROOT", root("stdio"));
            upstream.answer(Answer::json(200, r#"{"name":"Astrid"}"#));
            client.check_offers(&seen(client, command).await);
        }
    }
}
