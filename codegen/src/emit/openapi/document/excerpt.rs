//! Examples, which the IR leaves in their files.

use crate::emit::openapi::types::json::json;
use crate::ir::types::{Excerpt, Literal};
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

    /// The value as JSON. `None`: it is too long, or not to be read without what stands elsewhere, as an alias of YAML.
    pub(super) fn json(self, excerpt: Excerpt) -> Option<String> {
        // Indentation may be most of it.
        if excerpt.span.range().len() > 4 * LONGEST {
            return None;
        }
        let file = self.files.get(excerpt.file as usize)?;
        let value = excerpt_value(&file.source, excerpt).filter(|value| !refers(value))?;
        let json = json(&value);
        (json.len() <= LONGEST).then_some(json)
    }
}

/// Whether an example has a reference in it, which was meant to be followed but is not where one can be.
fn refers(value: &Literal) -> bool {
    match value {
        Literal::Object(members) => members.iter().any(|(key, value)| key == "$ref" || refers(value)),
        Literal::Array(elements) => elements.iter().any(refers),
        _ => false,
    }
}
