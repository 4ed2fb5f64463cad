//! What to do after a call that failed, by its status (RFC 9110, section 15).

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use super::Subject;

/// As many arguments are named.
const NAMED: usize = 6;

/// The next step. `None`: the status alone does not tell one.
pub(super) fn next(status: StatusCode, headers: &HeaderMap, subject: Option<Subject<'_>>) -> Option<String> {
    let fixed = match status.as_u16() {
        400 | 422 => "Change the arguments that it is about and call again.",
        401 => {
            "It did not accept the credentials of this server, which no argument changes: tell the user that they have to be \
             set or renewed."
        }
        403 => {
            "The credentials of this server do not allow this, which no argument changes: tell the user, or ask for something \
             else."
        }
        404 | 410 => return Some(not_found(subject)),
        405 | 501 => "It does not offer this; calling again does not help.",
        409 => "What is there already is in the way: read it, and decide whether to change it first.",
        412 | 428 => "What is there has changed meanwhile: read it again, and call with its present version.",
        413 => "Send less at once.",
        429 => return Some(later("Wait", headers).unwrap_or_else(|| "Wait a while before the next call.".to_owned())),
        408 | 425 | 500.. => return Some(again(headers, subject)),
        _ => return None,
    };
    Some(fixed.to_owned())
}

fn not_found(subject: Option<Subject<'_>>) -> String {
    let names = subject.map_or(&[] as &[String], |subject| subject.identifiers);
    let names: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.join(", ") {
        names if names.is_empty() => "There is nothing with these arguments: look up what there is.".to_owned(),
        names => format!("There is nothing with this {names}: look up what there is, and call again."),
    }
}

fn again(headers: &HeaderMap, subject: Option<Subject<'_>>) -> String {
    let hints = subject.and_then(|subject| subject.tool.annotations.as_ref());
    let is_safe = hints.is_some_and(|hints| hints.read_only_hint == Some(true) || hints.idempotent_hint == Some(true));
    if !is_safe && subject.is_some() {
        return "Whether the call had an effect is not known: look before you make it again.".to_owned();
    }
    later("Call again", headers).unwrap_or_else(|| "Calling again may help.".to_owned())
}

/// `Retry-After` (RFC 9110, section 10.2.3) in words.
fn later(what: &str, headers: &HeaderMap) -> Option<String> {
    /// The longest date.
    const LONGEST: usize = 40;
    let value = headers.get(RETRY_AFTER)?.to_str().ok().map(str::trim).filter(|text| text.len() <= LONGEST)?;
    match (what, value.parse::<u64>()) {
        ("Wait", Ok(seconds)) => Some(format!("Wait {seconds} seconds before the next call.")),
        ("Wait", Err(_)) => Some(format!("Wait until {value}.")),
        (what, Ok(seconds)) => Some(format!("{what} after {seconds} seconds.")),
        (what, Err(_)) => Some(format!("{what} after {value}.")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::HeaderValue;
    use rmcp::model::{Tool, ToolAnnotations};

    use super::*;

    fn told(status: u16, retry_after: Option<&'static str>, idempotent: bool) -> String {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|value| (RETRY_AFTER, HeaderValue::from_static(value))));
        let hints = ToolAnnotations::from_raw(None, Some(false), None, Some(idempotent), None);
        let tool = Tool::new("t", "", Arc::default()).with_annotations(hints);
        let identifiers = ["owner".to_owned(), "repo".to_owned()];
        let subject = Subject { tool: &tool, identifiers: &identifiers };
        next(StatusCode::from_u16(status).unwrap(), &headers, Some(subject)).unwrap_or_default()
    }

    #[test]
    fn statuses_have_a_next_step() {
        assert!(told(401, None, true).contains("credentials of this server"));
        assert!(told(403, None, true).contains("credentials of this server"));
        assert!(told(404, None, true).starts_with("There is nothing with this `owner`, `repo`:"));
        for status in [400, 405, 409, 410, 412, 413, 422, 428] {
            assert!(!told(status, None, true).is_empty(), "{status}");
        }
        assert_eq!(told(418, None, true), "");
    }

    #[test]
    fn calls_are_repeated_when_the_upstream_allows_and_when_that_does_no_harm() {
        assert_eq!(told(429, Some("7"), false), "Wait 7 seconds before the next call.");
        assert_eq!(
            told(429, Some("Fri, 31 Dec 2027 23:59:59 GMT"), false),
            "Wait until Fri, 31 Dec 2027 23:59:59 GMT."
        );
        assert_eq!(told(503, Some("7"), true), "Call again after 7 seconds.");
        assert_eq!(told(500, None, true), "Calling again may help.");
        assert_eq!(
            told(503, Some("7"), false),
            "Whether the call had an effect is not known: look before you make it again."
        );
    }
}
