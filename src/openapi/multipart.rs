//! `multipart/form-data` (RFC 7578).

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::HeaderValue;
use http_body::{Body, Frame};

use super::body::{BodyError, EncodedBody};
use super::description::{Part, Style};
use super::inputs::{PartValue, Parts};
use super::plain::Plain;
use super::upload::TakenUpload;
use crate::client::{boundary, quoted};
use crate::types::{Direction, Typed, View, to_vec};

/// Encodes the parts; `described` are those that the document says something about.
pub(super) fn encode(parts: &mut dyn Parts, described: &'static [Part]) -> Result<EncodedBody, BodyError> {
    let mut multipart = Multipart::new();
    for (index, name) in parts.names().iter().enumerate() {
        let part = described.iter().find(|part| part.name == *name).unwrap_or(&Part::DEFAULT);
        match parts.part(index) {
            PartValue::Absent => {}
            PartValue::Typed(value) => multipart.typed(name, part, value)?,
            PartValue::Foreign(value) => multipart.typed(name, part, &value.write()?)?,
            PartValue::Upload(upload) => multipart.upload(name, part, upload.take())?,
            PartValue::Uploads(uploads) => {
                for upload in uploads {
                    multipart.upload(name, part, upload.take())?;
                }
            }
        }
    }
    multipart.finish()
}

struct Multipart {
    boundary: String,
    /// What is not yet a segment.
    text: Vec<u8>,
    segments: VecDeque<Segment>,
    /// The number of bytes of the segments, if it is known.
    length: Option<u64>,
}

enum Segment {
    Bytes(Bytes),
    Stream(reqwest::Body),
}

impl Multipart {
    fn new() -> Self {
        Self { boundary: boundary(), text: Vec::new(), segments: VecDeque::new(), length: Some(0) }
    }

    fn typed(&mut self, name: &str, part: &Part, value: &dyn Typed) -> Result<(), serde_json::Error> {
        let Some(plain) = Plain::new(value.view()) else { return Ok(()) };
        let is_json = part.content_type.contains("json");
        if let (Some(style), false) = (part.style, is_json) {
            self.styled(name, part, style, &plain);
            return Ok(());
        }
        match (&plain, is_json) {
            (Plain::List(_), false) => return self.list(name, part, value.view()),
            (Plain::Object(_), false) => {
                self.bytes(name, part, "application/json", &to_vec(value, Direction::Request)?);
            }
            (_, true) => self.bytes(name, part, part.content_type, &to_vec(value, Direction::Request)?),
            (Plain::Text(text) | Plain::Literal(text), false) => {
                self.bytes(name, part, part.content_type, text.as_bytes());
            }
        }
        Ok(())
    }

    /// A part for each item.
    fn list(&mut self, name: &str, part: &Part, view: View<'_>) -> Result<(), serde_json::Error> {
        let list = match view {
            View::Optional(value) => return value.get().map_or(Ok(()), |view| self.list(name, part, view)),
            View::List(list) => list,
            view => {
                let value = Plain::new(view).map(|value| value.flat().into_owned()).unwrap_or_default();
                self.bytes(name, part, "application/json", value.as_bytes());
                return Ok(());
            }
        };
        for view in (0..list.len()).filter_map(|index| list.get(index)) {
            match Plain::new(view) {
                Some(Plain::Text(text) | Plain::Literal(text)) => {
                    self.bytes(name, part, part.content_type, text.as_bytes());
                }
                Some(_) => self.bytes(name, part, "application/json", &super::body::json(view)?),
                None => {}
            }
        }
        Ok(())
    }

    fn styled(&mut self, name: &str, part: &Part, style: Style, value: &Plain<'_>) {
        super::style::pairs(name, value, style, part.explode, super::escape::Escape::Nothing, &mut |pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.bytes(key, part, part.content_type, value.as_bytes());
        });
    }

    fn bytes(&mut self, name: &str, part: &Part, content_type: &str, value: &[u8]) {
        self.header(name, part, None, content_type);
        self.text.extend_from_slice(value);
        self.text.extend_from_slice(b"\r\n");
    }

    fn upload(&mut self, name: &str, part: &Part, upload: TakenUpload) -> Result<(), BodyError> {
        let declared = if is_concrete(part.content_type) { part.content_type } else { "application/octet-stream" };
        let content_type = upload.content_type.as_deref().unwrap_or(declared);
        HeaderValue::from_str(content_type).map_err(|_| BodyError::MediaType)?;
        self.header(name, part, Some(upload.file_name.as_deref().unwrap_or(name)), content_type);
        if let Some(bytes) = upload.body.as_bytes() {
            self.text.extend_from_slice(bytes);
        } else {
            self.flush();
            self.length = self.length.zip(upload.length).map(|(sum, length)| sum + length);
            self.segments.push_back(Segment::Stream(upload.body));
        }
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn header(&mut self, name: &str, part: &Part, file_name: Option<&str>, content_type: &str) {
        let mut header = format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, quoted(name));
        if let Some(file_name) = file_name {
            header.push_str("; filename=\"");
            header.push_str(&quoted(file_name));
            header.push('"');
        }
        let content_type = Some(("Content-Type", content_type)).filter(|(_, value)| is_concrete(value));
        for (name, value) in content_type.iter().chain(part.headers) {
            header.extend(["\r\n", name, ": ", value]);
        }
        header.push_str("\r\n\r\n");
        self.text.extend_from_slice(header.as_bytes());
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.length = self.length.map(|length| length + text.len() as u64);
        self.segments.push_back(Segment::Bytes(text.into()));
    }

    fn finish(mut self) -> Result<EncodedBody, BodyError> {
        self.text.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        self.flush();
        let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={}", self.boundary));
        let content_type = content_type.map_err(|_| BodyError::MediaType)?;
        let length = self.length;
        let body = match self.segments.pop_front() {
            // In memory as a whole, so that the request can be repeated.
            Some(Segment::Bytes(bytes)) if self.segments.is_empty() => bytes.into(),
            Some(first) => {
                self.segments.push_front(first);
                reqwest::Body::wrap(Segments(self.segments))
            }
            None => reqwest::Body::default(),
        };
        Ok(EncodedBody { body, length, content_type, is_multipart: true })
    }
}

/// Whether a media type is one, not a range or a list.
fn is_concrete(media_type: &str) -> bool {
    !media_type.is_empty() && !media_type.contains(['*', ','])
}

struct Segments(VecDeque<Segment>);

impl Body for Segments {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.0.pop_front();
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Segment::Stream(body)) => match Pin::new(body).poll_frame(context) {
                    Poll::Ready(None) => {
                        self.0.pop_front();
                    }
                    Poll::Ready(Some(Ok(frame))) if frame.is_trailers() => {}
                    frame => return frame,
                },
            }
        }
    }
}
