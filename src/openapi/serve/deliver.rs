//! From what a handler gives back to a reply: status, media type, body.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::negotiate::best;
use super::refusal::{Kind, Refusal};
use super::respond::Respond;
use super::success::Success;
use crate::Problem;
use crate::openapi::{Api, Case, MediaKind, Operation, Status};
use crate::server::{RawBody, RawReply};

/// What is left to know about a call when its inputs have been read.
pub(super) struct Delivery {
    pub(super) api: &'static Api,
    pub(super) operation: &'static Operation,
    pub(super) accept: Option<HeaderValue>,
}

impl Delivery {
    pub(super) fn finish<A: Respond, F: Respond>(
        self,
        outcome: Result<Success<A>, Refusal<F>>,
    ) -> Result<RawReply, Problem> {
        match outcome {
            Ok(Success { value, status, headers }) => {
                let (status, case) = self.choose(self.operation.answers, value.variant(), status, StatusCode::OK);
                deliver(value, status, case, headers)
            }
            Err(Refusal(Kind::Described { value, status, headers })) => {
                let otherwise = StatusCode::INTERNAL_SERVER_ERROR;
                let (status, case) = self.choose(self.operation.failures, value.variant(), status, otherwise);
                deliver(value, status, case, headers)
            }
            Err(Refusal(Kind::Problem(problem))) => Err(problem),
        }
    }

    /// The status and the case of an answer. A handler's status wins, even one that the document does not list.
    fn choose(
        &self,
        indices: &'static [u16],
        variant: usize,
        given: Option<StatusCode>,
        otherwise: StatusCode,
    ) -> (StatusCode, Option<&'static Case>) {
        let cases = || {
            let cases = indices.iter().filter_map(|index| self.api.cases.get(usize::from(*index)));
            cases.filter(move |case| usize::from(case.variant) == variant)
        };
        let declared = match given {
            None => cases().next(),
            Some(given) => cases()
                .filter(|case| case.status.covers(given))
                .min_by_key(|case| case.status.rank())
                .or(cases().next()),
        };
        let Some(declared) = declared else { return (given.unwrap_or(otherwise), None) };
        let status = given.or(status(declared.status)).unwrap_or(otherwise);
        (status, best(cases().filter(|case| case.status == declared.status), self.accept.as_ref()))
    }
}

fn status(declared: Status) -> Option<StatusCode> {
    match declared {
        Status::Code(code) => StatusCode::from_u16(code).ok(),
        Status::Range(digit) => StatusCode::from_u16(u16::from(digit) * 100).ok(),
        Status::Default => None,
    }
}

fn deliver<T: Respond>(
    value: T,
    status: StatusCode,
    case: Option<&'static Case>,
    own: HeaderMap,
) -> Result<RawReply, Problem> {
    let kind = case.map_or(MediaKind::Json, |case| case.kind);
    let written = value.write(kind)?;
    let mut headers = written.headers;
    headers.extend(own);
    let is_empty = matches!(&written.body, RawBody::Bytes(bytes) if bytes.is_empty());
    if !is_empty && !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, content_type(case));
    }
    Ok(RawReply { status, headers, body: written.body })
}

/// The media type of a case, or what is meant where it is a range.
fn content_type(case: Option<&'static Case>) -> HeaderValue {
    match case {
        Some(case) if case.media_type == "text/plain" => HeaderValue::from_static("text/plain; charset=utf-8"),
        Some(case) if !case.media_type.contains('*') => HeaderValue::from_static(case.media_type),
        Some(case) if case.kind != MediaKind::Json => HeaderValue::from_static("application/octet-stream"),
        _ => HeaderValue::from_static("application/json"),
    }
}
