//! The styles of parameters (OpenAPI, "Style Values"; RFC 6570).

use super::description::Style;
use super::escape::Escape;
use super::plain::Plain;

/// Writes the value of a parameter in a path or header: the styles `simple`, `label` and `matrix`.
pub(super) fn inline(name: &str, value: &Plain<'_>, style: Style, explode: bool, escape: Escape) -> String {
    let mut text = String::new();
    match style {
        Style::Label => {
            text.push('.');
            members(&mut text, value, if explode { "." } else { "," }, explode, escape);
        }
        Style::Matrix => matrix(&mut text, name, value, explode, escape),
        _ => members(&mut text, value, ",", explode, escape),
    }
    text
}

/// The members of a value between separators, the properties of objects as `key=value` when exploded.
fn members(text: &mut String, value: &Plain<'_>, separator: &str, explode: bool, escape: Escape) {
    match value {
        Plain::Text(value) | Plain::Literal(value) => escape.push(value, text),
        Plain::List(items) => {
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { separator });
                escape.push(&item.flat(), text);
            }
        }
        Plain::Object(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { separator });
                escape.push(key, text);
                text.push_str(if explode { "=" } else { separator });
                escape.push(&value.flat(), text);
            }
        }
    }
}

fn matrix(text: &mut String, name: &str, value: &Plain<'_>, explode: bool, escape: Escape) {
    let pair = |text: &mut String, key: &str, value: &Plain<'_>| {
        text.push(';');
        escape.push(key, text);
        let start = text.len();
        members(text, value, ",", false, escape);
        if text.len() > start {
            text.insert(start, '=');
        }
    };
    match value {
        Plain::List(items) if explode => items.iter().for_each(|item| pair(text, name, item)),
        Plain::Object(entries) if explode => entries.iter().for_each(|(key, value)| pair(text, key, value)),
        value => pair(text, name, value),
    }
}

/// Writes the pairs of a parameter of a query, a cookie or a form: the other styles. An empty list or object gives no
/// pair.
pub(super) fn pairs(
    name: &str,
    value: &Plain<'_>,
    style: Style,
    explode: bool,
    escape: Escape,
    push: &mut dyn FnMut(&str),
) {
    let mut pair = |key: &str, value: &str| push(&encoded(key, value, escape));
    let delimiter = match style {
        _ if explode => None,
        Style::SpaceDelimited if escape == Escape::Nothing => Some(" "),
        Style::PipeDelimited if escape == Escape::Nothing => Some("|"),
        Style::SpaceDelimited => Some("%20"),
        // RFC 3986 has no place for `|` in a query.
        Style::PipeDelimited => Some("%7C"),
        _ => Some(","),
    };
    match (value, delimiter) {
        (Plain::Text(value) | Plain::Literal(value), _) => pair(name, value),
        (Plain::Object(entries), _) if style == Style::DeepObject => deep(name, entries, &mut pair),
        (Plain::List(items), _) if style == Style::DeepObject => deep_list(name, items, &mut pair),
        (Plain::List(items), None) => items.iter().for_each(|item| pair(name, &item.flat())),
        (Plain::Object(entries), None) => entries.iter().for_each(|(key, value)| match value {
            // An exploded property that is a list is exploded as well.
            Plain::List(items) => items.iter().for_each(|item| pair(key, &item.flat())),
            value => pair(key, &value.flat()),
        }),
        (Plain::List(items), _) if items.is_empty() => {}
        (Plain::Object(entries), _) if entries.is_empty() => {}
        (value, Some(delimiter)) => {
            let mut text = encoded(name, "", escape);
            members(&mut text, value, delimiter, false, escape);
            push(&text);
        }
    }
}

fn deep(name: &str, entries: &[(std::borrow::Cow<'_, str>, Plain<'_>)], pair: &mut dyn FnMut(&str, &str)) {
    for (key, value) in entries {
        let name = format!("{name}[{key}]");
        match value {
            Plain::Text(value) | Plain::Literal(value) => pair(&name, value),
            Plain::List(items) => deep_list(&name, items, pair),
            Plain::Object(entries) => deep(&name, entries, pair),
        }
    }
}

/// The specification leaves lists in `deepObject` open. These forms are the ones that most servers read.
fn deep_list(name: &str, items: &[Plain<'_>], pair: &mut dyn FnMut(&str, &str)) {
    for (index, item) in items.iter().enumerate() {
        match item {
            Plain::Text(value) | Plain::Literal(value) => pair(&format!("{name}[]"), value),
            Plain::List(items) => deep_list(&format!("{name}[{index}]"), items, pair),
            Plain::Object(entries) => deep(&format!("{name}[{index}]"), entries, pair),
        }
    }
}

/// An encoded pair. Reserved characters that are allowed are so in the value only.
pub(super) fn encoded(key: &str, value: &str, escape: Escape) -> String {
    let mut pair = String::with_capacity(key.len() + value.len() + 1);
    let key_escape = if escape == Escape::Query { Escape::All } else { escape };
    key_escape.push(key, &mut pair);
    pair.push('=');
    escape.push(value, &mut pair);
    pair
}
