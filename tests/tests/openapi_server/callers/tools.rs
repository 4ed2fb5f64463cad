//! The handlers as tools.

use capsmith_tests::issuer::{Issuer, Signer};
use capsmith_tests::mcp::{self, Era};

use super::*;

async fn call(address: SocketAddr, era: Era, tool: &str, headers: &[(&'static str, &str)]) -> Answer {
    let mut call = mcp::request(era, "tools/call", json!({"name": tool, "arguments": {}}));
    for (name, value) in headers {
        call.headers_mut().insert(*name, value.parse().expect("a value"));
    }
    send(address, call).await
}

#[tokio::test]
async fn each_tool_demands_what_its_operation_does() {
    let address = listen(api::callers::mcp::handlers_router(Service, callers())).await;
    for era in Era::ALL {
        for (tool, headers, who) in [
            ("open", &[][..], Some(json!(null))),
            ("by_token", &[("authorization", "Bearer t0ken")], Some(json!(null))),
            ("by_token", &[], None),
            ("by_token", &[("authorization", "Bearer x")], None),
            ("by_token", &[("x-api-key", "key")], None),
            ("by_cookie", &[("cookie", "session=ada")], Some(json!("ada"))),
            ("by_both", &[("cookie", "session=ada")], None),
            ("by_both", &[("cookie", "session=ada"), ("x-api-key", "key")], Some(json!("ada"))),
            ("by_choice", &[("cookie", "session=bob")], Some(json!(null))),
        ] {
            let answer = call(address, era, tool, headers).await;
            let Some(who) = who else {
                assert_eq!(answer.status, 401, "{tool} {headers:?}: {}", answer.text());
                assert!(!challenges(&answer).is_empty(), "{tool} {headers:?}");
                continue;
            };
            assert_eq!(answer.status, 200, "{}", answer.text());
            let result = &answer.json()["result"];
            assert_eq!(result["structuredContent"]["who"], who, "{tool} {headers:?}: {result}");
            let headers = result["structuredContent"]["headers"].to_string();
            assert!(!headers.contains("authorization") && !headers.contains("x-api-key"), "{headers}");
        }
    }
}

#[tokio::test]
async fn a_refusal_of_a_call_is_one_of_the_protocol() {
    let signer = Signer::p256();
    let issuer = Issuer::new(vec![signer.public("k")]).await;
    let verifier = Verifier::issuer(&issuer.name(), "https://things.example/mcp").unwrap();
    let callers = Callers { oauth: verifier.clone(), connect: verifier, ..callers() };
    let address = listen(api::callers::mcp::handlers_router(Service, callers)).await;
    let token = format!("Bearer {}", signer.token("k", &issuer.claims()));
    let place = "resource_metadata=\"https://things.example/.well-known/oauth-protected-resource/mcp\"";
    for era in Era::ALL {
        let answer = call(address, era, "by_scope", &[("authorization", &token)]).await;
        assert_eq!(answer.json()["result"]["structuredContent"]["who"], "somebody");
        let answer = call(address, era, "by_connect", &[("authorization", &token)]).await;
        assert_eq!(answer.status, 403, "{}", answer.text());
        assert_eq!(answer.problem()["detail"], "The operation wants these scopes of its caller: write.");
        let challenge = format!("Bearer realm=\"callers\", error=\"insufficient_scope\", scope=\"write\", {place}");
        assert_eq!(challenges(&answer), [challenge]);
        let answer = call(address, era, "by_scope", &[]).await;
        assert_refused(&answer, MISSING, &[&format!("Bearer realm=\"callers\", scope=\"read\", {place}")]);
        // Tokens of a fixed set are nothing that an authorization server gives.
        let answer = call(address, era, "by_token", &[]).await;
        assert_refused(&answer, MISSING, &["Bearer realm=\"callers\""]);
        // Lists are for whoever may call something.
        let listed = send(address, mcp::request(era, "tools/list", json!({}))).await;
        assert_eq!(listed.status, 200);
    }
    for place in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
        let answer = ask(address, place, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
        let expected = json!({
            "resource": "https://things.example/mcp",
            "authorization_servers": [issuer.name()],
            "bearer_methods_supported": ["header"],
            "scopes_supported": ["read", "write"],
        });
        assert_eq!(answer.json(), expected);
    }
}

#[tokio::test]
async fn without_an_authorization_server_or_a_url_there_is_nothing_to_describe() {
    let named = Verifier::issuer("https://id.example", "things").unwrap();
    for callers in [callers(), Callers { oauth: named, ..callers() }] {
        let address = listen(api::callers::mcp::handlers_router(Service, callers)).await;
        assert_eq!(ask(address, "/.well-known/oauth-protected-resource", &[]).await.status, 404);
    }
}

mod closed {
    #[allow(unused, reason = "the tests need tools alone")]
    mod api {
        capsmith::include_openapi!("callers.yaml", only = ["by_token"], surfaces = [server, mcp]);
    }
    pub(super) use api::callers::{Callers, Handlers, mcp, operations, types};
}

impl closed::Handlers for Service {
    async fn by_token(
        &self,
        _: closed::operations::ByToken,
        _: Context,
    ) -> Result<Success<closed::types::Seen>, Refusal<()>> {
        Ok(closed::types::Seen::default().into())
    }
}

#[tokio::test]
async fn whoever_may_call_no_tool_is_asked_for_credentials() {
    let callers = closed::Callers { token: "t0ken".into() };
    let address = listen(closed::mcp::handlers_router(Service, callers)).await;
    for era in Era::ALL {
        assert_refused(&call(address, era, "by_token", &[]).await, MISSING, &["Bearer realm=\"callers\""]);
        let answer = call(address, era, "by_token", &[("authorization", "Bearer t0ken")]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.json()["result"]["isError"] != true, "{}", answer.text());
    }
}
