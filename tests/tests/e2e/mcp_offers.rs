//! Resources and prompts of an MCP surface: what is on the wire.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use capsmith::ListenAddress;
use capsmith_generated::harbour::{Client, Config, bind};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};
use tokio::task::AbortHandle;

/// More than a resource may have here.
const LONG: &str = r#"["0123456789", "0123456789", "0123456789", "0123456789", "0123456789"]"#;
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// The harbour at work. It stops when the value is dropped.
pub(crate) struct Harbour {
    /// Where its MCP surface listens.
    pub(crate) mcp: SocketAddr,
    /// What stands behind it.
    pub(crate) upstream: Upstream,
    task: AbortHandle,
}

impl Harbour {
    /// Serves it with files of its own.
    pub(crate) async fn open(name: &str) -> Self {
        let upstream = Upstream::start().await;
        let mut config = Config {
            register_base_url: upstream.base_url().into(),
            berths_base_url: upstream.base_url().into(),
            harbour_rest_addr: ListenAddress::new("127.0.0.1", 0),
            harbour_mcp_addr: ListenAddress::new("127.0.0.1", 0),
            register_token: Some("token".into()),
            register_version: Some("1".into()),
            berth_key: Some("key".into()),
            ..Config::default()
        };
        config.settings.files_root = Some(root(name));
        config.settings.max_tool_result = 64;
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let mcp = server.local_addr("harbour-mcp").expect("a surface that listens");
        Self { mcp, upstream, task: tokio::spawn(server.run()).abort_handle() }
    }

    async fn result(&self, era: Era, method: &'static str, params: Value) -> Value {
        mcp::result(self.mcp, era, method, params).await
    }

    /// What stands at a URI.
    async fn read(&self, uri: &str) -> Value {
        let result = self.result(Era::Initialize, "resources/read", json!({ "uri": uri })).await;
        result["contents"][0].clone()
    }

    /// The code and the message of an error.
    async fn error(&self, era: Era, method: &'static str, params: Value) -> (i64, String) {
        let answer = mcp::send(self.mcp, era, method, params).await.json();
        let error = &answer["error"];
        (error["code"].as_i64().expect("an error"), error["message"].as_str().expect("a message").to_owned())
    }
}

impl Drop for Harbour {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A folder with `guides` in it, and a secret beside.
pub(crate) fn root(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("offers-{name}"));
    std::fs::create_dir_all(root.join("guides/crews")).expect("the folder is made");
    let write = |path: &str, bytes: &[u8]| std::fs::write(root.join(path), bytes).expect("the file is written");
    write("guides/pilots.md", b"# Pilots\n");
    write("guides/crews/a map.png", &PNG);
    write("guides/crews/long.txt", &[b'x'; 65]);
    write("guides/.hidden", b"secret");
    write("secret.txt", b"secret");
    root
}

#[tokio::test]
async fn both_eras_list_resources_templates_and_prompts() {
    let harbour = Harbour::open("lists").await;
    for era in Era::ALL {
        let resources = harbour.result(era, "resources/list", json!({})).await;
        let expected = json!([
            {
                "uri": "harbour://guides/crews/a%20map.png", "name": "guides/crews/a map.png", "size": 8,
                "description": "Guides for pilots and crews", "mimeType": "image/png",
            },
            {
                "uri": "harbour://guides/crews/long.txt", "name": "guides/crews/long.txt", "size": 65,
                "description": "Guides for pilots and crews", "mimeType": "text/plain",
            },
            {
                "uri": "harbour://guides/pilots.md", "name": "guides/pilots.md", "size": 9,
                "description": "Guides for pilots and crews", "mimeType": "text/markdown",
            },
        ]);
        assert_eq!(resources["resources"], expected, "{era:?}");
        let templates = harbour.result(era, "resources/templates/list", json!({})).await;
        let expected = json!([{
            "uriTemplate": "harbour://ships/{imo}", "name": "ship", "title": "A ship", "mimeType": "application/json",
            "description": "What the register says about a ship",
        }]);
        assert_eq!(templates["resourceTemplates"], expected, "{era:?}");
        let prompts = harbour.result(era, "prompts/list", json!({})).await;
        let names: Vec<_> = prompts["prompts"].as_array().unwrap().iter().map(|prompt| &prompt["name"]).collect();
        assert_eq!(names, ["berth-for", "arrival"], "{era:?}");
        let expected = json!([
            {"name": "ship-name", "title": "The ship", "description": "The name of the ship", "required": true},
            {"name": "wish", "description": "What is wished for", "required": false},
        ]);
        assert_eq!(prompts["prompts"][0]["arguments"], expected, "{era:?}");
        assert_eq!(prompts["prompts"][0]["title"], "A berth for a ship");
        let tools = harbour.result(era, "tools/list", json!({})).await;
        for list in [&resources, &templates, &prompts, &tools] {
            assert_eq!((&list["ttlMs"], &list["cacheScope"]), (&json!(60_000), &json!("public")), "{era:?}: {list}");
        }
    }
}

#[tokio::test]
async fn what_there_is_is_advertised() {
    let harbour = Harbour::open("advertised").await;
    let params =
        json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
    let result = harbour.result(Era::Initialize, "initialize", params).await;
    assert_eq!(result["capabilities"], json!({"tools": {}, "resources": {}, "prompts": {}, "completions": {}}));
    let result = harbour.result(Era::Stateless, "server/discover", json!({})).await;
    assert_eq!(
        result["capabilities"],
        json!({"logging": {}, "tools": {}, "resources": {}, "prompts": {}, "completions": {}})
    );
}

