//! Values of the document as JSON.

use std::fmt::Write as _;

use crate::emit::docs::is_bidirectional;
use crate::ir::types::Literal;

/// A value as JSON text.
pub(crate) fn json(value: &Literal) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Writes a value behind what is there.
pub(in crate::emit::openapi) fn write(value: &Literal, text: &mut String) {
    match value {
        Literal::Null => text.push_str("null"),
        Literal::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Literal::Number(number) => text.push_str(number.as_str()),
        Literal::String(value) => text_of(value, text),
        Literal::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write(value, text);
            }
            text.push(']');
        }
        Literal::Object(entries) => {
            text.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                text_of(key, text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
    }
}

/// A text of JSON (RFC 8259, section 7).
pub(in crate::emit::openapi) fn text_of(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            character if u32::from(character) < 0x20 || is_bidirectional(character) => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            character => text.push(character),
        }
    }
    text.push('"');
}
