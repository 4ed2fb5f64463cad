//! Request bodies that the file writes.

use super::{Piece, Template};

/// What the body of a request is made of.
///
/// A value in which an input is absent is left out where something can be: a property, an element, a pair, a part. JSON that
/// is nothing but an absent value is no body. Inputs of text are required.
#[derive(Debug)]
#[non_exhaustive]
pub enum Body {
    /// JSON (RFC 8259).
    Json(JsonTemplate),
    /// Text of a media type: each piece with how values are put into it.
    Text(&'static str, &'static [(Escape, Piece)]),
    /// `application/x-www-form-urlencoded` (WHATWG URL, section 5): names and values. An array is repeated.
    Form(&'static [(&'static str, Template)]),
    /// `multipart/form-data` (RFC 7578).
    Multipart(&'static [FormPart]),
}

/// JSON with holes.
#[derive(Debug)]
#[non_exhaustive]
pub enum JsonTemplate {
    /// JSON text.
    Literal(&'static str),
    /// A value as it is, with its type.
    Value(Piece),
    /// A string.
    Text(Template),
    /// An array.
    Array(&'static [JsonTemplate]),
    /// An object.
    Object(&'static [(&'static str, JsonTemplate)]),
}

/// A part of `multipart/form-data`.
#[derive(Debug)]
pub struct FormPart {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub value: Template,
    /// The name of the file that it is.
    pub file_name: Option<Template>,
    /// Its media type.
    pub content_type: Option<&'static str>,
}

/// How a value is put into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Escape {
    /// As it is.
    Nothing,
    /// In text or an attribute of XML.
    Xml,
    /// In a `CDATA` section of XML.
    Cdata,
    /// In a name or value of `application/x-www-form-urlencoded`.
    Form,
    /// In a string of SPARQL.
    SparqlString,
    /// In an IRI of SPARQL.
    SparqlIri,
    /// As a term of SPARQL: a number, a truth value or a string.
    SparqlTerm,
}
