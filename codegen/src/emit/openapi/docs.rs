//! What a document says about its parts, as documentation comments.

use crate::emit::docs::Docs;
use crate::ir::types;

/// Descriptions are cut at the end of a paragraph once they are longer than this: some documents hold whole manuals.
const ENOUGH: usize = 600;

/// The documentation of a type, a field, a variant or an operation.
pub(super) fn docs(docs: &types::Docs) -> Docs {
    let (title, description) = (docs.title.trim(), docs.description.trim());
    let is_repeated = description.starts_with(title.trim_end_matches('.'));
    let result = if is_repeated { Docs::new() } else { Docs::new().text(title) };
    result.text(shortened(description))
}

/// The first paragraphs of a text.
pub(super) fn shortened(text: &str) -> &str {
    if text.len() <= ENOUGH {
        return text;
    }
    let mut ends = text.match_indices("\n\n").map(|(end, _)| end);
    text[..ends.find(|end| *end >= ENOUGH / 2).unwrap_or(text.len())].trim_end()
}
