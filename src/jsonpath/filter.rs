//! What filters are made of (sections 2.3.5 and 2.4 of the RFC).

use super::JsonPath;

/// An expression that is true or false of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Filter {
    /// One of them is true.
    Or(&'static [Filter]),
    /// All of them are true.
    And(&'static [Filter]),
    /// It is false.
    Not(&'static Filter),
    /// The query selects something.
    Exists(Query),
    /// Two values compared.
    Compare {
        /// The value on the left.
        left: Comparable,
        /// How they are compared.
        operator: Operator,
        /// The value on the right.
        right: Comparable,
    },
    /// `match(text, pattern)`: the I-Regexp ([RFC 9485](https://www.rfc-editor.org/rfc/rfc9485)) matches the whole text.
    Match {
        /// The text.
        text: Comparable,
        /// The expression.
        pattern: Comparable,
    },
    /// `search(text, pattern)`: the I-Regexp matches a part of the text.
    Search {
        /// The text.
        text: Comparable,
        /// The expression.
        pattern: Comparable,
    },
}

/// A comparison's operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What gives one value or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparable {
    /// A value of the text.
    Literal(Literal),
    /// A query that selects at most one node.
    Query(Query),
    /// `length(…)`: how many characters, elements or members a value has.
    Length(&'static Comparable),
    /// `count(…)`: how many nodes the query selects.
    Count(Query),
    /// `value(…)`: the node that the query selects, where it is the only one.
    Value(Query),
}

/// A value of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    String(&'static str),
}

/// A path inside a filter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Query {
    /// Where it begins.
    pub root: Root,
    /// Its segments.
    pub path: JsonPath,
}

/// Where a query inside a filter begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// `$`: the document.
    Document,
    /// `@`: the value that the filter looks at.
    Current,
}
