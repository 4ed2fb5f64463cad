//! An in-memory stand-in for PlanetScale's backups API, so that the demo needs no key and no network.
//!
//! It keeps the shapes of the real one: a paged list, `201` with the backup that was made, `204` for a deletion, `401`
//! without the token, errors as `{"code": …, "message": …}`. A backup that it makes is finished when it is next read.

mod backup;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use backup::{Backup, NewBackup};

const BACKUPS: &str = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups";
const BACKUP: &str = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups/{backup}";

/// Organization, database and branch.
type Branch = (String, String, String);

#[derive(Clone, Default)]
struct Store(Arc<Mutex<Backups>>);

#[derive(Default)]
struct Backups {
    made: u64,
    /// The backups of each branch, oldest first.
    branches: BTreeMap<Branch, Vec<Backup>>,
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, Backups> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The routes of the API below `/v1`, open to requests that carry `token`.
pub(crate) fn router(token: &'static str) -> Router {
    Router::new()
        .route(BACKUPS, get(list).post(create))
        .route(BACKUP, get(read).delete(delete))
        .fallback(|| async { not_found() })
        .layer(from_fn_with_state(token, authenticate))
        .with_state(Store::default())
}

async fn authenticate(State(token): State<&'static str>, request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if header.and_then(|value| value.strip_prefix("Bearer ")) == Some(token) {
        next.run(request).await
    } else {
        error(StatusCode::UNAUTHORIZED, "unauthorized", "Unauthorized")
    }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default = "Page::first")]
    page: usize,
    #[serde(default = "Page::usual_size")]
    per_page: usize,
}

impl Page {
    fn first() -> usize {
        1
    }

    fn usual_size() -> usize {
        25
    }
}

async fn list(
    State(store): State<Store>,
    Path(branch): Path<Branch>,
    page: Result<Query<Page>, QueryRejection>,
) -> Response {
    let page = match page {
        Ok(Query(page)) => page,
        Err(rejection) => return error(StatusCode::BAD_REQUEST, "bad_request", &rejection.body_text()),
    };
    let size = page.per_page.clamp(1, 100);
    let current = page.page.max(1);
    let store = store.lock();
    let backups = store.branches.get(&branch).map_or(&[][..], Vec::as_slice);
    let data: Vec<Value> =
        backups.iter().rev().skip((current - 1).saturating_mul(size)).take(size).map(Backup::to_json).collect();
    let next = (current.saturating_mul(size) < backups.len()).then_some(current + 1);
    let previous = (current > 1).then_some(current - 1);
    let (organization, database, name) = &branch;
    let url = |page: usize| {
        format!(
            "/v1/organizations/{organization}/databases/{database}/branches/{name}/backups?page={page}&per_page={size}"
        )
    };
    Json(json!({
        "type": "list",
        "current_page": current,
        "next_page": next,
        "next_page_url": next.map(url),
        "prev_page": previous,
        "prev_page_url": previous.map(url),
        "data": data,
    }))
    .into_response()
}

async fn create(State(store): State<Store>, Path(branch): Path<Branch>, body: Bytes) -> Response {
    let wanted = match NewBackup::from_body(&body) {
        Ok(wanted) => wanted,
        Err(message) => return error(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", &message),
    };
    let mut store = store.lock();
    store.made += 1;
    let mut backup = Backup::make(store.made, wanted);
    let answer = (StatusCode::CREATED, Json(backup.to_json())).into_response();
    backup.finish();
    store.branches.entry(branch).or_default().push(backup);
    answer
}

async fn read(
    State(store): State<Store>,
    Path((organization, database, branch, id)): Path<(String, String, String, String)>,
) -> Response {
    let store = store.lock();
    let mut backups = store.branches.get(&(organization, database, branch)).into_iter().flatten();
    backups.find(|backup| backup.id == id).map_or_else(not_found, |backup| Json(backup.to_json()).into_response())
}

async fn delete(
    State(store): State<Store>,
    Path((organization, database, branch, id)): Path<(String, String, String, String)>,
) -> Response {
    let mut store = store.lock();
    let backups = store.branches.entry((organization, database, branch)).or_default();
    match backups.iter().position(|backup| backup.id == id) {
        Some(position) => {
            backups.remove(position);
            StatusCode::NO_CONTENT.into_response()
        }
        None => not_found(),
    }
}

fn not_found() -> Response {
    error(StatusCode::NOT_FOUND, "not_found", "Not Found")
}

fn error(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "code": code, "message": message }))).into_response()
}
