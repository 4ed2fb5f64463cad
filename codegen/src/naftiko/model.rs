//! The types of the model.

mod action;
mod consumes;
mod control;
mod details;
mod mcp;
mod skill;

pub(crate) use self::action::*;
pub(crate) use self::consumes::*;
pub(crate) use self::control::*;
pub(crate) use self::details::*;
pub(crate) use self::mcp::*;
pub(crate) use self::skill::*;

use crate::ir::Method;
use crate::source::Span;

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A text with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) value: &'a str,
    pub(crate) span: Span,
    /// Where the text begins, when it stands in the document as it is.
    pub(crate) start: Option<u32>,
}

impl Text<'_> {
    /// The place of a part of the text; of all of it where the part's is not known.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Span {
        let at = |offset: usize| u32::try_from(offset).ok();
        match (self.start, at(range.start), at(range.end)) {
            (Some(start), Some(from), Some(to)) => Span::new(start + from, start + to),
            _ => self.span,
        }
    }
}

/// A part that is not supported yet: the place of its key.
pub(crate) type Unread = Option<Span>;

/// The document (section 3.1 of the format).
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    pub(crate) info: Info<'a>,
    pub(crate) binds: Vec<Binding<'a>>,
    /// What the document offers to files that import it.
    pub(crate) consumes: Vec<Consumes<'a>>,
    pub(crate) consumes_key: Unread,
    pub(crate) exposes: Unread,
    pub(crate) aggregates: Unread,
    pub(crate) capability: Option<Capability<'a>>,
}

/// `info` (section 3.2).
#[derive(Debug, Default)]
pub(crate) struct Info<'a> {
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) version: Option<Text<'a>>,
}

/// `capability` (section 3.3).
#[derive(Debug)]
pub(crate) struct Capability<'a> {
    pub(crate) key: Span,
    pub(crate) consumes: Vec<Consumes<'a>>,
    pub(crate) exposes: Vec<Exposes<'a>>,
    pub(crate) aggregates: Vec<Aggregate<'a>>,
}

/// An entry of `binds` (section 4).
#[derive(Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    /// Where the values stand; absent: in the environment.
    pub(crate) location: Option<Text<'a>>,
    /// `false`: an import that leads nowhere, which was reported.
    pub(crate) is_known: bool,
    /// Variables with the names of their sources.
    pub(crate) keys: Vec<(Text<'a>, Text<'a>)>,
}

/// An entry of `exposes` (section 6).
#[derive(Debug)]
pub(crate) enum Exposes<'a> {
    Rest(Rest<'a>),
    Mcp(Mcp<'a>),
    Skill(Skills<'a>),
    Control(Control<'a>),
    /// Something that could not be imported, which was reported.
    Unreadable,
}

/// What all HTTP surfaces have.
#[derive(Debug)]
pub(crate) struct Adapter<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    /// The namespace in the file that it is imported from, by which it refers to itself.
    pub(crate) own_namespace: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) address: Option<Text<'a>>,
    pub(crate) port: Option<Spanned<u16>>,
    /// Whether a port was given, be it a valid one or not.
    pub(crate) has_port: bool,
    /// What callers must prove.
    pub(crate) authentication: Option<Authentication<'a>>,
    pub(crate) max_binary_size: Option<Text<'a>>,
}

/// A REST surface (section 6.1).
#[derive(Debug)]
pub(crate) struct Rest<'a> {
    pub(crate) adapter: Adapter<'a>,
    pub(crate) resources: Vec<ExposedResource<'a>>,
}

/// A resource of a REST surface.
#[derive(Debug)]
pub(crate) struct ExposedResource<'a> {
    /// `label`, `display` or the name.
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ExposedInput<'a>>,
    pub(crate) operations: Vec<ExposedOperation<'a>>,
    pub(crate) forward: Option<Forwarding<'a>>,
}

/// An operation of a REST surface.
#[derive(Debug)]
pub(crate) struct ExposedOperation<'a> {
    pub(crate) method: Option<Spanned<Method>>,
    /// Instead of the resource's, beyond the schema.
    pub(crate) path: Option<Text<'a>>,
    pub(crate) label: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) action: Action<'a>,
    pub(crate) responses: Option<Responses<'a>>,
    pub(crate) response_binary: Option<BinaryResponse<'a>>,
}
