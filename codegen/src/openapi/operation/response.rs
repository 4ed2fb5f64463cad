//! Responses.

use std::collections::HashSet;

use super::{Lowering, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{MediaKind, Response, Status};
use crate::openapi::model::{self, Operation as Model, shorten};
use crate::openapi::place::{Member, Place};
use crate::openapi::reader::UNTYPED;

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    pub(super) fn responses(&mut self, operation: &Model<'t>, prefix: &str) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        let mut seen = HashSet::new();
        let place = operation.responses().and_then(|place| self.reader.follow(place, "no response is known"));
        for Member { key, span, value: place } in place.into_iter().flat_map(|target| target.place.members()) {
            if key.starts_with("x-") {
                continue;
            }
            let odd = |message, help: Option<&str>| {
                let diagnostic = Diagnostic::new(Code::OddStatus, span, message).label("has no effect");
                self.reader.report(place.file, diagnostic.maybe_help(help.map(str::to_owned)));
            };
            let Some(status) = status(key) else {
                let help = "a key is a status such as `404`, a range such as `4XX`, or `default`";
                odd(format!("`{}` is no status", shorten(key)), Some(help));
                continue;
            };
            if !seen.insert(status) {
                odd(format!("the status `{}` occurs twice", shorten(key)), None);
                continue;
            }
            responses.push(self.response(status, place, prefix));
        }
        responses.sort_by_key(|response| match response.status {
            Status::Code(_) => 0,
            Status::Range(_) => 1,
            Status::Default => 2,
        });
        responses
    }

    fn response(&mut self, status: Status, place: Place<'t>, prefix: &str) -> Response {
        let Some(target) = self.reader.follow(place, UNTYPED) else {
            // What a broken reference stands for may have any body.
            return Response {
                status,
                description: String::new(),
                contents: vec![self.untyped("*/*", MediaKind::Any)],
                headers: Vec::new(),
            };
        };
        let model = model::Response::checked(target.place, self.reader);
        self.without_effect(target.place, &["links"]);
        let position = self.position(target, "Response", || match status {
            Status::Code(code) => format!("{prefix}Response{code}"),
            Status::Range(digit) => format!("{prefix}Response{digit}xx"),
            Status::Default => format!("{prefix}ResponseDefault"),
        });
        Response {
            status,
            description: text(model.description()),
            contents: self.contents(model.content(), &position),
            headers: self.headers(model.headers(), &position),
        }
    }
}

/// The statuses that a key means.
fn status(key: &str) -> Option<Status> {
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    match *key.as_bytes() {
        [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_statuses() {
        assert_eq!(status("200"), Some(Status::Code(200)));
        assert_eq!(status("4xx"), Some(Status::Range(4)));
        assert_eq!(status("5XX"), Some(Status::Range(5)));
        assert_eq!(status("default"), Some(Status::Default));
        for key in ["", "ok", "20", "099", "2000", "6XX", "２００"] {
            assert_eq!(status(key), None, "{key}");
        }
    }
}
