//! The peer: the same route as an engineer would write it by hand with axum and reqwest.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{BenchError, TOKEN, process};

#[derive(Clone)]
struct Upstream {
    base: String,
    client: reqwest::Client,
}

/// Serves until the process is killed.
pub(crate) async fn run(base: String) -> Result<(), BenchError> {
    // `reqwest` looks for the default of the process, and this process has nobody else to set it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let upstream = Upstream { base, client: reqwest::Client::new() };
    let app = Router::new()
        .route("/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups", get(list))
        .with_state(upstream);
    process::serve(app).await
}

async fn list(
    State(upstream): State<Upstream>,
    Path((organization, database, branch)): Path<(String, String, String)>,
) -> Result<Response, StatusCode> {
    let mut url = upstream.base.clone();
    for (name, value) in [("organizations", organization), ("databases", database), ("branches", branch)] {
        let _ = write!(url, "/{name}/{}", utf8_percent_encode(&value, NON_ALPHANUMERIC));
    }
    url.push_str("/backups");
    let answer = upstream.client.get(url).bearer_auth(TOKEN).send().await.map_err(|_| StatusCode::BAD_GATEWAY)?;
    let status = answer.status();
    let content_type = answer.headers().get(CONTENT_TYPE).cloned();
    let mut response = (status, Body::from_stream(answer.bytes_stream())).into_response();
    if let Some(content_type) = content_type {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    Ok(response)
}
