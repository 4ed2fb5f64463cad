//! Routes and tools of several steps.

use std::future::pending;

use axum::Router;
use axum::routing::get;
use capsmith_tests::http1::{get as fetch, request, request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::upstream::{Answer, Upstream, unreachable_base_url};
use http::StatusCode;
use serde_json::json;

use super::ferries::{Ferries, answering_together, noting, office};

#[tokio::test]
async fn an_answer_is_put_together_from_steps() {
    let ferries = Ferries::of(office()).await;
    let answer = fetch(ferries.rest, "/crossings/5/manifest").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let expected = json!({
        "id": "5",
        "route": {"from": "Turku", "to": "Åland"},
        "ship": {"name": "Astrid", "decks": 3},
        "people": [{"name": "Aino", "rank": "captain"}, {"name": "Eino", "rank": "cook"}],
        "ranks": ["captain", "cook"],
        "captain": {"name": "Aino"},
        "price": 12.5,
        "text": "Turku to Åland for 12.5",
        "source": "office",
    });
    assert_eq!(answer.json(), expected);
    assert_eq!(answer.header("content-type"), "application/json");
    let fare = "GET /base/fares/Turku-%C3%85land?currency=hunter2";
    assert_eq!(ferries.targets(), ["GET /base/crew", "GET /base/crossings/5", fare]);
}

#[tokio::test]
async fn steps_that_need_nothing_of_each_other_run_together() {
    // One by one, nobody would ever be answered.
    let ferries = Ferries::of(answering_together()).await;
    let answer = fetch(ferries.rest, "/crossings/5/manifest").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn changes_keep_their_place() {
    let (office, notes) = noting();
    let ferries = Ferries::of(office).await;
    let answer = send(ferries.rest, request_with_json("POST", "/crossings/5/bookings", r#"{"hold": "h1"}"#)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(answer.json(), json!({"id": 5}), "without mappings, the last answer as it is");
    assert_eq!(answer.header("x-booking"), "5");
    let notes = notes.lock().unwrap().clone();
    let expected = [
        "GET begins",
        "GET begins",
        "GET ends",
        "GET ends",
        "DELETE begins",
        "DELETE ends",
        "POST begins",
        "POST ends",
    ];
    assert_eq!(notes, expected);
    let requests = ferries.office.take_requests();
    assert_eq!(requests[2].target, "/base/holds/h1");
    assert_eq!(requests[3].json()["from"], "Turku", "what the first step gave");
}

#[tokio::test]
async fn a_refusal_is_handed_on_and_nothing_follows() {
    let ferries = Ferries::of(office()).await;
    for _ in 0..2 {
        ferries.office.answer(Answer::json(404, r#"{"reason": "sunk"}"#).header("retry-after", "3"));
    }
    let answer = send(ferries.rest, request_with_json("POST", "/crossings/5/bookings", r#"{"hold": "h1"}"#)).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (404, r#"{"reason": "sunk"}"#));
    assert_eq!(answer.header("retry-after"), "3");
    assert!(ferries.targets().iter().all(|target| target.starts_with("GET")));
}

#[tokio::test]
async fn a_failure_does_not_wait_for_the_others() {
    let office = Router::new()
        .route("/crossings/{crossing}", get(async || StatusCode::GONE))
        .route("/crew", get(async || pending::<StatusCode>().await));
    let ferries = Ferries::of(office).await;
    assert_eq!(fetch(ferries.rest, "/crossings/5/manifest").await.status, 410);
}

#[tokio::test]
async fn problems_name_the_step() {
    let ferries = Ferries::of(office()).await;
    let unreachable = Ferries::at(Upstream::start().await, unreachable_base_url()).await;
    let answer = fetch(unreachable.rest, "/ports/TKU").await;
    assert_eq!(answer.status, 502);
    assert_eq!(answer.problem()["detail"], "The step `ports` failed: The upstream cannot be reached.");
    // Both answer the same, so it does not matter which of the two is asked first.
    for (text, detail) in [
        ("storm", "failed: The upstream's answer is not JSON (line 1): expected value."),
        ("{}", "The step `fare` failed: Its input `route` has no value: what an earlier step gave lacks it."),
        (r#"{"from": 1, "to": 2, "ship": []}"#, "The output `ship` is an array and not an object."),
        (
            r#"{"from": 1, "to": 2, "ship": {"decks": "many"}}"#,
            "The output `ship.decks` is a text and not a whole number.",
        ),
    ] {
        for _ in 0..2 {
            ferries.office.answer(Answer::json(200, text));
        }
        let answer = fetch(ferries.rest, "/crossings/5/manifest").await;
        assert_eq!(answer.status, 502, "{answer:?}");
        let found = answer.problem()["detail"].to_string();
        assert!(found.contains(detail), "{found}");
    }
    let office = office_with_fare(r#"{"price": {"amount": "much"}}"#);
    let answer = fetch(Ferries::of(office).await.rest, "/crossings/5/manifest").await;
    let detail = "The step `fare` failed: The output `amount` is a text and not a number.";
    assert_eq!(answer.problem()["detail"], detail);
}

#[tokio::test]
async fn what_an_upstream_gave_and_another_does_not_take_is_no_mistake_of_the_caller() {
    let ferries = Ferries::of(office()).await;
    ferries.office.answer(Answer::json(200, r#"{"calls": "many"}"#));
    let answer = fetch(ferries.rest, "/crossings/5/calls").await;
    assert_eq!(answer.status, 502, "{answer:?}");
    let detail = answer.problem()["detail"].to_string();
    assert!(detail.contains("The step `ports` failed: What earlier steps gave does not fit: "), "{detail}");
    assert!(detail.contains("`limit`"), "{detail}");
    assert_eq!(ferries.targets(), ["GET /base/crossings/5"]);
}

fn office_with_fare(text: &'static str) -> Router {
    let crossing = r#"{"from": "a", "to": "b"}"#;
    Router::new()
        .route("/crossings/{crossing}", get(async move || crossing))
        .route("/crew", get(async || "[]"))
        .route("/fares/{route}", get(async move || text))
}

#[tokio::test]
async fn what_is_not_found_is_null_and_what_is_not_there_is_left_out() {
    let ferries = Ferries::of(office_with_fare(r#"{"price": null}"#)).await;
    let answer = fetch(ferries.rest, "/crossings/5/manifest").await;
    let expected = json!({
        "id": "5", "route": {"from": "a", "to": "b"}, "people": null, "ranks": [], "captain": null, "price": null,
        "source": "office",
    });
    assert_eq!(answer.json(), expected, "{answer:?}");
}

#[tokio::test]
async fn steps_read_the_format_of_their_operation() {
    let ferries = Ferries::of(office()).await;
    let answer = fetch(ferries.rest, "/ports/MHQ").await;
    assert_eq!(answer.json(), json!({"port": {"code": "MHQ", "label": "Mariehamn"}, "first": "Turku"}));
    assert_eq!(fetch(ferries.rest, "/ports/X").await.json(), json!({"port": null, "first": "Turku"}));
}

#[tokio::test]
async fn a_tool_says_and_gives_what_the_mappings_put_together() {
    let ferries = Ferries::of(office()).await;
    let tools = mcp::tools(ferries.mcp).await;
    let fare = &tools[0]["outputSchema"]["properties"]["fare"]["properties"];
    assert_eq!(fare["amount"]["description"], "In euros", "{:#}", tools[0]);
    assert_eq!(tools[0]["annotations"]["readOnlyHint"], true);
    assert_eq!(tools[0]["inputSchema"]["required"], json!(["crossing"]));
    let result = mcp::call(ferries.mcp, "get-fare", json!({"crossing": "5"})).await;
    assert_eq!(result["structuredContent"], json!({"fare": {"amount": 12.5, "steps": [10, 2.5]}}), "{result}");
    ferries.office.answer(Answer::json(503, r#"{"reason": "storm"}"#));
    let result = mcp::call(ferries.mcp, "get-fare", json!({"crossing": "5"})).await;
    assert!(mcp::error_text(&result).contains("storm"), "{result}");
}

#[tokio::test]
async fn steps_of_a_flow_get_their_values_from_what_refers_to_it() {
    let ferries = Ferries::of(office()).await;
    assert_eq!(fetch(ferries.rest, "/offers/5").await.json(), json!({"amount": 12.5}));
    assert_eq!(ferries.targets()[0], "GET /base/crossings/5");
}

#[tokio::test]
async fn inputs_are_made_of_several_values_or_of_parts() {
    let ferries = Ferries::of(office()).await;
    let find = |target: &'static str, body: &'static str| send(ferries.rest, request_with_json("POST", target, body));
    let answer = find("/ports?area=north&name=a%26b", r#"{"filter": {"limit": 3}}"#).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    // Without one of its values a text is left out, and so is an absent part.
    find("/ports?area=north", r#"{"filter": {}}"#).await;
    assert_eq!(ferries.targets(), ["GET /base/ports", "GET /base/ports?limit=3&q=a%26b+in+north"]);
    let answer = find("/ports", r#"{"filter": {"limit": "x"}}"#).await;
    assert_eq!(answer.status, 400);
    assert!(answer.problem()["detail"].to_string().contains("`limit` in the query must be a whole number"));
}

#[tokio::test]
async fn callers_see_nothing_of_settings_that_do_not_fit() {
    let ferries = Ferries::of(office()).await;
    let answer = send(ferries.rest, request("PUT", "/ports")).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text().contains("hunter2"), "{answer:?}");
}
