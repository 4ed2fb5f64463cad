//! Examples, which the IR leaves in their files.

use crate::emit::openapi::types::json::json;
use crate::ir::types::Excerpt;
use crate::openapi::{FileReport, excerpt_value};

/// The longest example that is kept, in bytes. What is longer is data, and no example of it.
const LONGEST: usize = 16 * 1024;

/// The files of a document.
#[derive(Clone, Copy)]
pub(super) struct Excerpts<'a> {
    files: &'a [FileReport],
}

impl<'a> Excerpts<'a> {
    pub(super) fn new(files: &'a [FileReport]) -> Self {
        Self { files }
    }

    /// The value as JSON. `None`: it is too long, or cannot be read without what stands around it, as an alias of YAML.
    pub(super) fn json(self, excerpt: Excerpt) -> Option<String> {
        // Indentation may be most of it.
        if excerpt.span.range().len() > 4 * LONGEST {
            return None;
        }
        let file = self.files.get(excerpt.file as usize)?;
        let json = json(&excerpt_value(&file.source, excerpt)?);
        (json.len() <= LONGEST).then_some(json)
    }
}
