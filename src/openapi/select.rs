//! Which of the answers of an operation an answer is.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::description::{Api, Case, MediaKind, Operation, Status};

/// What an answer is.
#[derive(Debug)]
pub(super) enum Selected {
    /// One of the operation's answers.
    Answer(&'static Case),
    /// A success of an operation that has no answers with a body.
    Success,
    /// A success with a body that is none of the operation's answers.
    Undeclared,
    /// A failure, with what the document says about it.
    Failure(Option<&'static Case>),
}

pub(super) fn select(
    api: &'static Api,
    operation: &'static Operation,
    status: StatusCode,
    headers: &HeaderMap,
) -> Selected {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(essence);
    let media_type = media_type.as_deref();
    let answers = || cases(api, operation.answers);
    let declared = answers().any(|case| case.status != Status::Default && matches(case.status, status));
    if !declared && !status.is_success() {
        return Selected::Failure(best(cases(api, operation.failures), status, media_type));
    }
    if answers().next().is_none() {
        return Selected::Success;
    }
    if let Some(case) = best(answers(), status, media_type) {
        return Selected::Answer(case);
    }
    // The document names other statuses of success. One answer is what is meant; of several it is hard to say.
    match (answers().nth(1), answers().next()) {
        (None, Some(only)) => Selected::Answer(only),
        _ => answers().find(|case| fits(case, media_type)).map_or(Selected::Undeclared, Selected::Answer),
    }
}

fn cases(api: &'static Api, indices: &'static [u16]) -> impl Iterator<Item = &'static Case> {
    indices.iter().filter_map(|index| api.cases.get(usize::from(*index)))
}

fn matches(declared: Status, status: StatusCode) -> bool {
    match declared {
        Status::Code(code) => code == status.as_u16(),
        Status::Range(digit) => u16::from(digit) == status.as_u16() / 100,
        Status::Default => true,
    }
}

/// The case for a status, the most special status first, then the most special media type.
fn best(
    cases: impl Iterator<Item = &'static Case>,
    status: StatusCode,
    media_type: Option<&str>,
) -> Option<&'static Case> {
    let special = |case: &Case| match case.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    };
    let matching: Vec<_> = cases.filter(|case| matches(case.status, status)).collect();
    let rank = matching.iter().map(|case| special(case)).min()?;
    let mut matching: Vec<_> = matching.into_iter().filter(|case| special(case) == rank).collect();
    matching.sort_by_key(|case| case.media_type.matches('*').count());
    let fitting = matching.iter().copied().find(|case| fits(case, media_type));
    // Servers name media types wrongly more often than documents leave them out.
    fitting.or_else(|| matching.first().copied())
}

fn fits(case: &Case, media_type: Option<&str>) -> bool {
    let Some(media_type) = media_type else { return case.kind == MediaKind::Empty };
    let declared = essence(case.media_type);
    if let Some(prefix) = declared.strip_suffix('*') {
        return prefix == "*/" || media_type.starts_with(prefix);
    }
    declared == media_type
        || case.kind == MediaKind::Json && (media_type.ends_with("+json") || media_type == "application/json")
}

/// A media type without its parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
