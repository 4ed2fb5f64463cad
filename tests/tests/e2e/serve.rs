//! The capability as a process: environment, addresses, health, end.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use capsmith::ListenAddress;
use capsmith_tests::alone::platform_backups::{Client, bind};
use capsmith_tests::capabilities::platform_backups::{client, config, start};
use capsmith_tests::child::{Process, run};
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::upstream::{Answer, Upstream};
use capsmith_tests::{TOKEN, mcp};
use tokio::process::Command;
use tokio::time::sleep;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_platform-backups"));
    for variable in
        ["PLATFORM_BACKUPS_BASE_URL", "PLATFORM_BACKUPS_REST_ADDR", "PLATFORM_BACKUPS_MCP_ADDR", "PLANETSCALE_API_KEY"]
    {
        command.env_remove(variable);
    }
    command
}

fn configured(upstream: &Upstream) -> Command {
    let mut command = program();
    command
        .env("PLATFORM_BACKUPS_BASE_URL", upstream.base_url())
        .env("PLATFORM_BACKUPS_REST_ADDR", "127.0.0.1:0")
        .env("PLATFORM_BACKUPS_MCP_ADDR", "localhost:0")
        .env("PLANETSCALE_API_KEY", TOKEN);
    command
}

async fn ready(process: &mut Process) -> (SocketAddr, SocketAddr) {
    let rest = process.line_after("platform-backups-rest ").await.parse().expect("an address");
    let mcp = process.line_after("platform-backups-mcp ").await.parse().expect("an address");
    process.line_after("ready").await;
    (rest, mcp)
}

#[tokio::test]
async fn the_environment_sets_base_url_addresses_and_token() {
    let upstream = Upstream::start().await;
    let mut process = Process::start(configured(&upstream));
    let (rest, mcp) = ready(&mut process).await;
    assert_ne!((rest.port(), mcp.port()), (0, 0));
    assert!(rest.ip().is_loopback() && mcp.ip().is_loopback());
    assert_eq!(get(rest, BACKUPS).await.status, 200);
    let request = upstream.only_request();
    assert_eq!(request.target, "/base/organizations/acme/databases/shop/branches/main/backups");
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(mcp::tools(mcp).await.len(), 4);
}

#[tokio::test]
async fn everything_that_is_missing_or_wrong_is_named_at_once() {
    let mut command = program();
    command.env("PLATFORM_BACKUPS_BASE_URL", "nonsense").env("PLATFORM_BACKUPS_REST_ADDR", "eighty");
    let output = run(command).await;
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    for name in ["PLATFORM_BACKUPS_BASE_URL", "PLATFORM_BACKUPS_REST_ADDR", "PLANETSCALE_API_KEY"] {
        assert!(message.contains(name), "{name}: {message}");
    }
}

#[tokio::test]
async fn sigterm_lets_a_request_in_flight_finish() {
    let upstream = Upstream::start().await;
    let mut process = Process::start(configured(&upstream));
    let (rest, mcp) = ready(&mut process).await;
    upstream.answer(Answer::json(200, r#"{"data":["slow"]}"#).after(Duration::from_secs(1)));
    let slow = tokio::spawn(async move { get(rest, BACKUPS).await });
    while upstream.requests().is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    process.terminate().await;
    assert_eq!(slow.await.unwrap().text(), r#"{"data":["slow"]}"#);
    process.line_after("stopped").await;
    assert!(process.end().await.success());
    for address in [rest, mcp] {
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    }
}

#[tokio::test]
async fn health_is_answered_on_every_listener_and_not_by_the_routers() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for address in [running.rest, running.mcp] {
        for path in ["/health/live", "/health/ready"] {
            let answer = get(address, path).await;
            assert_eq!(answer.status, 200, "{address}{path}: {answer:?}");
        }
        assert_eq!(send(address, request("POST", "/health/live")).await.status, 405);
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn an_address_that_others_can_reach_is_refused_unless_allowed() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.platform_backups_rest_addr = ListenAddress::new("0.0.0.0", 0);
    let refused = bind(config.clone(), client(&upstream.base_url())).await.unwrap_err().to_string();
    assert!(refused.contains("0.0.0.0") && refused.contains("allow_remote"), "{refused}");
    config.settings.allow_remote = true;
    let server = bind(config, client(&upstream.base_url())).await.unwrap();
    assert!(server.local_addr("platform-backups-rest").unwrap().ip().is_unspecified());
}

#[tokio::test]
async fn an_address_in_use_is_reported_with_its_surface() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let mut config = config(&upstream.base_url());
    config.platform_backups_rest_addr = running.rest.into();
    let error = bind(config.clone(), Client::new(&config).unwrap()).await.unwrap_err().to_string();
    assert!(error.contains(&running.rest.to_string()), "{error}");
}

#[tokio::test]
async fn the_program_serves_mcp_on_standard_input_and_output_until_the_input_ends() {
    let mut command = configured(&Upstream::start().await);
    command.arg("--stdio").stdin(Stdio::null());
    let output = run(command).await;
    assert!(output.stdout.is_empty(), "{output:?}");
    assert!(output.status.success(), "{output:?}");
}
