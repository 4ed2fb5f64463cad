//! Media types.

use crate::ir::api::MediaKind;

/// What a media type means. Parameters and case play no part.
pub(super) fn kind(name: &str) -> MediaKind {
    let essence = essence(name);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        (_, "*") | ("", "any") => MediaKind::Any,
        (_, "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("text", "event-stream") => MediaKind::EventStream,
        (
            _,
            "jsonl" | "jsonlines" | "x-jsonlines" | "ndjson" | "x-ndjson" | "json-seq" | "stream+json"
            | "x-json-stream",
        ) => MediaKind::JsonLines,
        (_, "json") => MediaKind::Json,
        (_, subtype) if subtype.ends_with("+json") || subtype.ends_with("+json-seq") => MediaKind::Json,
        (_, "xml") => MediaKind::Xml,
        (_, subtype) if subtype.ends_with("+xml") && kind != "image" => MediaKind::Xml,
        ("text", _) | ("application", "yaml" | "x-yaml" | "javascript" | "graphql" | "toml" | "sql") => MediaKind::Text,
        (_, subtype) if subtype.ends_with("+yaml") => MediaKind::Text,
        // A slip such as `json` or `application-json`.
        ("", subtype) if subtype.contains("json") => MediaKind::Json,
        _ => MediaKind::Binary,
    }
}

/// What a kind is, for messages.
pub(super) fn describe(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "JSON",
        MediaKind::Form => "a form",
        MediaKind::Multipart => "several parts",
        MediaKind::EventStream => "events",
        MediaKind::JsonLines => "lines of JSON",
        MediaKind::Xml | MediaKind::Text => "text",
        MediaKind::Binary | MediaKind::Any => "bytes",
    }
}

/// Whether a media type has parameters.
pub(super) fn has_parameters(name: &str) -> bool {
    name.contains(';')
}

/// Whether a media type is a type and a subtype.
pub(super) fn is_well_formed(name: &str) -> bool {
    let essence = essence(name);
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte))
    };
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// The media type without parameters, in lower case.
fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_a_meaning() {
        for (name, expected) in [
            ("application/json", MediaKind::Json),
            ("Application/JSON; charset=utf-8", MediaKind::Json),
            ("application/problem+json", MediaKind::Json),
            ("text/json", MediaKind::Json),
            ("application/x-ndjson", MediaKind::JsonLines),
            ("application/x-www-form-urlencoded", MediaKind::Form),
            ("multipart/form-data", MediaKind::Multipart),
            ("text/event-stream", MediaKind::EventStream),
            ("text/plain", MediaKind::Text),
            ("application/soap+xml", MediaKind::Xml),
            ("image/svg+xml", MediaKind::Binary),
            ("application/octet-stream", MediaKind::Binary),
            ("image/*", MediaKind::Any),
            ("*/*", MediaKind::Any),
            ("json", MediaKind::Json),
            ("", MediaKind::Binary),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
        assert!(
            is_well_formed("application/vnd.github.v3+json; x=y")
                && !is_well_formed("json")
                && !is_well_formed("a/b c")
        );
    }
}
