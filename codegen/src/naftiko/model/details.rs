//! Parts of inputs, operations, resources and upstreams.

use super::{Constant, Text};
use crate::source::Span;

/// A value that the file gives to an input.
#[derive(Clone, Debug)]
pub(crate) struct InputValue<'a> {
    /// The value as it is written, unless it is a list or a mapping.
    pub(crate) text: Option<Text<'a>>,
    pub(crate) constant: Constant,
}

/// `responses` of a REST operation, as far as something follows from it.
#[derive(Debug)]
pub(crate) struct Responses<'a> {
    pub(crate) key: Span,
    /// Contents that are bytes, with their statuses.
    pub(crate) binary: Vec<BinaryResponse<'a>>,
}

/// An answer that is bytes: `responseBinary`, or an entry of `responses`.
#[derive(Debug)]
pub(crate) struct BinaryResponse<'a> {
    pub(crate) key: Span,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) media_type: Text<'a>,
}

/// `forward` of a resource.
#[derive(Debug)]
pub(crate) struct Forwarding<'a> {
    pub(crate) target_namespace: Option<Text<'a>>,
    pub(crate) trusted_headers: Vec<Text<'a>>,
}

/// `tunnel` of an upstream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tunnel {
    pub(crate) key: Span,
    /// Whether a direct connection is as good.
    pub(crate) may_be_direct: bool,
}
