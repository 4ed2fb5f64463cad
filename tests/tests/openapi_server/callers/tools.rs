//! The handlers as tools.

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
            assert_eq!(answer.status, 200, "{}", answer.text());
            let result = &answer.json()["result"];
            if let Some(who) = who {
                assert_eq!(result["structuredContent"]["who"], who, "{tool} {headers:?}: {result}");
                let headers = result["structuredContent"]["headers"].to_string();
                assert!(!headers.contains("authorization") && !headers.contains("x-api-key"), "{headers}");
            } else {
                assert_eq!(result["isError"], true, "{tool} {headers:?}: {result}");
                assert!(result["content"][0]["text"].to_string().contains("401 Unauthorized"), "{result}");
            }
        }
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
