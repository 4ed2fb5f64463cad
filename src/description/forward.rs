use super::{Operation, Template};

/// A resource whose requests are handed on to an upstream.
#[derive(Debug)]
pub struct Forward {
    /// The path as the file writes it: `/proxy/{path}`.
    pub path: &'static str,
    /// The path in pieces, without what stands for the rest of it and the slash before that.
    pub prefix: Template,
    /// Whether all that is below the path is handed on too.
    pub spans: bool,
    /// Header fields of the caller's request that go along, in lower case.
    pub trusted_headers: &'static [&'static str],
    /// The upstream, and what its adapter adds to every request. It has neither a path nor inputs.
    pub operation: Operation,
}
