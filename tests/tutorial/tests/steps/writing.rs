//! Step 6: a tool that writes.

use capsmith_tutorial::{Fleet, Shipyard};
use serde_json::{Value, json};

use super::{TOKEN, start};

/// What a caller says of a voyage.
pub(super) fn voyage() -> Value {
    json!({
        "shipImo": "IMO-1",
        "departurePort": "Bergen \"N\"",
        "arrivalPort": "Tromsø",
        "departureDate": "2026-06-01T08:00:00Z",
        "arrivalDate": "2026-06-03T14:00:00Z",
        "crewIds": ["CREW-1", "CREW-2"],
        "cargoIds": ["CARGO-1"],
    })
}

/// The answer of a tool or a route to what the registry told of a voyage.
pub(super) fn planned(told: &Value) -> Value {
    json!({
        "voyageId": told["voyageId"],
        "shipImo": told["shipImo"],
        "route": { "from": told["departurePort"], "to": told["arrivalPort"] },
        "dates": { "departure": told["departureDate"], "arrival": told["arrivalDate"] },
        "crewIds": told["crewIds"],
        "cargoIds": told["cargoIds"],
        "status": told["status"],
    })
}

/// A voyage that a tool plans: the registry is sent the text of the file, with the values in their places.
pub(super) async fn plans_a_voyage(fleet: &Fleet, shipyard: &Shipyard) {
    fleet.registry.take_requests();
    let answer = shipyard.call("create-voyage", voyage()).await;
    let request = fleet.registry.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/base/voyages"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.json(), voyage());
    let id = answer["voyageId"].as_str().expect("a name").to_owned();
    let told = capsmith_tutorial::told(&fleet.registry, &format!("/voyages/{id}")).await;
    assert_eq!(answer, planned(&told));
}

#[tokio::test]
async fn a_voyage_is_planned() {
    let fleet = Fleet::start().await;
    let shipyard = start!(
        step_6, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy], [shipyard_tools_addr]
    );
    plans_a_voyage(&fleet, &shipyard).await;
    // Cargo may be left out, with its name in the body.
    let mut without_cargo = voyage();
    without_cargo.as_object_mut().expect("an object").remove("cargoIds");
    fleet.registry.take_requests();
    shipyard.answer("tools/call", json!({ "name": "create-voyage", "arguments": without_cargo }), Some(TOKEN)).await;
    assert_eq!(fleet.registry.only_request().json(), without_cargo);
}

#[tokio::test]
async fn the_tool_says_what_it_does() {
    let fleet = Fleet::start().await;
    let shipyard = start!(
        step_6, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy], [shipyard_tools_addr]
    );
    let tool = shipyard.tool("create-voyage").await;
    let hints = &tool["annotations"];
    let names = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];
    assert_eq!(names.map(|name| hints[name].as_bool()), [Some(false), Some(false), Some(false), Some(true)]);
    let required = tool["inputSchema"]["required"].to_string();
    assert!(required.contains("crewIds") && !required.contains("cargoIds"), "{required}");
    assert_eq!(tool["inputSchema"]["properties"]["crewIds"]["type"], "array");
}
