//! Step 8: the tools in groups, for agents that look for them.

use capsmith_tests::http1::get;
use capsmith_tutorial::Fleet;
use serde_json::Value;

use super::{TOKEN, ship_with_specs, shows_ships, start};

#[tokio::test]
async fn skills_name_their_tools() {
    let fleet = Fleet::start().await;
    let (shipyard, skills) = start!(
        step_8, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy],
        [shipyard_tools_addr, shipyard_skills_addr], also: "shipyard-skills"
    );
    shows_ships(&fleet, &shipyard, ship_with_specs).await;
    let catalogue = get(skills, "/skills").await.json();
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().expect("a list");
        list.iter().map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&catalogue["skills"]), ["fleet-ops", "voyage-ops"]);
    let fleet_ops = get(skills, "/skills/fleet-ops").await.json();
    assert_eq!(names(&fleet_ops["tools"]), ["list-ships", "get-ship", "list-legacy-vessels", "get-ship-with-crew"]);
}
