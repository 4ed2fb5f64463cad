//! The peer: the same routes as a careful engineer would write them by hand with axum. What does not fit is answered with a problem that
//! lists everything, as the generated router does.

use axum::Router;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Json, Path, Query};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::forge::types::{Label, Milestone, NewMilestone, State};
use super::{labels, milestone};
use crate::{BenchError, process};

/// Serves until the process is killed.
pub(crate) async fn serve() -> Result<(), BenchError> {
    let app = Router::new()
        .route("/repos/{owner}/{name}/labels", get(list))
        .route("/repos/{owner}/{name}/milestones", post(create));
    process::serve(app).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paging {
    page: Option<i64>,
    per_page: Option<i64>,
}

async fn list(
    Path((_owner, _name)): Path<(String, String)>,
    paging: Result<Query<Paging>, QueryRejection>,
) -> Result<Json<Vec<Label>>, Refused> {
    let Query(Paging { page, per_page }) =
        paging.map_err(|error| Refused::whole(error.status(), &error.body_text()))?;
    let mut faults = Faults::default();
    faults.check("page", page.is_none_or(|page| page >= 1), "must be at least 1");
    faults.check("per_page", per_page.is_none_or(|size| (1..=100).contains(&size)), "must be from 1 to 100");
    faults.finish()?;
    Ok(Json(labels(page.unwrap_or(1), per_page.unwrap_or(30))))
}

async fn create(
    Path((_owner, _name)): Path<(String, String)>,
    body: Result<Json<NewMilestone>, JsonRejection>,
) -> Result<(StatusCode, Json<Milestone>), Refused> {
    let Json(new) = body.map_err(|error| Refused::whole(error.status(), &error.body_text()))?;
    let mut faults = Faults::default();
    faults.check("/title", has_length(&new.title, 1, 255), "must have 1 to 255 characters");
    let description = new.description.as_deref().unwrap_or_default();
    faults.check("/description", has_length(description, 0, 1000), "must have at most 1000 characters");
    faults.check("/state", !matches!(new.state, Some(State::Unlisted(_))), "must be `open` or `closed`");
    faults.check(
        "/due_on",
        has_length(new.due_on.as_deref().unwrap_or_default(), 0, 40),
        "must have at most 40 characters",
    );
    let labels = new.labels.as_deref().unwrap_or_default();
    faults.check("/labels", labels.len() <= 20, "must have at most 20 items");
    for (index, label) in labels.iter().enumerate() {
        if !has_length(label, 1, 50) {
            faults.add(&format!("/labels/{index}"), "must have 1 to 50 characters");
        }
    }
    faults.finish()?;
    Ok((StatusCode::CREATED, Json(milestone(new))))
}

fn has_length(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.chars().count())
}

/// What is wrong with a request.
#[derive(Default)]
struct Faults(Vec<Value>);

impl Faults {
    fn check(&mut self, pointer: &str, holds: bool, detail: &str) {
        if !holds {
            self.add(pointer, detail);
        }
    }

    fn add(&mut self, pointer: &str, detail: &str) {
        self.0.push(json!({ "pointer": pointer, "detail": detail }));
    }

    fn finish(self) -> Result<(), Refused> {
        if self.0.is_empty() { Ok(()) } else { Err(Refused { status: StatusCode::BAD_REQUEST, errors: self.0 }) }
    }
}

/// A request that does not fit, as problem details (RFC 9457).
struct Refused {
    status: StatusCode,
    errors: Vec<Value>,
}

impl Refused {
    fn whole(status: StatusCode, detail: &str) -> Self {
        Self { status, errors: vec![json!({ "detail": detail })] }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let problem = json!({ "status": self.status.as_u16(), "errors": self.errors });
        (self.status, [(CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
    }
}
