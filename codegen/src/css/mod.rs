//! Selectors of CSS (Selectors Level 4), as far as they say something of a document that nobody looks at: text in, checked
//! selectors or a fault out.

mod parser;
mod position;
mod pseudo;
mod scanner;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::ir::css::Selector;

/// Reads a list of selectors.
///
/// # Errors
///
/// The first [`Fault`] of the text.
pub(crate) fn parse(text: &str) -> Result<Vec<Selector>, Fault> {
    parser::document(text)
}
