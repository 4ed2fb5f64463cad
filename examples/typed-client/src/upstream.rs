//! An in-memory stand-in for the API of the document.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

/// The books.
type Shelf = Arc<Mutex<Vec<Value>>>;

/// The routes of the API below `/v1`, open to requests that carry `token`.
pub(crate) fn router(token: &'static str) -> Router {
    let books = [("Persuasion", "shelved", 249), ("Middlemarch", "lent", 880), ("Villette", "shelved", 573)];
    let books = books.map(|(title, state, pages)| book(title, state, &json!(pages)));
    Router::new()
        .route("/v1/books", get(list).post(add))
        .route("/v1/books/{book}", get(read))
        .layer(from_fn_with_state(token, authenticate))
        .with_state(Arc::new(Mutex::new(books.to_vec())))
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

async fn list(State(shelf): State<Shelf>, Query(query): Query<ListQuery>) -> Json<Value> {
    let mut books = shelf.lock().unwrap_or_else(PoisonError::into_inner).clone();
    books.retain(|book| query.state.split(',').any(|state| book["state"] == state));
    let mut pages = books.chunks(query.per_page.max(1));
    let next = (query.page < pages.len()).then_some(query.page + 1);
    let data = pages.nth(query.page.saturating_sub(1)).unwrap_or_default();
    Json(json!({ "data": data, "next_page": next }))
}

async fn add(State(shelf): State<Shelf>, body: Result<Json<Value>, JsonRejection>) -> Response {
    match body {
        Ok(Json(body)) => {
            let book = book(body["title"].as_str().unwrap_or("untitled"), "shelved", &body["pages"]);
            shelf.lock().unwrap_or_else(PoisonError::into_inner).push(book.clone());
            (StatusCode::CREATED, Json(book)).into_response()
        }
        Err(_) => problem(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", "The body is not JSON"),
    }
}

async fn read(State(shelf): State<Shelf>, Path(id): Path<String>) -> Response {
    let books = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    match books.iter().find(|book| book["id"] == id) {
        Some(book) => Json(book).into_response(),
        None => problem(StatusCode::NOT_FOUND, "not_found", &format!("There is no book `{id}`")),
    }
}

fn book(title: &str, state: &str, pages: &Value) -> Value {
    json!({ "id": title.to_lowercase(), "title": title, "state": state, "pages": pages })
}

fn problem(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "code": code, "message": message }))).into_response()
}
