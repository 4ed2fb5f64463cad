//! JSONPath ([RFC 9535](https://www.rfc-editor.org/rfc/rfc9535)): paths as static data, and what they select.
//!
//! The compiler has parsed and checked the paths of a file, so they cannot be malformed here and a program holds none as
//! text. The types are plain data, so that they can be written as constants; they may gain variants and fields in any
//! release, since only generated code constructs them.
//!
//! ```
//! use capsmith::jsonpath::{JsonPath, Segment, Selector};
//! use serde_json::json;
//!
//! // $.forecast[*].wind
//! static WINDS: JsonPath = JsonPath {
//!     segments: &[
//!         Segment::Child(&[Selector::Name("forecast")]),
//!         Segment::Child(&[Selector::Wildcard]),
//!         Segment::Child(&[Selector::Name("wind")]),
//!     ],
//! };
//!
//! let document = json!({ "forecast": [{ "wind": 3 }, { "rain": 1 }, { "wind": 5 }] });
//! assert_eq!(WINDS.query(&document)?, [&json!(3), &json!(5)]);
//! # Ok::<(), capsmith::jsonpath::QueryError>(())
//! ```

mod compare;
#[cfg(feature = "__server")]
mod copies;
mod expression;
mod filter;
mod query;
mod steps;

pub use self::filter::{Comparable, Filter, Literal, Operator, Query, Root};
pub use self::steps::QueryError;

#[cfg(feature = "__server")]
pub(crate) use self::copies::check_copies;

/// A path: from the root of a document, or from a value inside a filter, to the nodes that it selects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JsonPath {
    /// The segments in the order of the text. None: the path is `$`.
    pub segments: &'static [Segment],
}

/// A step of a path (section 2.5 of the RFC).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// `.name`, `[…]`: what the selectors take of each node.
    Child(&'static [Selector]),
    /// `..name`, `..[…]`: what the selectors take of each node and of everything below it.
    Descendant(&'static [Selector]),
}

/// What a segment takes of a node (section 2.3 of the RFC).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Selector {
    /// The member of this name.
    Name(&'static str),
    /// All members or elements.
    Wildcard,
    /// An element, counted from the end where it is negative.
    Index(i64),
    /// `[start:end:step]`.
    Slice {
        /// The first element, or that of the direction where there is none.
        start: Option<i64>,
        /// The element behind the last one, or that of the direction where there is none.
        end: Option<i64>,
        /// The distance between two elements. Negative: from the end; 0: nothing is selected.
        step: i64,
    },
    /// `[?…]`: the members or elements of which this is true.
    Filter(&'static Filter),
}
