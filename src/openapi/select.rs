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
    let declared = answers().any(|case| case.status != Status::Default && case.status.covers(status));
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

impl Status {
    pub(super) fn covers(self, status: StatusCode) -> bool {
        match self {
            Self::Code(code) => code == status.as_u16(),
            Self::Range(digit) => u16::from(digit) == status.as_u16() / 100,
            Self::Default => true,
        }
    }

    /// How general it is.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Code(_) => 0,
            Self::Range(_) => 1,
            Self::Default => 2,
        }
    }
}

/// The case for a status, the most special status first, then the most special media type.
fn best(
    cases: impl Iterator<Item = &'static Case>,
    status: StatusCode,
    media_type: Option<&str>,
) -> Option<&'static Case> {
    let matching: Vec<_> = cases.filter(|case| case.status.covers(status)).collect();
    let rank = matching.iter().map(|case| case.status.rank()).min()?;
    let mut matching: Vec<_> = matching.into_iter().filter(|case| case.status.rank() == rank).collect();
    matching.sort_by_key(|case| case.media_type.matches('*').count());
    let fitting = matching.iter().copied().find(|case| fits(case, media_type));
    // Servers name media types wrongly more often than documents leave them out.
    fitting.or_else(|| matching.first().copied())
}

fn fits(case: &Case, media_type: Option<&str>) -> bool {
    match media_type {
        Some(media_type) => covers(case.media_type, case.kind, media_type),
        None => case.kind == MediaKind::Empty,
    }
}

/// Whether what the document calls `declared` may be what came with `media_type`, which is without parameters.
pub(super) fn covers(declared: &str, kind: MediaKind, media_type: &str) -> bool {
    let declared = essence(declared);
    if let Some(prefix) = declared.strip_suffix('*') {
        return prefix == "*/" || media_type.starts_with(prefix);
    }
    declared == media_type
        || kind == MediaKind::Json && (media_type.ends_with("+json") || media_type == "application/json")
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
