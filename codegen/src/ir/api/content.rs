//! What requests and answers carry: bodies and headers.

use super::Style;
use crate::ir::RustName;
use crate::ir::types::{Docs, Excerpt, TypeUse};

/// The body of requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// The description, or empty.
    pub description: String,
    /// The forms it may have, in the order of the document; never empty.
    pub contents: Vec<Content>,
}

/// A form of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type or range as the document writes it, without blanks around.
    pub media_type: String,
    /// What that means.
    pub kind: MediaKind,
    /// The type; `None`: the document does not say.
    pub r#type: Option<TypeUse>,
    /// The type of each item of a stream.
    pub item: Option<TypeUse>,
    /// How the properties of forms are written; those that are not listed by default.
    pub encodings: Vec<PartEncoding>,
    /// The first example.
    pub example: Option<Excerpt>,
}

/// What a media type means to a reader or writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MediaKind {
    /// JSON and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// `text/event-stream`
    EventStream,
    /// A JSON value a line: `application/jsonl`, `application/x-ndjson` and their like.
    JsonLines,
    /// XML and `+xml`; passed on as text.
    Xml,
    /// Other texts.
    Text,
    /// Bytes: `application/octet-stream` and whatever else is none of these.
    Binary,
    /// A range such as `*/*` or `image/*`.
    Any,
}

/// How a property of a form or a part of a multipart body is written.
#[derive(Clone, Debug, PartialEq)]
pub struct PartEncoding {
    /// The property on the wire.
    pub property: String,
    /// `contentType`: the media types of the part; empty: by the type.
    pub content_types: Vec<String>,
    /// The style, where the document has one.
    pub style: Option<(Style, bool)>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Headers of the part.
    pub headers: Vec<Header>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// For which statuses.
    pub status: Status,
    /// The description, or empty.
    pub description: String,
    /// The forms of its body; empty: there is none.
    pub contents: Vec<Content>,
    /// Its headers.
    pub headers: Vec<Header>,
}

/// The statuses of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred, by its first digit: `4XX`.
    Range(u8),
    /// All for which nothing else stands.
    Default,
}

/// A header of an answer or a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// Whether it must be there.
    pub required: bool,
    /// Whether objects are written as `key=value` (style `simple`).
    pub explode: bool,
    /// The type.
    pub r#type: TypeUse,
    /// What the document says about it.
    pub docs: Docs,
}
