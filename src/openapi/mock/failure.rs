//! What a request is answered with when something is wrong with it.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::data::{Place, Seed};
use super::{Mock, body};
use crate::Problem;
use crate::openapi::{Case, MediaKind, Operation, Status};
use crate::server::{RawBody, RawReply};

impl Mock {
    /// The failure that the document describes for the status of a problem, with what the problem says; the problem
    /// itself where it describes none.
    pub(super) fn refuse(
        &self,
        index: usize,
        operation: &'static Operation,
        problem: Problem,
        extra: HeaderMap,
    ) -> Result<RawReply, Problem> {
        let Some((status, case)) = self.failure(index, operation, problem.status()) else { return Err(problem) };
        let Some(content) = self.content(index, case) else { return Err(problem) };
        let place = Place::new(Seed::new(operation.name).child("failure"));
        let Some(mut value) = self.sample(content, place) else { return Err(problem) };
        if let (Some(schema), true) = (content.get("schema"), value.is_object()) {
            tell(&mut value, &problem, status);
            value = self.adopt(schema, &value, place).unwrap_or(value);
        }
        let mut headers = self.headers(index, case);
        headers.extend(extra);
        let (media_type, bytes) = body::write(case, &value);
        headers.extend(media_type.map(|media_type| (CONTENT_TYPE, media_type)));
        Ok(RawReply { status, headers, body: RawBody::Bytes(bytes) })
    }

    /// The status and the described failure for a status: the most special one. Some documents call invalid requests 422.
    fn failure(
        &self,
        index: usize,
        operation: &'static Operation,
        status: StatusCode,
    ) -> Option<(StatusCode, &'static Case)> {
        let exactly = |code: u16| {
            let mut cases = self.cases(operation.failures);
            cases.find(|case| case.status == Status::Code(code) && case.kind == MediaKind::Json)
        };
        let code = status.as_u16();
        if let Some(case) = exactly(code) {
            return Some((status, case));
        }
        let range = Status::Range(u8::try_from(code / 100).unwrap_or_default());
        // What is described without JSON is not described by what stands for all others.
        if self.response(index, Status::Code(code)).is_some() {
            return None;
        }
        if let (Some(case), StatusCode::BAD_REQUEST) = (exactly(422), status) {
            return Some((StatusCode::UNPROCESSABLE_ENTITY, case));
        }
        let vague = |status: Status| {
            let mut cases = self.cases(operation.failures);
            cases.find(|case| case.status == status && case.kind == MediaKind::Json)
        };
        let others = if self.response(index, range).is_some() { range } else { Status::Default };
        vague(others).map(|case| (status, case))
    }
}

/// Writes into the properties of a failure what has happened, under the names that such properties usually have.
fn tell(failure: &mut Value, problem: &Problem, status: StatusCode) {
    let Value::Object(failure) = failure else { return };
    let problem = problem.to_json().deserialize::<Map<String, Value>>().unwrap_or_default();
    let detail = problem.get("detail").or_else(|| problem.get("title")).cloned().unwrap_or_default();
    for (name, value) in failure.iter_mut() {
        let told = match name.as_str() {
            "message" | "detail" | "error_description" | "msg" if value.is_string() => detail.clone(),
            "status" | "code" | "statusCode" | "status_code" if value.is_number() => Value::from(status.as_u16()),
            "status" if value.is_string() => Value::from(status.as_str()),
            "title" if value.is_string() => problem.get("title").cloned().unwrap_or_default(),
            "errors" if problem.contains_key("errors") => problem["errors"].clone(),
            _ => continue,
        };
        *value = told;
    }
}
