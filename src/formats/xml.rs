//! XML, as trees of objects.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::FormatError;
use super::limits::MAX_DEPTH;
use super::memory::Memory;

/// The member that has an element's text where it has attributes or children, too.
const TEXT: &str = "";

/// How far into a document its declaration can reach.
const DECLARATION: usize = 256;

/// What the root element holds. Elements with nothing but text are strings, others objects of their attributes and
/// children, by names without prefix; what has a name several times becomes an array.
///
/// Entities that the document itself declares are an error, and so they expand to nothing.
pub(super) fn read(text: &str) -> Result<Value, FormatError> {
    let mut reader = Reader::from_str(text);
    let mut builder = Builder { open: Vec::new(), root: None, memory: Memory::default() };
    loop {
        let before = reader.buffer_position();
        let fault = |place: u64, message: String| Err(malformed(text, place, message));
        match reader.read_event() {
            Err(error) => return fault(reader.error_position(), error.to_string()),
            Ok(Event::Eof) => break,
            Ok(event) => match builder.event(event) {
                Ok(()) => {}
                Err(Fault::Limit(error)) => return Err(error),
                Err(Fault::Here(message)) => return fault(before, message),
            },
        }
    }
    let end = reader.buffer_position();
    match builder.open.last() {
        Some(element) => Err(malformed(text, end, format!("`{}` has no end", element.name))),
        None => builder.root.ok_or_else(|| malformed(text, end, "there is no element".to_owned())),
    }
}

/// The encoding that a declaration names.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = &bytes[..bytes.len().min(DECLARATION)];
    let declaration = start.strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let (_, value) = std::str::from_utf8(&declaration[..end]).ok()?.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

fn malformed(text: &str, place: u64, message: String) -> FormatError {
    let place = usize::try_from(place).unwrap_or(text.len()).min(text.len());
    let line = text.as_bytes()[..place].split(|byte| *byte == b'\n').count();
    FormatError::Malformed { format: "XML", line: u64::try_from(line).ok(), message }
}

enum Fault {
    /// The document is wrong at this place.
    Here(String),
    Limit(FormatError),
}

impl From<FormatError> for Fault {
    fn from(error: FormatError) -> Self {
        Self::Limit(error)
    }
}

/// An element that is being read.
struct Element {
    name: String,
    members: Map<String, Value>,
    text: String,
}

struct Builder {
    open: Vec<Element>,
    root: Option<Value>,
    memory: Memory,
}

impl Builder {
    fn event(&mut self, event: Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => {
                self.start(&start)?;
                self.end();
                Ok(())
            }
            Event::End(_) => {
                self.end();
                Ok(())
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = resolve(&reference)?;
                self.text(&text)
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        if self.open.len() == MAX_DEPTH {
            return Err(FormatError::TooDeep { limit: MAX_DEPTH }.into());
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(Fault::Here("there is a second element at the top".to_owned()));
        }
        let name = start.local_name().into_inner().to_owned();
        self.memory.take(name.len())?;
        let mut members = Map::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| Fault::Here(error.to_string()))?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value =
                attribute.normalized_value(XmlVersion::default()).map_err(|error| Fault::Here(error.to_string()))?;
            let name = attribute.key.local_name().into_inner();
            self.memory.take(name.len() + value.len())?;
            add(&mut members, name.to_owned(), Value::String(value.into_owned()));
        }
        self.open.push(Element { name, members, text: String::new() });
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(element) => element.text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err(Fault::Here("there is text beside the element at the top".to_owned())),
        }
        Ok(())
    }

    fn end(&mut self) {
        let Some(Element { name, mut members, text }) = self.open.pop() else { return };
        let value = if members.is_empty() {
            Value::String(text)
        } else {
            // Blanks between children are layout.
            if !text.trim().is_empty() {
                add(&mut members, TEXT.to_owned(), Value::String(text));
            }
            Value::Object(members)
        };
        match self.open.last_mut() {
            Some(parent) => add(&mut parent.members, name, value),
            None => self.root = Some(value),
        }
    }
}

/// Adds a member; what has the name already becomes an array, to which it is added.
fn add(members: &mut Map<String, Value>, name: String, value: Value) {
    match members.get_mut(&name) {
        // Elements are strings or objects: an array is always one of ours.
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            members.insert(name, value);
        }
    }
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, Fault> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Ok(character.to_string()),
        Ok(None) => quick_xml::escape::resolve_xml_entity(reference)
            .map(str::to_owned)
            .ok_or_else(|| Fault::Here(format!("the entity `{}` is not known", &**reference))),
        Err(error) => Err(Fault::Here(error.to_string())),
    }
}
