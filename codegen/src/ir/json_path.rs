//! Paths of JSONPath (RFC 9535), parsed and checked: the counterpart of the runtime's `jsonpath`.

/// A path: from the root of a document, or from a value inside a filter, to the nodes that it selects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPath {
    /// The segments in the order of the text. None: the path is `$`.
    pub segments: Vec<Segment>,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Segment {
    /// `.name`, `[…]`
    Child(Vec<Selector>),
    /// `..name`, `..[…]`
    Descendant(Vec<Selector>),
}

/// What a segment takes of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Selector {
    /// The member of this name.
    Name(String),
    /// All members or elements.
    Wildcard,
    /// An element, counted from the end where it is negative.
    Index(i64),
    /// `[start:end:step]`
    Slice {
        /// The first element.
        start: Option<i64>,
        /// The element behind the last one.
        end: Option<i64>,
        /// The distance between two elements; 1 where the path has none.
        step: i64,
    },
    /// `[?…]`
    Filter(Filter),
}

/// An expression that is true or false of a value. No deeper than the parser allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// One of them is true.
    Or(Vec<Filter>),
    /// All of them are true.
    And(Vec<Filter>),
    /// It is false.
    Not(Box<Filter>),
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
    /// `match(text, pattern)`
    Match {
        /// The text.
        text: Comparable,
        /// The regular expression; where it is a literal, an I-Regexp.
        pattern: Comparable,
    },
    /// `search(text, pattern)`
    Search {
        /// The text.
        text: Comparable,
        /// The regular expression; where it is a literal, an I-Regexp.
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
#[derive(Clone, Debug, PartialEq)]
pub enum Comparable {
    /// A value of the text.
    Literal(Literal),
    /// A singular query.
    Query(Query),
    /// `length(…)`
    Length(Box<Comparable>),
    /// `count(…)`
    Count(Query),
    /// `value(…)`
    Value(Query),
}

/// A value of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number, finite.
    Float(f64),
    /// A string.
    String(String),
}

/// A path inside a filter.
#[derive(Clone, Debug, PartialEq)]
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

impl JsonPath {
    /// Whether the path selects at most one node: names and indices alone.
    #[must_use]
    pub fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| match segment {
            Segment::Child(selectors) => matches!(selectors[..], [Selector::Name(_) | Selector::Index(_)]),
            Segment::Descendant(_) => false,
        })
    }
}
