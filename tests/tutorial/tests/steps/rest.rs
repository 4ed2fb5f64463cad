//! Step 10: the same over REST.

use std::net::SocketAddr;

use capsmith_tests::http1::{get, request_with_json, send};
use capsmith_tests::upstream::Answer;
use capsmith_tutorial::{Fleet, told};
use serde_json::json;

use super::lookup::{ship_with_crew, shows_a_crew};
use super::writing::{planned, voyage};
use super::{TOKEN, list, ship, ship_with_specs, start};

/// The routes that steps 10 and 11 have in common.
pub(super) async fn answers_over_rest(fleet: &Fleet, api: SocketAddr) {
    let ships = told(&fleet.registry, "/ships").await;
    let imo = ships[0]["imo_number"].as_str().expect("a number").to_owned();
    let one = told(&fleet.registry, &format!("/ships/{imo}")).await;
    let crew = told(&fleet.registry, "/crew").await;
    assert_eq!(get(api, "/ships").await.json(), list(&ships, ship));
    assert_eq!(get(api, &format!("/ships/{imo}")).await.json(), ship_with_specs(&one));
    assert_eq!(get(api, &format!("/ships/{imo}/crew")).await.json(), ship_with_crew(&one, &crew));
    fleet.registry.take_requests();
    get(api, "/ships?status=maintenance").await;
    assert_eq!(fleet.registry.only_request().target, "/base/ships?status=maintenance");

    fleet.legacy.answer(
        Answer::status(200).body("application/xml", "<vessels><vessel><vesselCode>L-1</vesselCode></vessel></vessels>"),
    );
    assert_eq!(get(api, "/legacy/vessels").await.json()[0]["vesselCode"], "L-1");

    let answer = send(api, request_with_json("POST", "/voyages", voyage().to_string())).await;
    assert_eq!(answer.status, 201, "the registry's status: {answer:?}");
    let told =
        told(&fleet.registry, &format!("/voyages/{}", answer.json()["voyageId"].as_str().expect("a name"))).await;
    assert_eq!(answer.json(), planned(&told));
}

#[tokio::test]
async fn routes_and_tools_answer_alike() {
    let fleet = Fleet::start().await;
    let (shipyard, api) = start!(
        step_10, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy],
        [shipyard_tools_addr, shipyard_skills_addr, shipyard_api_addr], also: "shipyard-api"
    );
    shows_a_crew(&fleet, &shipyard).await;
    answers_over_rest(&fleet, api).await;
}

#[tokio::test]
async fn what_callers_do_wrong_is_said_to_them() {
    let fleet = Fleet::start().await;
    let (_, api) = start!(
        step_10, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy],
        [shipyard_tools_addr, shipyard_skills_addr, shipyard_api_addr], also: "shipyard-api"
    );
    let refused = send(api, request_with_json("DELETE", "/voyages", "")).await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, "POST"));
    assert_eq!(get(api, "/harbours").await.status, 404);
    let mut wrong = voyage();
    wrong["crewIds"] = json!("CREW-1");
    assert_eq!(send(api, request_with_json("POST", "/voyages", wrong.to_string())).await.status, 400);
    assert!(fleet.registry.requests().is_empty());
}
