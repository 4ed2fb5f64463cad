//! What comes back over REST.

use capsmith_tests::http1::{get, request, send};
use capsmith_tests::upstream::Answer;
use serde_json::json;

use crate::service::Coast;

const TIDES: &str = "<coast><station>Bergen</station><lat>60.4</lat><lon>5.3</lon>\
    <tide><hour>6</hour><metres>1.25</metres></tide><tide><hour>18</hour><metres>0.8</metres></tide></coast>";

/// Objects in objects are made of the same document at every depth; numbers in XML are numbers where they are declared so.
#[tokio::test]
async fn xml_becomes_nested_objects() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::status(200).body("application/xml", TIDES));
    let answer = get(coast.rest, "/tides?caller=me").await;
    assert_eq!(
        answer.json(),
        json!({
            "station": "Bergen",
            "tides": [{ "hour": 6, "metres": 1.25 }, { "hour": 18, "metres": 0.8 }],
            "place": { "name": "Bergen", "position": { "north": 60.4, "east": 5.3 } },
        })
    );
    assert_eq!(answer.header("content-type"), "application/json");
    // One tide alone is an object in XML, and still a list.
    coast.upstream.answer(Answer::status(200).body("application/xml", "<c><tide><hour>6</hour></tide></c>"));
    let alone = get(coast.rest, "/tides?caller=me").await.json();
    assert_eq!(alone["tides"], json!([{ "hour": 6, "metres": null }]));
}

/// An unknown path, a method that the path has not, and an upstream's refusal.
#[tokio::test]
async fn problems_say_what_they_are() {
    let coast = Coast::open().await;
    assert_eq!(get(coast.rest, "/harbours").await.problem()["status"], 404);
    let refused = send(coast.rest, request("DELETE", "/tides")).await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, "GET,HEAD"));
    coast.upstream.answer(Answer::status(404).body("text/plain", "no tides"));
    let passed = get(coast.rest, "/tides?caller=me").await;
    assert_eq!((passed.status.as_u16(), passed.text()), (404, "no tides"));
}
