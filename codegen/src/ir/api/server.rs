//! Where an API is.

use crate::ir::RustName;

/// A base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL with `{variables}` and without a trailing `/`; relative where the document says so, and empty for `/`.
    pub url: String,
    /// The description, or empty.
    pub description: String,
    /// The variables in the URL, in its order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name in the URL.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// The value where none is given; `None`: one must be given.
    pub default: Option<String>,
    /// The values that are allowed; empty: any.
    pub values: Vec<String>,
    /// The description, or empty.
    pub description: String,
}
