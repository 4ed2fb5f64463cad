use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, StatusCode};

use super::catalogue::{Catalogue, Entry, FilesError, media_type};
use crate::Settings;
use crate::client::Client;
use crate::description::Capability;
use crate::server::authentication::guarded;
use crate::server::{FolderError, Problem};

/// The catalogue of a surface of skills at `/skills` and below. Callers must prove what the file demands, wherever the
/// router is mounted.
pub fn skill_router(capability: &'static Capability, exposes: usize, client: &Client) -> Router {
    guarded(routes(capability, exposes, client.settings()), client.guard(exposes))
}

/// The catalogue, open to everyone.
pub(crate) fn routes(capability: &'static Capability, exposes: usize, settings: &Settings) -> Router {
    let catalogue = Arc::new(Catalogue::new(capability, exposes, settings));
    let list = catalogue.list.clone();
    let found = move |path: Result<Path<String>, PathRejection>| {
        let Path(name) = path.map_err(|_| undecodable())?;
        catalogue.find(&name).cloned()
    };
    let (detail, contents, download, file) = (found.clone(), found.clone(), found.clone(), found);
    Router::new()
        .route("/skills", get(async move || json(list)))
        .route("/skills/{name}", get(async move |path| Ok::<_, Problem>(json(detail(path)?.detail))))
        .route(
            "/skills/{name}/contents",
            get(async move |path| Ok::<_, Problem>(json(blocking(contents(path)?, Entry::contents).await?))),
        )
        .route(
            "/skills/{name}/download",
            get(async move |path| {
                let entry = download(path)?;
                let name = entry.skill.name;
                Ok::<_, Problem>(archive(name, blocking(entry, Entry::archive).await?))
            }),
        )
        .route(
            "/skills/{name}/contents/{*file}",
            get(async move |path: Result<Path<(String, String)>, PathRejection>| {
                let Path((name, path)) = path.map_err(|_| undecodable())?;
                let media_type = media_type(&path);
                let entry = file(Ok(Path(name)))?;
                let bytes = blocking(entry, move |entry| Ok(entry.read(&path)?)).await?;
                Ok::<_, Problem>(content(media_type, bytes))
            }),
        )
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_detail("What is here can only be read.")
        })
}

fn undecodable() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST).with_detail("The path is not percent-encoded UTF-8.")
}

/// Reads files of a skill where that may take its time.
async fn blocking(
    entry: Entry,
    read: impl FnOnce(&Entry) -> Result<Bytes, FilesError> + Send + 'static,
) -> Result<Bytes, Problem> {
    let name = entry.skill.name;
    let outcome = tokio::task::spawn_blocking(move || read(&entry)).await;
    let failed =
        || Problem::new(StatusCode::INTERNAL_SERVER_ERROR).with_detail("The files of the skill cannot be read.");
    match outcome {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(FilesError::Folder(error @ FolderError::UnsafePath))) => {
            Err(Problem::new(StatusCode::BAD_REQUEST).with_detail(format!("No file can be given: {error}.")))
        }
        Ok(Err(FilesError::Folder(FolderError::NotFound))) => {
            let detail = "The skill has no such file; `contents` lists those that there are.";
            Err(Problem::new(StatusCode::NOT_FOUND).with_detail(detail))
        }
        Ok(Err(error)) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(skill = name, %error, cause, "the files of a skill cannot be read");
            Err(failed())
        }
        Err(error) => {
            tracing::error!(skill = name, %error, "reading the files of a skill broke off");
            Err(failed())
        }
    }
}

fn json(body: Bytes) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

fn archive(name: &str, bytes: Bytes) -> Response {
    // The compiler lets other names pass with a lint; a header takes fewer.
    let is_plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    let name: String = name.chars().map(|character| if is_plain(character) { character } else { '_' }).collect();
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}.zip\""));
    let mut response = ([(CONTENT_TYPE, HeaderValue::from_static("application/zip"))], bytes).into_response();
    if let Ok(disposition) = disposition {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A file, which a browser shows without running what may be in it.
fn content(media_type: &'static str, bytes: Bytes) -> Response {
    let is_text = media_type.starts_with("text/");
    let content_type = if is_text { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() };
    let headers = [
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
    ];
    let mut response = (headers, bytes).into_response();
    if let Ok(content_type) = HeaderValue::try_from(content_type) {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    response
}
