//! The message in an error answer, in the forms that APIs have for it.

use serde_json::{Map, Value};

/// Larger answers are not looked into.
const LARGEST: usize = 256 * 1024;
/// As many errors are told, and as many characters of each text.
const ERRORS: usize = 10;
const LONGEST: usize = 500;
/// As deep errors are looked for within errors.
const DEEPEST: usize = 3;

/// What an upstream says about an error.
pub(super) struct Words {
    pub(super) text: String,
    /// Whether its answer says nothing else.
    pub(super) is_all: bool,
}

/// Members whose text is the message, the best first.
const MESSAGES: [&str; 12] = [
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "msg",
    "description",
    "reason",
    "error",
    "faultstring",
    "title",
    "statusText",
];

/// Members that hold a further object with the message.
const WITHIN: [&str; 4] = ["error", "fault", "meta", "status"];

/// Members that list errors.
const LISTS: [&str; 7] = ["errors", "details", "invalid-params", "invalidParams", "violations", "detail", "issues"];

/// Members of an error that say what it is about.
const SUBJECTS: [&str; 9] = ["field", "path", "pointer", "parameter", "param", "property", "name", "loc", "source"];

/// The words of an answer; `None`: it is not JSON, or has no message where they are looked for.
pub(super) fn words(body: &[u8]) -> Option<Words> {
    if body.len() > LARGEST {
        return None;
    }
    let value: Value = serde_json::from_slice(body).ok()?;
    let text = match &value {
        Value::Object(members) => of_object(members, 0),
        Value::Array(items) => Some(of_list(items, 1)).filter(|texts| !texts.is_empty()).map(|texts| texts.join("; ")),
        Value::String(text) => sentence(text),
        _ => None,
    }?;
    let is_all = match &value {
        Value::Object(members) => members.len() == 1 && members.values().all(Value::is_string),
        value => value.is_string(),
    };
    Some(Words { text, is_all })
}

fn of_object(members: &Map<String, Value>, depth: usize) -> Option<String> {
    let message = MESSAGES.iter().find_map(|name| sentence(members.get(*name)?.as_str()?));
    let title = members.get("title").and_then(Value::as_str).and_then(sentence);
    let mut texts: Vec<String> = match (title, message) {
        (Some(title), Some(message)) if title != message => vec![format!("{title}: {message}")],
        (_, message) => message.into_iter().collect(),
    };
    if depth < 2 {
        let within = WITHIN.iter().filter_map(|name| members.get(*name)?.as_object());
        texts.extend(within.filter_map(|object| of_object(object, depth + 1)).filter(|text| !text.is_empty()).take(1));
    }
    let lists = LISTS.iter().filter(|_| depth < DEEPEST).filter_map(|name| members.get(*name));
    for list in lists {
        match list {
            Value::Array(items) => texts.extend(of_list(items, depth + 1)),
            Value::Object(fields) => {
                texts.extend(fields.iter().filter_map(|field| of_field(field, depth + 1)).take(ERRORS));
            }
            _ => {}
        }
    }
    texts.dedup();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn of_list(items: &[Value], depth: usize) -> Vec<String> {
    let text = |item: &Value| match item {
        Value::String(text) => sentence(text),
        Value::Object(members) => {
            let message = of_object(members, depth)?;
            let subject = SUBJECTS.iter().find_map(|name| subject(members.get(*name)?));
            Some(match subject {
                Some(subject) if !message.contains(&subject) => format!("{subject}: {message}"),
                _ => message,
            })
        }
        _ => None,
    };
    items.iter().filter_map(text).take(ERRORS).collect()
}

/// The errors of a field: `"name": ["is taken", "is too short"]`.
fn of_field((name, errors): (&String, &Value), depth: usize) -> Option<String> {
    let text = match errors {
        Value::String(text) => sentence(text)?,
        Value::Array(items) => of_list(items, depth).join(", "),
        Value::Object(members) => of_object(members, depth)?,
        _ => return None,
    };
    (!text.is_empty()).then(|| format!("{name}: {text}"))
}

fn subject(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => sentence(text),
        Value::Array(parts) => {
            let part = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
            sentence(&parts.iter().take(ERRORS).map(part).collect::<Vec<_>>().join("."))
        }
        Value::Object(members) => {
            ["pointer", "parameter"].iter().find_map(|name| sentence(members.get(*name)?.as_str()?))
        }
        _ => None,
    }
}

/// A text on one line, cut.
fn sentence(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
    let line: String = words.join(" ");
    if line.is_empty() {
        return None;
    }
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => Some(format!("{}…", line.get(..end).unwrap_or_default())),
        None => Some(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_in_the_forms_that_apis_have() {
        for (body, expected) in [
            (r#"{"title":"Out of credit","detail":"It costs 50.","status":403}"#, "Out of credit: It costs 50."),
            (r#"{"message":"Not Found","documentation_url":"x"}"#, "Not Found"),
            (
                r#"{"error":{"message":"No such customer","type":"invalid_request_error","param":"id"}}"#,
                "No such customer",
            ),
            (r#"{"error":"invalid_grant","error_description":"Token has expired."}"#, "Token has expired."),
            (r#"{"error":"not allowed"}"#, "not allowed"),
            (
                r#"{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","message":"is missing"}]}"#,
                "Validation Failed; title: is missing",
            ),
            (r#"{"errors":[{"detail":"too short","source":{"pointer":"/data/name"}}]}"#, "/data/name: too short"),
            (
                r#"{"errors":{"name":["is taken","is too short"],"age":"is no number"}}"#,
                "name: is taken, is too short; age: is no number",
            ),
            (r#"{"detail":[{"loc":["body","limit"],"msg":"not an integer"}]}"#, "body.limit: not an integer"),
            (r#"[{"errorCode":"X","message":"Session expired"}]"#, "Session expired"),
            (r#""no  such\n thing""#, "no such thing"),
            (r#"{"fault":{"faultstring":"Quota"}}"#, "Quota"),
        ] {
            let words = words(body.as_bytes()).map(|words| words.text);
            assert_eq!(words.as_deref(), Some(expected), "{body}");
        }
        for body in ["", "<p>", "{}", "7", r#"{"code":7}"#, r#"{"error":{"code":7}}"#, r#"{"message":" "}"#] {
            assert!(words(body.as_bytes()).is_none(), "{body}");
        }
    }

    #[test]
    fn what_is_told_has_an_end() {
        let errors = vec![Value::String("x ".repeat(10_000)); 1000];
        let body = serde_json::to_vec(&serde_json::json!({"errors": errors})).unwrap();
        let text = words(&body[..]).map(|words| words.text);
        assert_eq!(text, None, "too large to look into");
        let errors = vec![Value::String("x ".repeat(2_000)); 20];
        let body = serde_json::to_vec(&serde_json::json!({"errors": errors})).unwrap();
        assert!(words(&body).is_some_and(|words| words.text.len() <= ERRORS * (LONGEST + 8)));
    }
}
