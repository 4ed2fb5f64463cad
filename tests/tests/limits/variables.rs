//! What operators set by environment variables, in a process of its own.

use std::net::SocketAddr;
use std::path::Path;

use capsmith_tests::child::{Process, run};
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::recorder::{Answer, Recorder};
use tempfile::TempDir;
use tokio::process::Command;

/// The capability as a program, with free ports in place of those of its file.
pub(crate) fn program(upstream: &str, folder: &TempDir) -> Command {
    std::fs::create_dir_all(folder.path().join("opt/skills/lending")).expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_library"));
    command.env_clear().env("CATALOGUE_BASE_URL", upstream).env("LIBRARY_FILES_ROOT", folder.path());
    for surface in ["CONTROL", "LIBRARY_SKILLS", "LIBRARY_REST", "LIBRARY_TOOLS"] {
        command.env(format!("{surface}_ADDR"), "127.0.0.1:0");
    }
    command
}

/// The addresses of the REST and MCP surfaces, as soon as they answer.
pub(crate) async fn ready(process: &mut Process) -> (SocketAddr, SocketAddr) {
    let rest = process.line_after("library-rest ").await.parse().expect("an address");
    let mcp = process.line_after("library-tools ").await.parse().expect("an address");
    process.line_after("ready").await;
    (rest, mcp)
}

#[tokio::test]
async fn hosts_origins_and_numbers_are_set() {
    let (upstream, folder) = (Recorder::new(|_| Answer::json("[]")).await, tempfile::tempdir().unwrap());
    let mut command = program(upstream.url(), &folder);
    command
        .env("LIBRARY_ALLOW_REMOTE", "true")
        .env("LIBRARY_REST_ADDR", "0.0.0.0:0")
        .env("LIBRARY_ALLOWED_HOSTS", "api.example,localhost")
        .env("LIBRARY_ALLOWED_ORIGINS", "https://other.example")
        .env("LIBRARY_CORS_ORIGINS", "https://app.example")
        .env("LIBRARY_MAX_CONNECTIONS", "100")
        .env("LIBRARY_MAX_CONCURRENCY", "50")
        .env("LIBRARY_RATE", "4/6000");
    let mut process = Process::start(command);
    let (rest, mcp) = ready(&mut process).await;
    assert!(rest.ip().is_unspecified());
    for address in [SocketAddr::from(([127, 0, 0, 1], rest.port())), mcp] {
        let path = if address == mcp { "/mcp" } else { "/books" };
        let mut answers = Vec::new();
        for (host, origin) in [
            ("api.example", "https://app.example"),
            ("evil.example", "https://app.example"),
            ("api.example", "https://evil.example"),
            ("localhost", "https://other.example"),
            ("localhost", "https://app.example"),
        ] {
            let mut request = request("GET", path);
            request.headers_mut().insert("host", host.parse().unwrap());
            request.headers_mut().insert("origin", origin.parse().unwrap());
            let answer = send(address, request).await;
            let is_refused = [403, 429].contains(&answer.status.as_u16());
            let status = if is_refused { answer.status.as_u16() } else { 0 };
            answers.push((status, answer.header("access-control-allow-origin").to_owned()));
        }
        let page = "https://app.example";
        let expected = [(0, page), (403, page), (403, ""), (0, ""), (429, page)];
        assert_eq!(answers, expected.map(|(status, origin)| (status, origin.to_owned())), "{path}");
    }
}

#[tokio::test]
async fn the_breaker_and_times_are_set() {
    let (upstream, folder) = (Recorder::new(|_| Answer::status(500)).await, tempfile::tempdir().unwrap());
    let mut command = program(upstream.url(), &folder);
    command
        .env("LIBRARY_BREAKER_FAILURES", "1")
        .env("LIBRARY_BREAKER_PAUSE", "600")
        .env("LIBRARY_REQUEST_TIMEOUT", "60")
        .env("LIBRARY_DRAIN_TIMEOUT", "0.5")
        .env("LIBRARY_MAX_REQUEST_BODY", "100");
    let mut process = Process::start(command);
    let (rest, _) = ready(&mut process).await;
    assert_eq!(get(rest, "/books").await.status, 500);
    assert_eq!(get(rest, "/books").await.status, 503);
}

#[tokio::test]
async fn every_variable_of_the_guide_is_read() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/operations.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let names: Vec<&str> = guide.split("`<MODULE>_").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0)).collect();
    assert!(names.len() > 10, "{names:?}");
    let folder = tempfile::tempdir().unwrap();
    let mut command = program("http://127.0.0.1:1", &folder);
    for name in &names {
        if *name != "TLS_KEY_FILE" {
            command.env(format!("LIBRARY_{name}"), "-neither-this-nor-that-");
        }
    }
    let output = run(command).await;
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    for name in names.into_iter().filter(|name| !["ALLOWED_HOSTS", "TLS_CERTIFICATE_FILE"].contains(name)) {
        assert!(message.contains(&format!("`LIBRARY_{name}`")), "{name}: {message}");
    }
    assert!(!message.contains("-neither-"), "{message}");
}
