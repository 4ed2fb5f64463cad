//! What the document demands of callers is checked before a handler is called: `tests/specs/callers.yaml`.

mod combined;
mod secrets;
mod tokens;
mod tools;

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use capsmith::openapi::{Refusal, Success, Verifier};
use capsmith::{Context, ExposeSecret as _, Problem, Value};
use capsmith_tests::http1::{Answer, request, send};
use serde_json::json;

use api::callers::{Callers, Handlers, operations, server, types};

/// The server alone.
#[allow(unused, reason = "no test needs all of it")]
mod api {
    capsmith::include_openapi!("callers.yaml", surfaces = [server, mcp]);
}

/// Answers with what it learns of the caller.
struct Service;

fn seen(context: &Context) -> types::Seen {
    let who = context.claims().and_then(|claims| claims["sub"].as_str()).map(str::to_owned);
    let headers = context.headers().keys().map(ToString::to_string).collect();
    types::Seen { who, headers: Some(headers) }
}

macro_rules! handlers {
    ($($method:ident $inputs:ident;)*) => {
        impl Handlers for Service {
            $(
                async fn $method(
                    &self,
                    _: operations::$inputs,
                    context: Context,
                ) -> Result<Success<types::Seen>, Refusal<()>> {
                    Ok(seen(&context).into())
                }
            )*
        }
    };
}

handlers! {
    open Open;
    by_token ByToken;
    by_login ByLogin;
    by_digest ByDigest;
    by_header ByHeader;
    by_declared ByDeclared;
    by_query ByQuery;
    by_cookie ByCookie;
    by_scope ByScope;
    by_connect ByConnect;
    by_certificate ByCertificate;
    by_either ByEither;
    by_both ByBoth;
    by_choice ByChoice;
}

/// The sessions that the program knows.
fn session(secret: &str) -> Result<Option<Value>, Problem> {
    match secret {
        "ada" => Ok(Some(json!({"sub": "ada", "scope": "admin"}))),
        "bob" => Ok(Some(json!({"sub": "bob"}))),
        "down" => Err(Problem::new(capsmith::http::StatusCode::SERVICE_UNAVAILABLE)),
        "bug" => panic!("a bug of the program"),
        _ => Ok(None),
    }
}

fn callers() -> Callers {
    Callers {
        token: Verifier::secrets(["t0ken", "0lder"]),
        login: Verifier::login("ada", "pass:w\u{f6}rd"),
        digest: Verifier::login("ada", "pass:w\u{f6}rd"),
        header_key: "key".into(),
        query_key: "k+y".into(),
        session: Verifier::check(async |secret| match secret.expose_secret() {
            "slow" => std::future::pending().await,
            secret => session(secret),
        }),
        ..Callers::default()
    }
}

async fn serve(callers: Callers) -> SocketAddr {
    listen(server::router(Service, callers)).await
}

async fn listen(router: capsmith::axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { capsmith::axum::serve(listener, router).await });
    address
}

/// Asks with headers.
async fn ask(address: SocketAddr, target: &str, headers: &[(&'static str, &str)]) -> Answer {
    let mut request = request("GET", target);
    for (name, value) in headers {
        request.headers_mut().append(*name, value.parse().expect("a value"));
    }
    send(address, request).await
}

fn basic(login: &str) -> String {
    format!("Basic {}", STANDARD.encode(login))
}

fn challenges(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("www-authenticate").iter().filter_map(|challenge| challenge.to_str().ok()).collect()
}

#[track_caller]
fn assert_refused(answer: &Answer, detail: &str, expected: &[&str]) {
    assert_eq!(answer.status, 401, "{}", answer.text());
    assert_eq!(answer.problem()["detail"], detail);
    assert_eq!(challenges(answer), expected);
    assert_eq!(answer.header("cache-control"), "no-store");
}

const MISSING: &str = "The request has no credentials of the kind that this server wants.";
const WRONG: &str = "The credentials of the request are not those that this server wants.";
