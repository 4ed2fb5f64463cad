//! The upstream of both proxies: answers at once with a fixed list of backups.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use crate::{BenchError, process};

/// A list of ten backups, about 2 KB: the size of a usual first page.
pub(crate) fn document() -> String {
    let mut text = String::from(r#"{"type":"list","current_page":1,"next_page":null,"prev_page":null,"data":["#);
    for number in 0..10 {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"id":"backup{number:04}","name":"2026.11.{number:02} 04:00","state":"success","size":{},"created_at":"2026-11-01T04:00:00.000Z","updated_at":"2026-11-01T04:10:00.000Z","expires_at":"2026-12-01T04:00:00.000Z","protected":false}}"#,
            1_048_576 * (number + 1),
        );
    }
    text.push_str("]}");
    text
}

/// Serves until the process is killed.
pub(crate) async fn run() -> Result<(), BenchError> {
    let document = Bytes::from(document());
    let app = Router::new().route(
        "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups",
        get(move || {
            let document = document.clone();
            async move { ([(CONTENT_TYPE, "application/json")], document) }
        }),
    );
    process::serve(app).await
}
