//! What a request is answered with when nothing is wrong with it.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use super::collection::{Outcome, overlay};
use super::contents::schema_of;
use super::data::{Place, Seed, fits};
use super::envelope::part_mut;
use super::given::Given;
use super::names::key_property;
use super::paging::{Excerpt, Window};
use super::{Mock, body};
use crate::openapi::plain::Plain;
use crate::openapi::{Case, MediaKind, Operation, Pagination, Status};
use crate::server::{RawBody, RawReply};

/// Headers that belong to the connection or the body, whatever a document says about them.
const OWN: [&str; 9] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "link",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "www-authenticate",
];

impl Mock {
    /// The reply to a request that became `outcome`.
    pub(super) fn answer(
        &self,
        index: usize,
        operation: &'static Operation,
        given: &Given,
        outcome: &Outcome,
        case: Option<&'static Case>,
    ) -> RawReply {
        let Some(case) = case else {
            let status = self.undescribed(index);
            return RawReply { status, headers: HeaderMap::new(), body: RawBody::Bytes(bytes::Bytes::new()) };
        };
        let mut headers = self.headers(index, case);
        let content = self.content(index, case).filter(|_| case.kind != MediaKind::Empty);
        let written = content.map(|content| {
            let value = self.value(index, operation, given, outcome, content);
            body::write(case, &value)
        });
        let body = written.map(|(media_type, bytes)| {
            headers.extend(media_type.map(|media_type| (CONTENT_TYPE, media_type)));
            bytes
        });
        RawReply { status: status_of(case), headers, body: RawBody::Bytes(body.unwrap_or_default()) }
    }

    /// The status of an operation whose answers have no bodies.
    fn undescribed(&self, index: usize) -> StatusCode {
        let responses = self.schemas.operation(index).get("responses").and_then(Value::as_object);
        let mut codes = responses.into_iter().flatten().filter_map(|(code, _)| code.parse().ok());
        codes.find(StatusCode::is_success).unwrap_or(StatusCode::NO_CONTENT)
    }

    /// What the body says.
    fn value(
        &self,
        index: usize,
        operation: &'static Operation,
        given: &Given,
        outcome: &Outcome,
        content: &Value,
    ) -> Value {
        let place = Place::new(Seed::new(operation.name));
        let mut value = self.sample(content, place).unwrap_or_default();
        let Some(schema) = schema_of(content) else { return value };
        match outcome {
            Outcome::Unkept => self.reflect(operation, given, schema, &mut value, place),
            Outcome::Item { item, .. } => self.show(index, schema, &mut value, item, place),
            Outcome::List(items) => {
                let window = Window::new(self.api, operation, given);
                if let Some((path, item_schema)) = self.list(index) {
                    let total = items.len();
                    let shown: Vec<_> = window.of(items.iter().collect());
                    let shown: Vec<_> =
                        shown.into_iter().filter_map(|item| self.listed(&item_schema, item, place)).collect();
                    let excerpt = Excerpt { window, total, shown: shown.len() };
                    excerpt.describe(&self.schemas, schema, &mut value);
                    if let Some(list) = part_mut(&mut value, &path) {
                        *list = Value::Array(shown);
                    }
                }
            }
            Outcome::Missing => {}
        }
        self.end(operation, schema, &mut value);
        value
    }

    /// An item as a list shows it.
    fn listed(&self, schema: &Value, item: &Value, place: Place) -> Option<Value> {
        self.adopt(schema, item, place).or_else(|| {
            // A list of keys.
            let key = item.as_object()?.values().find(|value| fits(&self.schemas, schema, value))?;
            Some(key.clone())
        })
    }

