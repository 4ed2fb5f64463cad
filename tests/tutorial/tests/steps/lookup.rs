//! Step 7: one answer out of several calls.

use capsmith_tests::upstream::Answer;
use capsmith_tutorial::{Fleet, Shipyard};
use serde_json::{Value, json};

use super::writing::plans_a_voyage;
use super::{TOKEN, ship_with_specs, shows_ships, start};

/// A ship with its measures and those of the crew that are known, by name.
pub(super) fn ship_with_crew(ship: &Value, crew: &Value) -> Value {
    let assigned = ship["assignedCrew"].as_array().expect("a list");
    let known = crew.as_array().expect("a list");
    let members = assigned.iter().filter_map(|id| known.iter().find(|member| member["crewId"] == *id));
    let crew: Vec<Value> =
        members.map(|member| json!({ "fullName": member["fullName"], "role": member["role"] })).collect();
    let mut answer = super::ship(ship);
    answer["yearBuilt"] = ship["year_built"].clone();
    answer["tonnage"] = ship["gross_tonnage"].clone();
    answer["length"] = ship["dimensions"]["length_overall"].clone();
    answer["crew"] = crew.into();
    answer
}

/// The tool that shows a ship with its crew: what it answers, and that it fails with the registry.
pub(super) async fn shows_a_crew(fleet: &Fleet, shipyard: &Shipyard) {
    let all = capsmith_tutorial::told(&fleet.registry, "/ships").await;
    let imo = all[0]["imo_number"].as_str().expect("a number").to_owned();
    let ship = capsmith_tutorial::told(&fleet.registry, &format!("/ships/{imo}")).await;
    let crew = capsmith_tutorial::told(&fleet.registry, "/crew").await;
    assert_eq!(shipyard.call("get-ship-with-crew", json!({ "imo": imo })).await, ship_with_crew(&ship, &crew));
    fleet.registry.answer_to("/base/crew", Answer::json(503, r#"{ "message": "closed" }"#));
    let arguments = json!({ "name": "get-ship-with-crew", "arguments": { "imo": imo } });
    let answer = shipyard.answer("tools/call", arguments, shipyard.token).await.json();
    assert_eq!(answer["result"]["isError"], true, "{answer}");
}

#[tokio::test]
async fn the_crew_of_a_ship_is_looked_up() {
    let fleet = Fleet::start().await;
    let shipyard = start!(
        step_7, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy], [shipyard_tools_addr]
    );
    shows_ships(&fleet, &shipyard, ship_with_specs).await;
    plans_a_voyage(&fleet, &shipyard).await;
    shows_a_crew(&fleet, &shipyard).await;
}
