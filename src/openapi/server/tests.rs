//! Which operation a request is for.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower_service::Service as _;

use super::api_router;
use crate::openapi::{Api, Document, Incoming, Operation, Parameter, Serve};
use crate::server::{Context, Dispatched, Reply};
use crate::{Settings, Value};

/// Answers with the index of the operation.
struct Echo;

impl Serve for Echo {
    fn serve(&self, operation: usize, _: Incoming, _: Context) -> Dispatched {
        Box::pin(std::future::ready(Reply::<Value>::new(operation.into()).into_raw()))
    }
}

const PATHS: [(&str, &str, &str); 12] = [
    ("GET", "/compare/{0}...{1}", ""),
    ("GET", "/compare/{0}", ""),
    ("GET", "/compare/latest", ""),
    ("GET", "/files/{0}.{1}", ""),
    ("GET", "/files/{0}.json", ""),
    ("POST", "/files/{0}", ""),
    ("GET", "/files/{0}/versions/{1}", ""),
    ("GET", "/jobs", "action=start"),
    ("GET", "/jobs", "action=stop&force=true"),
    ("GET", "/jobs", ""),
    ("QUERY", "/jobs", ""),
    ("GET", "/", ""),
];

fn router() -> Router {
    static DOCUMENT: Document =
        Document { head: "\"openapi\":\"3.1.1\"", operations: &[], schemas: &[], security_schemes: "" };
    let operations = PATHS.map(|(method, path, query)| Operation {
        name: "probe",
        method,
        path,
        query,
        parameters: &[0, 0],
        ..Operation::EMPTY
    });
    let hidden = Operation { name: "hidden", path: "/hidden", is_served: false, ..Operation::EMPTY };
    let api = Api {
        name: "probe",
        title: "",
        description: "",
        version: "",
        servers: &[],
        security_schemes: &[],
        requirements: &[],
        parameters: vec![Parameter { name: "p", ..Parameter::PATH }].leak(),
        bodies: &[],
        cases: &[],
        operations: operations.into_iter().chain([hidden]).collect::<Vec<_>>().leak(),
    };
    api_router(Box::leak(Box::new(api)), &DOCUMENT, Arc::new(Echo), None, &Settings::default())
}

async fn ask(router: &mut Router, method: &str, target: &str) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(target).body(Body::empty()).unwrap();
    let response = router.call(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_most_literal_path_wins() {
    let mut router = router();
    for (method, target, operation) in [
        ("GET", "/compare/main...topic", 0),
        ("GET", "/compare/main", 1),
        ("GET", "/compare/latest", 2),
        ("GET", "/files/a.xml", 3),
        ("GET", "/files/a.json", 4),
        ("POST", "/files/a.json", 5),
        ("GET", "/files/a.json/versions/7", 6),
        ("GET", "/jobs?action=start", 7),
        ("GET", "/jobs?force=true&action=stop", 8),
        ("GET", "/jobs?action=stop", 9),
        ("QUERY", "/jobs", 10),
        ("GET", "/", 11),
    ] {
        assert_eq!(ask(&mut router, method, target).await, (StatusCode::OK, operation.to_string()), "{target}");
    }
}

#[tokio::test]
async fn other_paths_and_methods_are_refused() {
    let mut router = router();
    for (method, target, status) in [
        ("GET", "/files/a", 405),
        ("GET", "/files/a.b/versions", 404),
        ("GET", "/hidden", 404),
        ("PATCH", "/jobs", 405),
        ("HEAD", "/compare/latest", 200),
        ("HEAD", "/files/a", 405),
    ] {
        assert_eq!(ask(&mut router, method, target).await.0.as_u16(), status, "{method} {target}");
    }
}
