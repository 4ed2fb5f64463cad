//! Step 3: secrets come from a file, the registry wants a token and a version, and callers need a token of their own.

use capsmith_tutorial::Fleet;
use serde_json::json;

use super::{TOKEN, ship, shows_ships, start};

#[tokio::test]
async fn the_registry_sees_the_token_and_the_version_of_the_file() {
    let fleet = Fleet::start().await;
    let shipyard = start!(step_3, fleet, Some(TOKEN), [registry_base_url: registry], [shipyard_tools_addr]);
    shows_ships(&fleet, &shipyard, ship).await;
    for request in fleet.registry.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer dummy-token"));
        assert_eq!(request.header("registry-version"), Some("1.0.0-alpha2"));
    }
}

#[tokio::test]
async fn callers_without_the_token_are_turned_away() {
    let fleet = Fleet::start().await;
    let shipyard = start!(step_3, fleet, Some(TOKEN), [registry_base_url: registry], [shipyard_tools_addr]);
    for token in [None, Some("sk-mcp-"), Some("dummy-token")] {
        let answer = shipyard.answer("tools/call", json!({ "name": "list-ships", "arguments": {} }), token).await;
        assert_eq!(answer.status, 401, "{token:?}");
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{answer:?}");
    }
    assert!(fleet.registry.requests().is_empty());
}
