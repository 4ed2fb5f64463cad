//! What a document demands of callers and does not define: nobody is served unless the program says that somebody else checks it.
//! `tests/specs/closed.yaml`.

use std::net::SocketAddr;

use capsmith::openapi::{Refusal, Success, Verifier};
use capsmith::{Context, axum::Router};
use capsmith_tests::http1::{Answer, request, send};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder::{self, Recorder};
use serde_json::json;

use api::closed::{Callers, Client, Config, Handlers, mcp as tools, operations, server, types};

#[allow(unused, reason = "no test needs all of it")]
mod api {
    capsmith::include_openapi!("closed.yaml");
}

struct Service;

macro_rules! handlers {
    ($($method:ident $inputs:ident;)*) => {
        impl Handlers for Service {
            $(
                async fn $method(
                    &self,
                    _: operations::$inputs,
                    _: Context,
                ) -> Result<Success<types::Served>, Refusal<()>> {
                    Ok(types::Served::default().into())
                }
            )*
        }
    };
}

handlers! {
    inherited Inherited;
    odd Odd;
    misshapen Misshapen;
    nested Nested;
    unreadable Unreadable;
    either Either;
    both Both;
    optional Optional;
    open Open;
}

async fn listen(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { capsmith::axum::serve(listener, router).await });
    address
}

async fn ask(address: SocketAddr, target: &str, token: Option<&str>) -> Answer {
    let mut request = request("GET", target);
    if let Some(token) = token {
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a value"));
    }
    send(address, request).await
}

async fn call(address: SocketAddr, era: Era, tool: &str, token: Option<&str>) -> Answer {
    let mut call = mcp::request(era, "tools/call", json!({"name": tool, "arguments": {}}));
    if let Some(token) = token {
        call.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a value"));
    }
    send(address, call).await
}

/// Whoever knows the token, and nobody else.
fn by_default() -> Callers {
    Callers { token: "t0ken".into(), ..Callers::default() }
}

const IMPOSSIBLE: &str =
    "The server cannot check what the operation demands of its callers, so that it accepts nobody.";

#[tokio::test]
async fn what_nobody_can_meet_is_closed() {
    let address = listen(server::router(Service, by_default())).await;
    for target in ["/inherited", "/odd", "/misshapen", "/unreadable", "/both"] {
        for token in [None, Some("t0ken"), Some("x")] {
            let answer = ask(address, target, token).await;
            assert_eq!(answer.status, 403, "{target} {token:?}: {}", answer.text());
            assert_eq!(answer.problem()["detail"], IMPOSSIBLE);
        }
    }
}

#[tokio::test]
async fn other_alternatives_are_good() {
    let address = listen(server::router(Service, by_default())).await;
    for (target, token, status) in [
        ("/nested", Some("t0ken"), 200),
        ("/nested", None, 401),
        ("/either", Some("t0ken"), 200),
        ("/either", Some("x"), 401),
        ("/either", None, 401),
        ("/optional", None, 200),
        ("/optional", Some("x"), 200),
        ("/open", None, 200),
        ("/openapi.json", None, 200),
    ] {
        let answer = ask(address, target, token).await;
        assert_eq!(answer.status, status, "{target} {token:?}: {}", answer.text());
    }
    let answer = ask(address, "/either", None).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"closed\"");
}

#[tokio::test]
async fn somebody_in_front_can_check_it() {
    let address = listen(server::router(Service, Callers::unchecked())).await;
    for target in
        ["/inherited", "/odd", "/misshapen", "/nested", "/unreadable", "/either", "/both", "/optional", "/open"]
    {
        assert_eq!(ask(address, target, None).await.status, 200, "{target}");
    }
    // Of one scheme alone, whatever else is demanded.
    let callers = Callers { tokens: Verifier::unchecked(), ..by_default() };
    let address = listen(server::router(Service, callers)).await;
    for (target, token, status) in [
        ("/inherited", None, 200),
        ("/misshapen", None, 200),
        ("/odd", None, 403),
        ("/both", Some("t0ken"), 200),
        ("/both", None, 401),
    ] {
        assert_eq!(ask(address, target, token).await.status, status, "{target} {token:?}");
    }
}

#[tokio::test]
async fn tools_are_closed_as_routes_are() {
    let address = listen(tools::handlers_router(Service, by_default())).await;
    let unchecked = listen(tools::handlers_router(Service, Callers::unchecked())).await;
    for era in Era::ALL {
        for (tool, token, status) in [
            ("inherited", None, 403),
            ("inherited", Some("t0ken"), 403),
            ("odd", Some("t0ken"), 403),
            ("misshapen", Some("t0ken"), 403),
            ("both", Some("t0ken"), 403),
            ("either", None, 401),
            ("either", Some("t0ken"), 200),
            ("optional", None, 200),
            ("open", None, 200),
        ] {
            let answer = call(address, era, tool, token).await;
            assert_eq!(answer.status, status, "{tool} {token:?}: {}", answer.text());
            if status == 403 {
                assert_eq!(answer.problem()["detail"], IMPOSSIBLE);
            }
            let answer = call(unchecked, era, tool, token).await;
            assert_eq!(answer.status, 200, "{tool}: {}", answer.text());
            assert_ne!(answer.json()["result"]["isError"], true, "{tool}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn clients_send_nothing_for_it() {
    let upstream = Recorder::new(|_| recorder::Answer::json("{}")).await;
    let config = Config { base_url: upstream.url().into(), ..Config::default() };
    let client = Client::new(&config).expect("a client");
    client.inherited().await.expect("an answer");
    client.both().await.expect("an answer");
    client.optional().await.expect("an answer");
    client.either().await.expect("an answer");
    assert!(upstream.requests().iter().all(|request| request.header("authorization").is_none()));
    let client = Client::new(&Config { token: Some("t0ken".into()), ..config }).expect("a client");
    client.either().await.expect("an answer");
    assert_eq!(upstream.requests().last().expect("a request").header("authorization"), Some("Bearer t0ken"));
}
