//! The surface on standard input and output, as the program `coast`.

use std::process::Stdio;

use capsmith_tests::child::PATIENCE;
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// The program at work. It is killed when the value is dropped.
struct Pipe {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Pipe {
    fn open(upstream: &Upstream) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coast"));
        command.env("COAST_BASE_URL", upstream.base_url()).env("ENGINE_TEST_HARBOUR", "Bergen");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().expect("the program");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Self { child, input, output: BufReader::new(output).lines() }
    }

    async fn write(&mut self, line: &str) {
        self.input.write_all(format!("{line}\n").as_bytes()).await.expect("an open pipe");
    }

    async fn ask(&mut self, id: u64, method: &str, params: Value) -> Value {
        self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()).await;
        let line = timeout(PATIENCE, self.output.next_line()).await.expect("an answer in time");
        let answer: Value = serde_json::from_str(&line.expect("UTF-8").expect("a line")).expect("JSON on one line");
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }
}

/// One document a line each way, blank lines count for nothing, and the program ends with its input.
#[tokio::test]
async fn a_session_of_lines() {
    let upstream = Upstream::start().await;
    let mut pipe = Pipe::open(&upstream);
    let client = json!({ "name": "test", "version": "1" });
    let params = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    let hello = pipe.ask(1, "initialize", params).await;
    assert_eq!(hello["result"]["protocolVersion"], "2025-11-25");
    assert_eq!(hello["result"]["instructions"], "The same on standard input and output");
    pipe.write("").await;
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).await;
    let listed = pipe.ask(2, "tools/list", json!({})).await;
    assert_eq!(listed["result"]["tools"][0]["name"], "list-tides", "{listed}");
    upstream.answer(Answer::status(200).body("application/xml", "<c><tide>1</tide></c>"));
    let call = json!({ "name": "list-tides", "arguments": { "caller": "me" } });
    let called = pipe.ask(3, "tools/call", call).await;
    assert_eq!(called["result"]["content"][0]["text"], "<c><tide>1</tide></c>", "{called}");
    assert_eq!(upstream.only_request().target, "/base/tides?caller=me");
    let unknown = pipe.ask(4, "tools/call", json!({ "name": "tides" })).await;
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let Pipe { mut child, input, .. } = pipe;
    drop(input);
    let status = timeout(PATIENCE, child.wait()).await.expect("an end in time").expect("a status");
    assert!(status.success());
}
