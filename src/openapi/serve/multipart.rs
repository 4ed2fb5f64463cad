//! `multipart/form-data` (RFC 7578), read from memory.

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;

use super::accept::{AcceptParts, PartPlace};
use super::body;
use super::incoming::{Faults, REQUIRED, unfit};
use super::texts::{Coding, Owned, Pair};
use crate::openapi::error::InputPlace;
use crate::openapi::{Part, Upload};
use crate::types::validate::escaped;
use crate::types::{Typed, View, read_foreign};

/// A part as it came.
struct Received {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    data: Bytes,
}

impl Received {
    fn upload(self) -> Upload {
        let upload = Upload::new(self.data);
        let upload = match self.file_name {
            Some(name) => upload.file_name(name),
            None => upload,
        };
        match self.content_type {
            Some(media_type) => upload.content_type(media_type),
            None => upload,
        }
    }
}

/// Reads the parts; `described` are those that the document says something about.
pub(super) fn fill(
    target: &mut dyn AcceptParts,
    described: &'static [Part],
    media_type: &HeaderValue,
    body: &Bytes,
    faults: &mut Faults,
) {
    let Some(mut received) = boundary(media_type).and_then(|boundary| split(body, &boundary)) else {
        return faults.at(
            InputPlace::Body,
            String::new(),
            "is not a multipart body with the boundary of its media type",
        );
    };
    for (index, name) in target.names().iter().enumerate() {
        let pointer = format!("/{}", escaped(name));
        let part = described.iter().find(|part| part.name == *name);
        let leads_to = |given: &str| {
            given.strip_prefix(name).is_some_and(|rest| rest.is_empty() || part.is_some() && rest.starts_with('['))
        };
        let own: Vec<_> = received.extract_if(.., |given| leads_to(&given.name)).collect();
        let is_absent = own.is_empty();
        let mut files = own.into_iter();
        match target.place(index) {
            PartPlace::OptionalUpload(place) => *place = files.next().map(Received::upload),
            PartPlace::Uploads(place) => *place = files.map(Received::upload).collect(),
            PartPlace::OptionalUploads(place) if !is_absent => *place = Some(files.map(Received::upload).collect()),
            PartPlace::Upload(place) => match files.next() {
                Some(file) => *place = file.upload(),
                None => faults.at(InputPlace::Body, pointer, REQUIRED),
            },
            PartPlace::Typed(place) if is_absent => {
                // There is no other way to write an empty list.
                if !matches!(place.view(), View::Optional(_) | View::List(_)) {
                    faults.at(InputPlace::Body, pointer, REQUIRED);
                }
            }
            PartPlace::Typed(place) => typed(place, name, part, &files.collect::<Vec<_>>(), &pointer, faults),
            PartPlace::Foreign(place) if !is_absent => {
                let mut value = Value::Null;
                typed(&mut value, name, part, &files.collect::<Vec<_>>(), &pointer, faults);
                if let Err(error) = read_foreign(place, &value) {
                    faults.at(InputPlace::Body, pointer, unfit(&error));
                }
            }
            PartPlace::OptionalUploads(_) | PartPlace::Foreign(_) => {}
        }
    }
}

fn typed(
    place: &mut dyn Typed,
    name: &str,
    part: Option<&'static Part>,
    received: &[Received],
    pointer: &str,
    faults: &mut Faults,
) {
    let mut pairs = Vec::with_capacity(received.len());
    for given in received {
        let Ok(value) = std::str::from_utf8(&given.data) else {
            return faults.at(InputPlace::Body, pointer.to_owned(), "must be UTF-8");
        };
        pairs.push(Pair { name: given.name.as_str().into(), value, raw: value, owner: Some(0) });
    }
    let owned = Owned { pairs: &pairs, owner: 0 };
    body::texts(place, body::property(name, part, owned, Coding::Plain), pointer, faults);
}

fn boundary(media_type: &HeaderValue) -> Option<String> {
    parameter(media_type.to_str().ok()?, "boundary")
}

/// A parameter of a header's value (RFC 9110, section 5.6.6). Names of files come in quotes, in which browsers leave
/// semicolons as they are.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = after.split_once(';')?.1;
    }
}

/// The parts between the lines of the boundary.
fn split(body: &Bytes, boundary: &str) -> Option<Vec<Received>> {
    let delimiter = format!("\r\n--{boundary}");
    let (delimiter, first) = (delimiter.as_bytes(), &delimiter.as_bytes()[2..]);
    // The first line of all has no line before it; text in front of it is no part.
    let mut at = if body.starts_with(first) { first.len() } else { find(body, delimiter)? + delimiter.len() };
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        // The boundary may have blanks behind it.
        let start = at + find(rest, b"\r\n")?;
        let end = start + find(body.get(start + 2..)?, delimiter)? + 2;
        parts.push(part(&body.slice(start..end))?);
        at = end + delimiter.len();
    }
}

/// A part: a line end, the fields each on a line, an empty line, the data.
fn part(text: &Bytes) -> Option<Received> {
    let end = find(text, b"\r\n\r\n")?;
    let fields = std::str::from_utf8(text.get(..end)?).ok()?;
    let field = |name: &str| {
        let mut fields = fields.split("\r\n").filter_map(|field| field.split_once(':'));
        fields.find(|(given, _)| given.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let disposition = field("content-disposition")?;
    Some(Received {
        name: unquoted(&parameter(disposition, "name")?),
        file_name: parameter(disposition, "filename").map(|name| unquoted(&name)),
        content_type: field("content-type").map(str::to_owned),
        data: text.slice(end + 4..),
    })
}

/// The characters that cannot stand in quotes (WHATWG HTML, "Multipart form data").
fn unquoted(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.iter().position(|byte| *byte == first)?;
        if text.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}
