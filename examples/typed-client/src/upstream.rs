//! An in-memory stand-in for the backups of PlanetScale's API.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, HOST};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

const BACKUPS: &str = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups";
const BACKUP: &str = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups/{backup}";

/// The routes of the API below `/v1`, open to requests that carry `token`.
pub(crate) fn router(token: &'static str) -> Router {
    Router::new()
        .route(BACKUPS, get(list).post(create))
        .route(BACKUP, get(read))
        .layer(from_fn_with_state(token, authenticate))
}

async fn authenticate(State(token): State<&'static str>, request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if header.and_then(|value| value.strip_prefix("Bearer ")) == Some(token) {
        next.run(request).await
    } else {
        problem(StatusCode::UNAUTHORIZED, "unauthorized", "The access token is not valid")
    }
}

#[derive(Deserialize)]
struct ListQuery {
    #[serde(default = "first")]
    page: usize,
    per_page: usize,
    state: String,
}

fn first() -> usize {
    1
}

/// Five backups that are finished and one that failed.
async fn list(Query(query): Query<ListQuery>, request: Request) -> Response {
    let all = (1..=6).map(|number| {
        backup(&format!("daily-{number}"), if number == 4 { "failed" } else { "success" }, number * 1000)
    });
    let wanted: Vec<Value> =
        all.filter(|backup| query.state.split(',').any(|state| backup["state"] == state)).collect();
    let mut pages = wanted.chunks(query.per_page.max(1));
    let count = pages.len();
    let data = pages.nth(query.page.saturating_sub(1)).unwrap_or_default();
    let next = (query.page < count).then_some(query.page + 1);
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let next_url = next.map(|page| {
        let path = request.uri().path();
        format!("http://{host}{path}?page={page}&per_page={}&state={}", query.per_page, query.state)
    });
    let page = json!({
        "type": "list", "current_page": query.page, "next_page": next, "next_page_url": next_url,
        "prev_page": null, "prev_page_url": null, "data": data,
    });
    Json(page).into_response()
}

async fn create(body: Result<Json<Value>, JsonRejection>) -> Response {
    match body {
        Ok(Json(body)) => {
            let name = body["name"].as_str().unwrap_or("unnamed");
            (StatusCode::CREATED, Json(backup(name, "pending", 0))).into_response()
        }
        Err(_) => problem(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", "The body is not JSON"),
    }
}

async fn read(Path(path): Path<Vec<(String, String)>>) -> Response {
    let id = path.last().map_or("", |(_, id)| id);
    problem(StatusCode::NOT_FOUND, "not_found", &format!("There is no backup `{id}`"))
}

fn backup(name: &str, state: &str, size: u64) -> Value {
    let time = "2026-11-21T09:00:00Z";
    json!({
        "id": name, "name": name, "state": state, "size": size, "protected": false, "required": false,
        "created_at": time, "updated_at": time, "started_at": time, "completed_at": null, "expires_at": null,
        "deleted_at": null,
    })
}

fn problem(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "code": code, "message": message }))).into_response()
}
