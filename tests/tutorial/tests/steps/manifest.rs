//! Step 11: everything at once, the manifest of a voyage.

use capsmith_tests::http1::get;
use capsmith_tests::upstream::Answer;
use capsmith_tutorial::Fleet;
use serde_json::{Value, json};

use super::{TOKEN, start};

const VOYAGE: &str = r#"{ "voyageId": "V-1", "shipImo": "IMO-1", "departurePort": "Oslo", "arrivalPort": "Bodø",
    "crewIds": ["C-2", "C-9", "C-1"], "cargoIds": ["G-1"], "status": "planned" }"#;
const SHIPS: &str =
    r#"[{ "imo_number": "IMO-1", "vessel_name": "Nordlys", "vessel_type": "ferry", "flag_code": "NO" }]"#;
const CREW: &str = r#"[{ "crewId": "C-1", "fullName": "Aino", "role": "cook" }, { "crewId": "C-2", "fullName": "Bo",
    "role": "captain" }]"#;
const CARGO: &str =
    r#"[{ "cargoId": "G-1", "type": "bulk", "description": "Coal", "weight": 12.5, "hazardous": false }]"#;

/// The crew and the cargo of the manifest: those that are known, in the order of the voyage.
fn crew_and_cargo() -> [Value; 2] {
    [
        json!([{ "fullName": "Bo", "role": "captain" }, { "fullName": "Aino", "role": "cook" }]),
        json!([{ "type": "bulk", "description": "Coal", "weight": 12.5, "hazardous": false }]),
    ]
}

/// Queues what the registry says to each target, whatever the order of the calls.
fn prepare(fleet: &Fleet) {
    for (target, text) in
        [("/base/voyages/V-1", VOYAGE), ("/base/ships", SHIPS), ("/base/crew", CREW), ("/base/cargo", CARGO)]
    {
        fleet.registry.answer_to(target, Answer::json(200, text));
    }
}

#[tokio::test]
async fn a_manifest_has_ship_crew_and_cargo() {
    let fleet = Fleet::start().await;
    let (shipyard, api) = start!(
        step_11, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy],
        [shipyard_tools_addr, shipyard_skills_addr, shipyard_api_addr], also: "shipyard-api"
    );
    super::rest::answers_over_rest(&fleet, api).await;
    let [crew, cargo] = crew_and_cargo();
    prepare(&fleet);
    assert_eq!(
        shipyard.call("get-voyage-manifest", json!({ "voyageId": "V-1" })).await,
        json!({
            "voyageId": "V-1",
            "status": "planned",
            "route": { "from": "Oslo", "to": "Bodø" },
            "ship": { "name": "Nordlys", "type": "ferry", "flag": "NO" },
            "crew": crew,
            "cargo": cargo,
        })
    );
    prepare(&fleet);
    assert_eq!(
        get(api, "/voyages/V-1/manifest").await.json(),
        json!({
            "voyageId": "V-1",
            "status": "planned",
            "departurePort": "Oslo",
            "arrivalPort": "Bodø",
            "shipName": "Nordlys",
            "shipType": "ferry",
            "shipFlag": "NO",
            "crew": crew,
            "cargo": cargo,
        })
    );
}
