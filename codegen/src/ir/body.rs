//! Request bodies that the file writes.

use super::{Piece, Template};

/// What the body of a request is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// JSON.
    Json(JsonTemplate),
    /// Text of a media type: each piece with how values are put into it.
    Text(&'static str, Vec<(Escape, Piece)>),
    /// `application/x-www-form-urlencoded`: names and values.
    Form(Vec<(String, Template)>),
    /// `multipart/form-data`.
    Multipart(Vec<FormPart>),
}

/// JSON with holes.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonTemplate {
    /// JSON text.
    Literal(String),
    /// A value as it is.
    Value(Piece),
    /// A string.
    Text(Template),
    /// An array. Elements that are absent are left out.
    Array(Vec<JsonTemplate>),
    /// An object. Properties that are absent are left out.
    Object(Vec<(String, JsonTemplate)>),
}

/// A part of `multipart/form-data`.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPart {
    /// Its name.
    pub name: String,
    /// Its content.
    pub value: Template,
    /// The name of the file that it is.
    pub file_name: Option<Template>,
    /// Its media type.
    pub content_type: Option<String>,
}

/// How a value is put into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Body {
    /// Visits all pieces of all templates.
    pub(crate) fn for_each_piece(&mut self, visit: &mut dyn FnMut(&mut Piece)) {
        match self {
            Self::Json(json) => json.for_each_piece(visit),
            Self::Text(_, pieces) => pieces.iter_mut().for_each(|(_, piece)| visit(piece)),
            Self::Form(pairs) => pairs.iter_mut().flat_map(|(_, value)| value).for_each(visit),
            Self::Multipart(parts) => {
                let templates = parts.iter_mut().flat_map(|part| [Some(&mut part.value), part.file_name.as_mut()]);
                templates.flatten().flatten().for_each(visit);
            }
        }
    }
}

impl JsonTemplate {
    /// An array that is text if all of its elements are.
    pub(crate) fn array(elements: Vec<Self>) -> Self {
        match elements.iter().map(Self::literal).collect::<Option<Vec<_>>>() {
            Some(texts) => Self::Literal(format!("[{}]", texts.join(","))),
            None => Self::Array(elements),
        }
    }

    /// An object that is text if all of its properties are.
    pub(crate) fn object(properties: Vec<(String, Self)>) -> Self {
        let text = |(name, value): &(String, Self)| {
            Some(format!("{}:{}", serde_json::Value::from(name.as_str()), value.literal()?))
        };
        match properties.iter().map(text).collect::<Option<Vec<_>>>() {
            Some(texts) => Self::Literal(format!("{{{}}}", texts.join(","))),
            None => Self::Object(properties),
        }
    }

    fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            _ => None,
        }
    }

    fn for_each_piece(&mut self, visit: &mut dyn FnMut(&mut Piece)) {
        match self {
            Self::Literal(_) => {}
            Self::Value(piece) => visit(piece),
            Self::Text(template) => template.iter_mut().for_each(visit),
            Self::Array(elements) => elements.iter_mut().for_each(|element| element.for_each_piece(visit)),
            Self::Object(properties) => properties.iter_mut().for_each(|(_, value)| value.for_each_piece(visit)),
        }
    }
}