    /// Puts an item into its place in an answer.
    fn show(&self, index: usize, schema: &Value, value: &mut Value, item: &Value, place: Place) {
        let key = self.resources.of(index).and_then(|resource| self.kind(resource.shape)?.key.clone());
        let has_key =
            |properties: &serde_json::Map<_, _>| key.as_ref().filter(|key| properties.contains_key(*key)).cloned();
        let path = self.schemas.item_place(schema, &has_key);
        let Some(schema) = self.schemas.at(schema, &path) else { return };
        if let (Some(part), Some(item)) = (part_mut(value, &path), self.adopt(&schema, item, place)) {
            *part = item;
        }
    }

    /// Gives back what a request says, where the answer has properties for it.
    fn reflect(&self, operation: &'static Operation, given: &Given, schema: &Value, value: &mut Value, place: Place) {
        let mut reflected = value.clone();
        self.echo(None, operation, given, &mut reflected);
        let last = operation.path.rsplit('/').next().and_then(|last| last.strip_prefix('{')?.strip_suffix('}'));
        if let Some(index) = last.and_then(|last| last.parse::<usize>().ok())
            && let Some(text) = given.parameter(index)
            && let Some(parameter) = operation.parameters.get(index)
            && let Some(parameter) = self.api.parameters.get(usize::from(*parameter))
            && let Value::Object(properties) = &mut reflected
            && let Some(name) = key_property(parameter.name, properties)
        {
            let mut readings = super::names::readings(text);
            let number = readings.pop().filter(|_| properties[&name].is_number());
            properties.insert(name, number.unwrap_or_else(|| Value::from(text)));
        }
        if let (Some(body), "POST" | "PUT" | "PATCH", true) = (&given.body, operation.method, reflected.is_object()) {
            overlay(&mut reflected, body.clone());
        }
        if let Some(adopted) = self.adopt(schema, &reflected, place) {
            *value = adopted;
        }
    }

    /// Takes away what would lead a client to a further page that does not exist.
    fn end(&self, operation: &'static Operation, schema: &Value, value: &mut Value) {
        let Some(Pagination::Cursor { next, .. } | Pagination::NextUrl { next }) = operation.pagination else { return };
        let [around @ .., name] = next else { return };
        let around: Vec<String> = around.iter().map(|name| (*name).to_owned()).collect();
        for last in [None, Some(Value::Null), Some(Value::from(""))] {
            let mut ended = value.clone();
            let Some(Value::Object(properties)) = part_mut(&mut ended, &around) else { return };
            match last {
                Some(last) => drop(properties.insert((*name).to_owned(), last)),
                None => drop(properties.shift_remove(*name)),
            }
            if fits(&self.schemas, schema, &ended) {
                *value = ended;
                return;
            }
        }
    }

    /// The headers that the document gives an answer.
    pub(super) fn headers(&self, index: usize, case: &Case) -> HeaderMap {
        let described = self.response(index, case.status).and_then(|response| response.get("headers")?.as_object());
        let headers = described.into_iter().flatten().filter_map(|(name, header)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok().filter(|name| !OWN.contains(&name.as_str()))?;
            let value = self.sample(header, Place::new(Seed::new(name.as_str())))?;
            Some((name, HeaderValue::from_str(&simple(&value)?).ok()?))
        });
        headers.collect()
    }
}

/// A value in the style of headers (RFC 6570, section 3.2.2).
fn simple(value: &Value) -> Option<String> {
    let scalar = |value: &Value| Plain::new(crate::types::View::Any(value)).map(|plain| plain.flat().into_owned());
    Some(match value {
        Value::Array(items) => items.iter().filter_map(scalar).collect::<Vec<_>>().join(","),
        Value::Object(properties) => {
            let pairs = properties.iter().filter_map(|(name, value)| Some(format!("{name},{}", scalar(value)?)));
            pairs.collect::<Vec<_>>().join(",")
        }
        value => scalar(value)?,
    })
}

/// The status of a case: of several the first that is usual.
pub(super) fn status_of(case: &Case) -> StatusCode {
    let code = match case.status {
        Status::Code(code) => code,
        Status::Range(digit) => u16::from(digit) * 100,
        Status::Default => 200,
    };
    StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
}
