//! `multipart/form-data` (RFC 7578).

use std::hash::{BuildHasher as _, RandomState};

use http::HeaderValue;

use super::super::template::Bound;
use super::Rendered;
use crate::arguments::{ArgumentError, Arguments};
use crate::config::Values;
use crate::description::FormPart;

/// A part that only inputs are missing from.
pub(crate) struct PreparedPart {
    name: &'static str,
    value: Bound,
    file_name: Option<Bound>,
    content_type: Option<&'static str>,
}

impl PreparedPart {
    /// `None`: a secret in it is absent.
    pub(super) fn new(part: &FormPart, values: &Values) -> Option<Self> {
        let file_name = match part.file_name {
            Some(template) => Some(Bound::plain(template, values)?),
            None => None,
        };
        Some(Self {
            name: part.name,
            value: Bound::plain(part.value, values)?,
            file_name,
            content_type: part.content_type,
        })
    }

    /// Writes the part, unless an input of it is absent.
    fn write(&self, boundary: &str, arguments: &Arguments, to: &mut String) {
        let Some(value) = self.value.render(arguments) else { return };
        let file_name = self.file_name.as_ref().map(|template| template.render(arguments));
        if matches!(file_name, Some(None)) {
            return;
        }
        to.extend(["--", boundary, "\r\nContent-Disposition: form-data; name=\"", &quoted(self.name), "\""]);
        if let Some(file_name) = file_name.flatten() {
            to.extend(["; filename=\"", &quoted(&file_name), "\""]);
        }
        if let Some(content_type) = self.content_type {
            to.extend(["\r\nContent-Type: ", content_type]);
        }
        to.extend(["\r\n\r\n", &value, "\r\n"]);
    }
}

pub(super) fn render(parts: &[PreparedPart], arguments: &Arguments) -> Result<Rendered, ArgumentError> {
    let boundary = boundary();
    let mut text = String::new();
    for part in parts {
        part.write(&boundary, arguments, &mut text);
    }
    text.extend(["--", &boundary, "--\r\n"]);
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"));
    let content_type = content_type.map_err(|_| ArgumentError::new("boundary", None, "cannot be sent"))?;
    Ok(Rendered { bytes: text.into(), content_type, is_binding: true })
}

/// A text that stands between parts and in none of them.
pub(crate) fn boundary() -> String {
    // Two states hash differently, which is random enough to occur in no value.
    let random = || RandomState::new().hash_one(());
    format!("{:016x}{:016x}", random(), random())
}

/// A name in quotes (WHATWG HTML, "Multipart form data").
pub(crate) fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
