//! JSONPath (RFC 9535): text in, a checked path or a fault out.
//!
//! A path that parses is well-typed (section 2.4.3), its regular expressions are I-Regexp (RFC 9485), and its filters are
//! no deeper than the runtime can follow. Some spellings of capability files that the RFC does not have are understood,
//! and reported as [habits](Habit).

mod fault;
mod filter;
mod function;
mod literal;
mod parser;
mod pattern;
mod query;
#[cfg(test)]
mod tests;

pub use self::fault::{Fault, Habit};

use self::parser::Parser;
use crate::ir::json_path::JsonPath;

/// A path, and what is unusual about its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The path.
    pub path: JsonPath,
    /// Where the text is not that of the RFC but clear, in the order of the text.
    pub habits: Vec<Habit>,
}

/// Reads a path.
///
/// ```
/// use capsmith_codegen::jsonpath::parse;
///
/// assert!(parse("$.forecast[?@.wind > 3].id").is_ok());
///
/// let fault = parse("$.forecast[?@.wind = 3]").unwrap_err();
/// assert_eq!(fault.range, 19..20);
/// assert_eq!(fault.suggestion.as_deref(), Some("write `==`"));
/// ```
///
/// # Errors
///
/// The first [`Fault`] of the text.
pub fn parse(text: &str) -> Result<Parsed, Fault> {
    let mut parser = Parser::new(text);
    let path = parser.document()?;
    Ok(Parsed { path, habits: parser.into_habits() })
}
