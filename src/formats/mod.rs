//! Answers that are not JSON, as JSON: the formats of `outputRawFormat`.
//!
//! What an upstream sends is read into the shapes that capability files map from:
//!
//! | Format | What it becomes |
//! |---|---|
//! | [`Json`](Format::Json), [`Yaml`](Format::Yaml) | The document. |
//! | [`Xml`](Format::Xml) | What the root element holds. Elements with nothing but text are strings, others objects of their attributes and children; what occurs several times becomes an array. Text beside attributes or children is the member `""`. |
//! | [`Csv`](Format::Csv), [`Tsv`](Format::Tsv), [`Psv`](Format::Psv) | An array of objects of strings, named by the first row. |
//! | [`Html`](Format::Html) | `{tables}`: each table with a header that the selectors select, as an array of objects of strings. |
//! | [`Markdown`](Format::Markdown) | `{frontMatter, tables, sections: [{heading, level, content}]}` |
//! | [`Avro`](Format::Avro) | The datum in Avro's JSON encoding, but values of unions stand by themselves. A container file is an array of its data. |
//! | [`Protobuf`](Format::Protobuf) | The message in the JSON mapping of proto3, with fields that have a default value even where they are not sent. |
//! | [`Binary`](Format::Binary) | The bytes in base64, a string. |
//!
//! Each format but JSON and binary has a feature of this crate, `format-xml` and so on; `formats` enables them all.
//!
//! Answers are hostile until they are read: nesting is limited to 128 levels, what would take more than 256 MiB is
//! refused, and entities and aliases cannot multiply.
//!
#![cfg_attr(feature = "format-csv", doc = "```")]
#![cfg_attr(not(feature = "format-csv"), doc = "```ignore")]
//! use capsmith::formats::{Format, to_json};
//! use serde_json::json;
//!
//! let answer = "ship,port\nNordlys,Bergen\n";
//! assert_eq!(to_json(&Format::Csv, answer.as_bytes(), None)?, json!([{ "ship": "Nordlys", "port": "Bergen" }]));
//! # Ok::<(), capsmith::formats::FormatError>(())
//! ```

#[cfg(feature = "format-avro")]
mod avro;
#[cfg(feature = "format-csv")]
mod delimited;
mod error;
mod gates;
#[cfg(feature = "format-html")]
mod html;
mod json;
mod limits;
#[cfg(feature = "format-markdown")]
mod markdown;
#[cfg(any(feature = "__text", feature = "__yaml", feature = "format-avro", feature = "format-protobuf"))]
mod memory;
pub mod protobuf;
#[cfg(any(feature = "format-avro", feature = "format-protobuf"))]
mod real;
#[cfg(any(feature = "format-csv", feature = "format-html", feature = "format-markdown"))]
mod rows;
pub mod selector;
#[cfg(all(test, feature = "formats"))]
mod tests;
#[cfg(feature = "__text")]
mod text;
#[cfg(feature = "format-xml")]
mod xml;
#[cfg(feature = "__yaml")]
pub(crate) mod yaml;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

pub use self::error::FormatError;
use self::selector::Selector;
#[cfg(feature = "format-yaml")]
use self::yaml::Scalars;

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2. Several documents are an array of them.
    Yaml,
    /// XML 1.0.
    Xml,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Values separated by `|`.
    Psv,
    /// The tables of an HTML document.
    Html {
        /// Only tables that one of these selects, or that stand in another element that one selects. None: all.
        selectors: &'static [Selector],
    },
    /// `CommonMark` with tables and YAML front matter.
    Markdown {
        /// Only sections whose heading begins with this.
        prefix: Option<&'static str>,
    },
    /// Avro in its binary encoding: a datum, or an object container file, which is an array of its data.
    Avro {
        /// The schema of a datum, as JSON. A container file has a schema of its own.
        schema: &'static str,
    },
    /// A message of protocol buffers.
    Protobuf(&'static protobuf::Schema),
    /// Anything, as it is.
    Binary,
}

/// Reads bytes as a format.
///
/// `media_type` is what the upstream says of them; its `charset` decides on the encoding unless a byte order mark does.
///
/// # Errors
///
/// A [`FormatError`], when the bytes are not of that format, or too deep or too large as JSON, or when the format's feature
/// is not enabled.
pub fn to_json(format: &Format, bytes: &[u8], media_type: Option<&str>) -> Result<Value, FormatError> {
    match format {
        Format::Json => json::read(bytes),
        Format::Binary => Ok(Value::String(STANDARD.encode(bytes))),
        #[cfg(feature = "format-yaml")]
        Format::Yaml => Ok(yaml::read(&text::decode(bytes, media_type, |_| None)?, Scalars::Core)?),
        #[cfg(feature = "format-xml")]
        Format::Xml => xml::read(&text::decode(bytes, media_type, xml::declared_encoding)?),
        #[cfg(feature = "format-csv")]
        Format::Csv => delimited::read(&text::decode(bytes, media_type, |_| None)?, b',', "CSV"),
        #[cfg(feature = "format-csv")]
        Format::Tsv => delimited::read(&text::decode(bytes, media_type, |_| None)?, b'\t', "TSV"),
        #[cfg(feature = "format-csv")]
        Format::Psv => delimited::read(&text::decode(bytes, media_type, |_| None)?, b'|', "PSV"),
        #[cfg(feature = "format-html")]
        Format::Html { selectors } => html::read(&text::decode(bytes, media_type, html::encoding)?, selectors),
        #[cfg(feature = "format-markdown")]
        Format::Markdown { prefix } => markdown::read(&text::decode(bytes, media_type, |_| None)?, *prefix),
        #[cfg(feature = "format-avro")]
        Format::Avro { schema } => avro::read(bytes, schema),
        #[cfg(feature = "format-protobuf")]
        Format::Protobuf(schema) => protobuf::read(bytes, schema),
        #[cfg(not(feature = "formats"))]
        format => {
            let _ = media_type;
            Err(FormatError::NotEnabled(format.feature()))
        }
    }
}

impl Format {
    /// Whether an answer without bytes is one: a table without rows, or a message in which everything has its default.
    #[cfg(feature = "__server")]
    pub(crate) fn can_be_empty(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Psv | Self::Protobuf(_))
    }
}

#[cfg(not(feature = "formats"))]
impl Format {
    /// The feature that reads the format.
    fn feature(self) -> &'static str {
        match self {
            Self::Yaml => "format-yaml",
            Self::Xml => "format-xml",
            Self::Html { .. } => "format-html",
            Self::Markdown { .. } => "format-markdown",
            Self::Avro { .. } => "format-avro",
            Self::Protobuf(_) => "format-protobuf",
            Self::Json | Self::Csv | Self::Tsv | Self::Psv | Self::Binary => "format-csv",
        }
    }
}