#[tokio::test]
async fn an_operation_answers_for_the_uris_of_a_template() {
    let harbour = Harbour::open("template").await;
    for era in Era::ALL {
        harbour.upstream.answer(Answer::json(200, r#"{"name": "Astrid"}"#));
        let result = harbour.result(era, "resources/read", json!({"uri": "harbour://ships/90%2F74"})).await;
        let expected = json!([{"uri": "harbour://ships/90%2F74", "mimeType": "application/json", "text": "{\"name\": \"Astrid\"}"}]);
        assert_eq!(result["contents"], expected, "{era:?}");
        assert_eq!((&result["ttlMs"], &result["cacheScope"]), (&json!(60_000), &json!("public")), "{era:?}");
        assert_eq!(harbour.upstream.only_request().target, "/base/ships/90%2F74");
    }
}

#[tokio::test]
async fn errors_of_the_upstream_are_errors_that_agents_can_read() {
    let harbour = Harbour::open("errors").await;
    let ship = || json!({"uri": "harbour://ships/7"});
    harbour.upstream.answer(Answer::json(500, r#"{"error": "on fire"}"#));
    let (code, message) = harbour.error(Era::Initialize, "resources/read", ship()).await;
    assert_eq!(code, -32603);
    assert!(message.contains("500") && message.contains("on fire"), "{message}");
    for (era, expected) in [(Era::Initialize, -32002), (Era::Stateless, -32602)] {
        harbour.upstream.answer(Answer::json(404, r#"{"error": "no such ship"}"#));
        let (code, message) = harbour.error(era, "resources/read", ship()).await;
        assert_eq!(code, expected, "{era:?}");
        assert!(message.contains("no such ship"), "{message}");
    }
    harbour.upstream.answer(Answer::json(200, LONG));
    let (_, message) = harbour.error(Era::Initialize, "resources/read", ship()).await;
    assert!(message.contains("more than 64 bytes"), "{message}");
}

#[tokio::test]
async fn files_are_text_or_bytes() {
    let harbour = Harbour::open("files").await;
    let expected = json!({"uri": "harbour://guides/pilots.md", "mimeType": "text/markdown", "text": "# Pilots\n"});
    assert_eq!(harbour.read("harbour://guides/pilots.md").await, expected);
    let uri = "harbour://guides/crews/a%20map.png";
    assert_eq!(harbour.read(uri).await, json!({"uri": uri, "mimeType": "image/png", "blob": "iVBORw0KGgo="}));
    let params = json!({"uri": "harbour://guides/crews/long.txt"});
    let (code, message) = harbour.error(Era::Initialize, "resources/read", params).await;
    assert!(code == -32603 && message.contains("more than 64 bytes"), "{code}: {message}");
}

#[tokio::test]
async fn nothing_but_the_folder_is_served() {
    let harbour = Harbour::open("traversal").await;
    for uri in [
        "harbour://guides/../secret.txt",
        "harbour://guides/%2e%2e/secret.txt",
        "harbour://guides/..%2Fsecret.txt",
        "harbour://guides/crews/../../secret.txt",
        "harbour://guides//etc/passwd",
        "harbour://guides/%2Fetc%2Fpasswd",
        "harbour://guides/.hidden",
        "harbour://guides/crews",
        "harbour://guides",
        "harbour://guidesx/pilots.md",
        "harbour://ships/7/crew",
        "file:///etc/passwd",
        "",
    ] {
        for (era, expected) in [(Era::Initialize, -32002), (Era::Stateless, -32602)] {
            let (code, message) = harbour.error(era, "resources/read", json!({ "uri": uri })).await;
            assert_eq!(code, expected, "{uri}: {message}");
            assert!(message.contains("there is no resource"), "{uri}: {message}");
        }
    }
}

#[tokio::test]
async fn arguments_take_their_places_and_nothing_else_does() {
    let harbour = Harbour::open("prompts").await;
    for era in Era::ALL {
        let arguments = json!({"ship-name": "{{wish}}", "wish": "Near the {{ship-name}}."});
        let result = harbour.result(era, "prompts/get", json!({"name": "berth-for", "arguments": arguments})).await;
        let expected = json!([
            {"role": "user", "content": {"type": "text", "text": "Where can {{wish}} lie? Near the {{ship-name}}."}},
            {"role": "assistant", "content": {"type": "text", "text": "I look for a free berth."}},
        ]);
        assert_eq!(result["messages"], expected, "{era:?}");
        assert_eq!(result["description"], "Finds a berth");
        let arguments = json!({"ship-name": "Astrid"});
        let result = harbour.result(era, "prompts/get", json!({"name": "berth-for", "arguments": arguments})).await;
        assert_eq!(result["messages"][0]["content"]["text"], "Where can Astrid lie? ", "{era:?}");
    }
    let arguments = json!({"imo": "9074729", "time": "noon"});
    let params = json!({"name": "arrival", "arguments": arguments});
    let result = harbour.result(Era::Initialize, "prompts/get", params).await;
    let text = result["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(text.starts_with("The ship with the number 9074729 arrives at noon.\n\n"), "{text}");
    assert_eq!(result["messages"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_arguments_is_said_all_at_once() {
    let harbour = Harbour::open("arguments").await;
    for era in Era::ALL {
        let params = json!({"name": "arrival", "arguments": {"time": 12, "place": "N 7"}});
        let (code, message) = harbour.error(era, "prompts/get", params).await;
        assert_eq!(code, -32602);
        for part in ["`imo` is required", "`time` must be text", "`place` is not an argument of this prompt"] {
            assert!(message.contains(part), "{message}");
        }
        let (code, message) = harbour.error(era, "prompts/get", json!({"name": "departure"})).await;
        assert!(code == -32602 && message.contains("there is no prompt `departure`"), "{message}");
    }
}
