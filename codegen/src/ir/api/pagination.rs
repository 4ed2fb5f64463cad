//! How lists are continued.

/// How to get further pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// By a page's number.
    Page {
        /// The parameter with the number, an index into [`Operation::parameters`](super::Operation::parameters).
        page: usize,
        /// The parameter with the size of pages.
        size: Option<usize>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By a number of items that are passed over.
    Offset {
        /// The parameter with the number.
        offset: usize,
        /// The parameter with the size of pages.
        limit: Option<usize>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By what the answer gives for the next page.
    Cursor {
        /// The parameter that takes it.
        cursor: usize,
        /// The properties that lead to it in the answer.
        next: Vec<String>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By a URL in the answer.
    NextUrl {
        /// The properties that lead to it in the answer.
        next: Vec<String>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By the header `Link` (RFC 8288).
    Link {
        /// Where the items are in the answer.
        items: Items,
    },
}

/// Where the items of a page are: the property that holds them; `None`: the answer itself.
pub type Items = Option<String>;
