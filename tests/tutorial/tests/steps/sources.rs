//! Step 5: a second upstream, which speaks XML and is imported from a file, as the first one is.

use capsmith_tests::upstream::Answer;
use capsmith_tutorial::Fleet;
use serde_json::json;

use super::{TOKEN, ship_with_specs, shows_ships, start};

const VESSELS: &str = "<vessels><vessel><vesselCode>L-1</vesselCode><vesselName>Fram</vesselName><category>tug</category>\
    <flagState>NO</flagState><operationalStatus>laid_up</operationalStatus></vessel>\
    <vessel><vesselCode>L-2</vesselCode></vessel></vessels>";

#[tokio::test]
async fn vessels_of_the_dockyard_are_read_from_xml() {
    let fleet = Fleet::start().await;
    let shipyard = start!(
        step_5, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy], [shipyard_tools_addr]
    );
    shows_ships(&fleet, &shipyard, ship_with_specs).await;
    fleet.legacy.answer(Answer::status(200).body("application/xml", VESSELS));
    assert_eq!(
        shipyard.call("list-legacy-vessels", json!({ "status": "laid_up" })).await,
        json!([
            { "vesselCode": "L-1", "name": "Fram", "type": "tug", "flag": "NO", "status": "laid_up" },
            { "vesselCode": "L-2", "name": null, "type": null, "flag": null, "status": null },
        ])
    );
    let request = fleet.legacy.only_request();
    assert_eq!(request.target, "/base/vessels?status=laid_up");
    assert_eq!(request.header("x-dock-key"), Some("dummy-dockyard-key"));
    assert_eq!(request.header("authorization"), None);
}
