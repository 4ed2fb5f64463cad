//! A capability that is joined with the OpenAPI document of its upstream, over sockets: `platform-backups.yaml` with
//! `planetscale-platform.yaml`.

mod client;
mod mcp;
mod rest;

use capsmith_tests::upstream::Answer;
use serde_json::{Value, json};

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";
/// The same as the upstream sees it.
const UPSTREAM: &str = "/base/organizations/acme/databases/shop/branches/main/backups";

/// A backup as the upstream answers with, with a state and a property that the document does not know.
fn backup() -> Value {
    let time = "2026-01-02T03:04:05Z";
    json!({
        "id": "b1", "name": "nightly", "state": "thawing", "size": 9_007_199_254_740_993_i64, "protected": false,
        "required": true, "created_at": time, "updated_at": time, "started_at": time, "completed_at": null,
        "expires_at": null, "deleted_at": null, "colour": "green",
    })
}

fn page() -> Value {
    json!({
        "type": "list", "current_page": 2, "next_page": null, "next_page_url": null, "prev_page": 1,
        "prev_page_url": "https://example.com/", "data": [backup()],
    })
}

fn answer(value: &Value) -> Answer {
    Answer::status(200).body("application/json", value.to_string())
}
