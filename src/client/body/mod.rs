//! Bodies that the file writes, with what inputs and bind variables make of them.

mod json;
mod multipart;
mod text;

pub(crate) use self::multipart::{boundary, quoted};

use bytes::Bytes;
use http::HeaderValue;

use self::json::PreparedJson;
use self::multipart::PreparedPart;
use self::text::PreparedText;
use super::encode::query_pair;
use super::template::{Bound, BoundPiece};
use crate::arguments::{Argument, ArgumentError, Arguments};
use crate::config::Values;
use crate::description::{Body, Parameter};

/// A body that only inputs are missing from.
pub(crate) enum PreparedBody {
    Json(PreparedJson),
    Text(PreparedText),
    Form(Vec<(&'static str, Bound)>),
    Multipart(Vec<PreparedPart>),
}

/// A body as it is sent.
pub(crate) struct Rendered {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: HeaderValue,
    /// Whether the body cannot be read with another type.
    pub(crate) is_binding: bool,
}

impl PreparedBody {
    pub(crate) fn new(body: &'static Body, values: &Values) -> Self {
        match body {
            Body::Json(json) => Self::Json(PreparedJson::new(json, values)),
            Body::Text(media_type, pieces) => Self::Text(PreparedText::new(media_type, pieces, values)),
            Body::Form(pairs) => {
                let pairs = pairs.iter().filter_map(|(name, value)| Some((*name, Bound::plain(value, values)?)));
                Self::Form(pairs.collect())
            }
            Body::Multipart(parts) => {
                Self::Multipart(parts.iter().filter_map(|part| PreparedPart::new(part, values)).collect())
            }
        }
    }

    /// The body with the inputs; `None`: nothing is left of it.
    pub(crate) fn render(
        &self,
        arguments: &Arguments,
        inputs: &'static [Parameter],
    ) -> Result<Option<Rendered>, ArgumentError> {
        let rendered = |bytes: String, media_type: &'static str| Rendered {
            bytes: bytes.into(),
            content_type: HeaderValue::from_static(media_type),
            is_binding: false,
        };
        match self {
            Self::Json(json) => Ok(json.render(arguments).map(|text| rendered(text, "application/json"))),
            Self::Text(text) => text.render(arguments, inputs).map(|body| Some(rendered(body, text.media_type))),
            Self::Form(pairs) => Ok(Some(rendered(form(pairs, arguments), "application/x-www-form-urlencoded"))),
            Self::Multipart(parts) => multipart::render(parts, arguments).map(Some),
        }
    }
}

fn form(pairs: &[(&'static str, Bound)], arguments: &Arguments) -> String {
    let mut encoded: Vec<String> = Vec::new();
    for (name, value) in pairs {
        if let [BoundPiece::Input(input)] = value.0.as_slice()
            && let Some(Argument::Array(items)) = arguments.get(*input)
        {
            let items = items.iter().map(|item| Argument::from_value(item.clone()));
            encoded.extend(items.map(|item| query_pair(name, &item.to_text())));
        } else if let Some(text) = value.render(arguments) {
            encoded.push(query_pair(name, &text));
        }
    }
    encoded.join("&")
}
