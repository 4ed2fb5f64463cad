//! Step 2: the tools ask the registry, which knows nobody yet.

use capsmith_tests::upstream::Answer;
use capsmith_tutorial::Fleet;
use serde_json::json;

use super::start;

const SHIP: &str = r#"{ "imo_number": "IMO-1", "vessel_name": "Nordlys", "vessel_type": "ferry", "flag_code": "NO",
    "operational_status": "active", "year_built": 1994 }"#;

#[tokio::test]
async fn ships_are_shown_in_the_names_of_the_tools() {
    let fleet = Fleet::start().await;
    let shipyard = start!(step_2, fleet, None, [registry_base_url: registry], [shipyard_tools_addr]);
    let expected = json!({ "imo": "IMO-1", "name": "Nordlys", "type": "ferry", "flag": "NO", "status": "active" });
    // The mock of the document wants a credential, which this step has not; the registry tells strangers less.
    fleet.registry.answer(Answer::json(200, SHIP));
    assert_eq!(shipyard.call("get-ship", json!({ "imo": "IMO-1" })).await, expected);
    fleet.registry.answer(Answer::json(200, "[]"));
    assert_eq!(shipyard.call("list-ships", json!({ "status": "active" })).await, json!([]));
    let requests = fleet.registry.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, ["/base/ships/IMO-1", "/base/ships?status=active"]);
    assert!(requests.iter().all(|request| request.header("authorization").is_none()));
}
