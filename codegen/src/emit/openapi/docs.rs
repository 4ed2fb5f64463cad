//! What a document says about its parts, as documentation comments.

use crate::emit::docs::Docs;
use crate::ir::api::Operation;
use crate::ir::types;

/// Descriptions are cut once they are longer than this: some documents hold whole manuals.
const ENOUGH: usize = 600;

/// What people know an operation by: its identifier, or else its method and path.
pub(super) fn title(operation: &Operation) -> String {
    let described = || format!("{} {}", operation.method.as_str(), operation.path);
    operation.id.clone().unwrap_or_else(described)
}

/// The documentation of a type, a field, a variant or an operation.
pub(super) fn docs(docs: &types::Docs) -> Docs {
    let (title, description) = (docs.title.trim(), docs.description.trim());
    let is_repeated = description.starts_with(title.trim_end_matches('.'));
    let result = if is_repeated { Docs::new() } else { Docs::new().text(title) };
    result.text(shortened(description))
}

/// The first paragraphs of a text, or the first sentences of a long one.
pub(super) fn shortened(text: &str) -> &str {
    if text.len() <= ENOUGH {
        return text;
    }
    let end_of = |mark: &str, kept: usize| {
        let ends = text.match_indices(mark).map(|(start, _)| start + kept);
        ends.take_while(|end| *end <= ENOUGH).filter(|end| *end >= ENOUGH / 4).last()
    };
    let end = end_of("\n\n", 0).or_else(|| end_of(". ", 1)).or_else(|| end_of(".\n", 1)).or_else(|| end_of(" ", 0));
    text[..end.or_else(|| (0..=ENOUGH).rev().find(|end| text.is_char_boundary(*end))).unwrap_or_default()].trim_end()
}

#[cfg(test)]
mod tests {
    use super::{ENOUGH, shortened};

    #[test]
    fn long_descriptions_end_with_a_paragraph_or_sentence() {
        let sentence = "A sentence of some words. ";
        assert_eq!(shortened(sentence), sentence);
        let many = sentence.repeat(40);
        assert!(shortened(&many).ends_with("words.") && shortened(&many).len() > ENOUGH / 2);
        let paragraphs = format!("{}\n\n{many}", sentence.repeat(10));
        assert_eq!(shortened(&paragraphs), sentence.repeat(10).trim_end());
        assert_eq!(shortened(&"ö".repeat(ENOUGH)).len(), ENOUGH);
    }
}
