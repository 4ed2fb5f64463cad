//! What an agent is told about a call that failed: the upstream's own words, what its status means here, and what to do.

mod next;
mod words;

use http::{HeaderMap, StatusCode};

use self::next::next;
use self::words::{Words, words};
use super::result::Subject;
use crate::Problem;

/// As much of an upstream's error answer as is shown where its words are known, and where they are not, in bytes.
const BESIDE_WORDS: usize = 4 * 1024;
const ALONE: usize = 16 * 1024;

/// The text about a problem, with as much of an upstream's answer as there is.
pub(super) fn of_problem(problem: &Problem, subject: Option<Subject<'_>>) -> String {
    let (status, headers) = (problem.status(), problem.headers());
    if let Some(body) = problem.upstream_body() {
        return of_answer(status, headers, body, subject);
    }
    // What else a handler refuses it says itself.
    let is_passing = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    joined(problem.to_string(), is_passing.then(|| next(status, headers, subject)).flatten())
}

/// The text about an answer of the upstream that is no success.
pub(super) fn of_answer(status: StatusCode, headers: &HeaderMap, body: &[u8], subject: Option<Subject<'_>>) -> String {
    let next = next(status, headers, subject);
    if let Some(Words { text, is_all }) = words(body) {
        let told = joined(format!("The upstream answered {status}: {text}"), next);
        return if is_all { told } else { format!("{told}\nIts answer: {}", shown(body, BESIDE_WORDS)) };
    }
    let text = shown(body, ALONE);
    let colon = if text.is_empty() { "" } else { ": " };
    joined(format!("The upstream answered {status}{colon}{text}"), next)
}

/// The sentence and the next one.
fn joined(mut text: String, next: Option<String>) -> String {
    if !text.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
    if let Some(next) = next {
        text.push(' ');
        text.push_str(&next);
    }
    text
}

/// The beginning of an answer.
fn shown(body: &[u8], most: usize) -> String {
    let beginning = body.get(..most).unwrap_or(body);
    let text = String::from_utf8_lossy(beginning);
    let end = if beginning.len() < body.len() { "…" } else { "" };
    format!("{}{end}", text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, body: &str) -> String {
        of_answer(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes(), None)
    }

    #[test]
    fn the_words_of_the_upstream_come_first() {
        let text = told(418, r#"{"message":"Short and stout"}"#);
        assert_eq!(text, "The upstream answered 418 I'm a teapot: Short and stout.");
        let text = told(418, r#"{"message":"Short","code":7}"#);
        assert_eq!(
            text,
            "The upstream answered 418 I'm a teapot: Short.\nIts answer: {\"message\":\"Short\",\"code\":7}"
        );
        assert_eq!(told(418, "<p>no</p>"), "The upstream answered 418 I'm a teapot: <p>no</p>.");
        assert_eq!(told(418, ""), "The upstream answered 418 I'm a teapot.");
    }

    #[test]
    fn long_answers_are_cut() {
        let text = told(418, &"x".repeat(100_000));
        assert!(text.len() < ALONE + 100 && text.ends_with('…'), "{}", text.len());
    }
}
