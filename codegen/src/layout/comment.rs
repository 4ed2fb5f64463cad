//! Documentation as comments.

/// The text of documentation, where it can stand in a comment as it is.
pub(super) fn unescape(literal: &str) -> Option<String> {
    let (is_raw, inner) = match literal.strip_prefix('r') {
        Some(raw) => (true, raw.trim_matches('#')),
        None => (false, literal),
    };
    let inner = inner.strip_prefix('"')?.strip_suffix('"')?;
    if inner.starts_with('/') || inner.ends_with(' ') || is_raw && inner.contains(['\r', '\n']) {
        return None;
    }
    if is_raw || !inner.contains('\\') {
        return Some(inner.to_owned());
    }
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next()? {
                escaped @ ('"' | '\\' | '\'') => text.push(escaped),
                't' => text.push('\t'),
                // A line break, or a character that is better not seen.
                _ => return None,
            },
            character => text.push(character),
        }
    }
    Some(text)
}
