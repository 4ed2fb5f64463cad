//! Requests per second of a generated router against one by hand with axum, the handlers and types of both the same.

pub(crate) mod generated;
pub(crate) mod handwritten;

use std::net::SocketAddr;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use hyper::body::Bytes;

use self::forge::types::{Label, Milestone, NewMilestone, State};
use crate::load::Shot;
use crate::process::Served;
use crate::report::Report;
use crate::throughput::{Loaded, Measured, alternate, request};
use crate::{BenchError, Settings};

capsmith::include_openapi!(path = "specs/forge.yaml", name = forge, only = ["list_labels", "create_milestone"]);

/// The role of the generated router's process.
pub(crate) const GENERATED: &str = "serve-generated-router";
/// The role of its peer's.
pub(crate) const HANDWRITTEN: &str = "serve-handwritten-router";

/// What a request and both routers did.
pub(crate) struct Row {
    /// The request.
    pub(crate) request: &'static str,
    /// The generated router, then its peer.
    pub(crate) measured: Vec<Measured>,
}

/// Loads both routers in turn with each request, and adds the table to `report`.
pub(crate) async fn measure(settings: &Settings, report: &mut Report) -> Result<(), BenchError> {
    let generated = Served::start(GENERATED, None, 1).await?;
    let handwritten = Served::start(HANDWRITTEN, None, 1).await?;
    let mut rows = Vec::new();
    for (name, shot) in [("`GET` with a query", list as fn(_, _) -> _), ("`POST` with a body", create)] {
        let servers = [(GENERATED, &generated), (HANDWRITTEN, &handwritten)]
            .map(|(role, process)| Loaded { shot: shot(role, process.addresses[0]), process });
        rows.push(Row { request: name, measured: alternate(settings, &servers).await? });
    }
    report.routers(&rows);
    Ok(())
}

fn list(server: &'static str, address: SocketAddr) -> Shot {
    let path = "/repos/acme/shop/labels?page=2&per_page=5";
    Shot { server, address, request: request(Method::GET, address, path, Bytes::new()), expect: "area/9" }
}

fn create(server: &'static str, address: SocketAddr) -> Shot {
    let body = br#"{"title":"1.0","description":"All that the first release needs","state":"open","due_on":"2026-12-01T00:00:00Z","labels":["area/1","area/2"]}"#;
    let path = "/repos/acme/shop/milestones";
    let mut request = request(Method::POST, address, path, Bytes::from_static(body));
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Shot { server, address, request, expect: "All that the first" }
}

/// What both routers answer with.
fn labels(page: i64, per_page: i64) -> Vec<Label> {
    let first = (page - 1) * per_page;
    let label = |id: i64| Label {
        id,
        name: format!("area/{id}"),
        description: Some(Some("An area of the code".to_owned())),
        color: "f29513".to_owned(),
        default: id == 0,
    };
    (first..first + per_page).map(label).collect()
}

/// What both routers answer with.
fn milestone(new: NewMilestone) -> Milestone {
    Milestone {
        number: 7,
        title: new.title,
        description: Some(new.description),
        state: new.state.unwrap_or(State::Open),
        open_issues: 0,
        due_on: Some(new.due_on),
    }
}
