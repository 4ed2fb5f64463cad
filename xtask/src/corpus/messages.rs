//! What cargo and rustc say, and which document they say it about.

use serde::Deserialize;

/// A line of `cargo check --message-format json`, as far as it matters here.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason")]
pub(super) enum Message {
    /// rustc says something about a crate.
    #[serde(rename = "compiler-message")]
    Said {
        /// The crate.
        target: Target,
        /// What it says.
        message: Diagnostic,
    },
    /// A crate is done.
    #[serde(rename = "compiler-artifact")]
    Done {
        /// The crate.
        target: Target,
    },
    /// Something else.
    #[serde(other)]
    Other,
}

/// A crate.
#[derive(Debug, Deserialize)]
pub(super) struct Target {
    /// Its name.
    pub(super) name: String,
}

/// A diagnostic of rustc.
#[derive(Debug, Deserialize)]
pub(super) struct Diagnostic {
    /// `error`, `warning`, `error: internal compiler error`, …
    pub(super) level: String,
    /// The text as rustc would print it.
    #[serde(default)]
    pub(super) rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
    #[serde(default)]
    children: Vec<Diagnostic>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    is_primary: bool,
    /// Where the macro is called that the place comes from.
    #[serde(default)]
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

impl Diagnostic {
    /// Whether the crate fails because of it.
    pub(super) fn is_error(&self) -> bool {
        self.level.starts_with("error")
    }

    /// The first file of the diagnostic for which `pick` gives something: where the mistake is, else where something beside it is.
    pub(super) fn file<T>(&self, pick: &impl Fn(&str) -> Option<T>) -> Option<T> {
        let primary = self.spans.iter().filter(|span| span.is_primary);
        let beside = self.spans.iter().filter(|span| !span.is_primary);
        let own = primary.chain(beside).find_map(|span| span.file(pick));
        own.or_else(|| self.children.iter().find_map(|child| child.file(pick)))
    }
}

impl Span {
    fn file<T>(&self, pick: &impl Fn(&str) -> Option<T>) -> Option<T> {
        pick(&self.file_name).or_else(|| self.expansion.as_ref().and_then(|expansion| expansion.span.file(pick)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_leads_to_the_file_through_macros_and_notes() {
        let line = r#"{"reason":"compiler-message","package_id":"p","target":{"name":"batch","kind":["lib"]},"message":{
            "level":"error","message":"m","rendered":"error: m",
            "spans":[{"file_name":"beside.rs","is_primary":false,"expansion":null},
                     {"file_name":"macro.rs","is_primary":true,"expansion":{"span":{"file_name":"inside.rs","is_primary":true}}}],
            "children":[{"level":"note","spans":[{"file_name":"note.rs","is_primary":true}],"children":[]}]}}"#;
        let Message::Said { target, message } = serde_json::from_str(line).expect("it is a message") else {
            panic!("it is a diagnostic");
        };
        assert_eq!(target.name, "batch");
        assert!(message.is_error());
        let file = |names: &[&str]| message.file(&|name| names.contains(&name).then(|| name.to_owned()));
        assert_eq!(file(&["inside.rs", "beside.rs", "note.rs"]).as_deref(), Some("inside.rs"));
        assert_eq!(file(&["beside.rs", "note.rs"]).as_deref(), Some("beside.rs"));
        assert_eq!(file(&["note.rs"]).as_deref(), Some("note.rs"));
        assert_eq!(file(&["other.rs"]), None);
    }

    #[test]
    fn what_is_unknown_is_passed_over() {
        assert!(matches!(serde_json::from_str(r#"{"reason":"build-finished","success":true}"#), Ok(Message::Other)));
    }
}
