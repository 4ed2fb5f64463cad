//! Parameters and how they are written.

use super::MediaKind;
use crate::ir::RustName;
use crate::ir::types::{Docs, Literal, TypeUse};

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// How it is written.
    pub encoding: ParameterEncoding,
    /// The type.
    pub r#type: TypeUse,
    /// What its absence stands for; fits the type.
    pub default: Option<Literal>,
    /// Whether `name=` may stand for no value.
    pub allow_empty: bool,
    /// What the document says about it.
    pub docs: Docs,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// The query string as a whole.
    QueryString,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParameterEncoding {
    /// By a style.
    Style {
        /// The style.
        style: Style,
        /// Whether elements and properties become parameters of their own.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As text of a media type.
    Content(MediaKind),
}

/// The styles of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`
    Cookie,
}
