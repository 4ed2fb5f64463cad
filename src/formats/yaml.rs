//! YAML 1.2: answers by the core schema, and files of settings by the failsafe one.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
#[cfg(feature = "format-yaml")]
use serde_json::Number;
use serde_json::{Map, Value};

use super::FormatError;
use super::limits::MAX_DEPTH;
use super::memory::Memory;

/// What plain scalars are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalars {
    /// Numbers, truth values and null by the core schema (section 10.3.2).
    #[cfg(feature = "format-yaml")]
    Core,
    /// Texts as they are written, and null.
    #[cfg(feature = "yaml")]
    Texts,
}

/// Why a text is no YAML.
#[derive(Debug)]
#[cfg_attr(
    not(all(feature = "format-yaml", feature = "yaml")),
    allow(dead_code, reason = "answers and files of settings tell different parts of it")
)]
pub(crate) enum Fault {
    /// It breaks the rules of the syntax. The message can quote the text.
    Syntax { line: usize, column: usize, message: String },
    /// It is YAML that has no JSON.
    NoJson { line: usize, message: String },
    /// It passes a limit.
    Limit(FormatError),
}

impl From<FormatError> for Fault {
    fn from(limit: FormatError) -> Self {
        Self::Limit(limit)
    }
}

#[cfg(feature = "format-yaml")]
impl From<Fault> for FormatError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Syntax { line, column: _, message } | Fault::NoJson { line, message } => {
                Self::Malformed { format: "YAML", line: u64::try_from(line).ok(), message }
            }
            Fault::Limit(limit) => limit,
        }
    }
}

/// The document; several documents are an array of them, and none is `null`.
pub(crate) fn read(text: &str, scalars: Scalars) -> Result<Value, Fault> {
    let mut builder = Builder { scalars, documents: Vec::new(), frames: Vec::new(), anchors: HashMap::new() };
    let mut memory = Memory::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let marker = error.marker();
            Fault::Syntax { line: marker.line(), column: marker.col() + 1, message: error.info().to_owned() }
        })?;
        builder.event(event, span.start.line(), &mut memory)?;
    }
    Ok(match builder.documents.len() {
        0 => Value::Null,
        1 => builder.documents.remove(0),
        _ => Value::Array(builder.documents),
    })
}

fn malformed(line: usize, message: &str) -> Fault {
    Fault::NoJson { line, message: message.to_owned() }
}

/// A list or a mapping that is being read.
enum Frame {
    List(Vec<Value>),
    Mapping {
        members: Map<String, Value>,
        /// The key whose value comes next.
        key: Option<String>,
    },
}

struct Builder {
    scalars: Scalars,
    documents: Vec<Value>,
    /// The lists and mappings around the place, each with its anchor.
    frames: Vec<(Frame, usize)>,
    anchors: HashMap<usize, Value>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, line: usize, memory: &mut Memory) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) => self.anchors.clear(),
            Event::SequenceStart(anchor, _) => self.open(Frame::List(Vec::new()), anchor, memory)?,
            Event::MappingStart(anchor, _) => {
                self.open(Frame::Mapping { members: Map::new(), key: None }, anchor, memory)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((frame, anchor)) = self.frames.pop() {
                    let value = match frame {
                        Frame::List(elements) => Value::Array(elements),
                        Frame::Mapping { members, .. } => Value::Object(members),
                    };
                    self.value(value, anchor, line, memory)?;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                memory.take(text.len())?;
                let is_text = tag.is_some_and(|tag| tag.suffix == "str");
                let is_plain = style == ScalarStyle::Plain && !is_text;
                if let Some((Frame::Mapping { key: key @ None, .. }, _)) = self.frames.last_mut() {
                    if anchor > 0 {
                        self.anchors.insert(anchor, Value::String(text.to_string()));
                    }
                    *key = Some(text.into_owned());
                } else {
                    let value = if is_plain { self.scalars.plain(&text) } else { Value::String(text.into_owned()) };
                    self.value(value, anchor, line, memory)?;
                }
            }
            Event::Alias(anchor) => self.alias(anchor, line, memory)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, frame: Frame, anchor: usize, memory: &mut Memory) -> Result<(), Fault> {
        if self.frames.len() == MAX_DEPTH {
            return Err(FormatError::TooDeep { limit: MAX_DEPTH }.into());
        }
        memory.take(0)?;
        self.frames.push((frame, anchor));
        Ok(())
    }

    /// What an alias stands for, which costs as much as if it stood there.
    fn alias(&mut self, anchor: usize, line: usize, memory: &mut Memory) -> Result<(), Fault> {
        let Some(value) = self.anchors.get(&anchor) else {
            return Err(malformed(line, "an alias within what it stands for"));
        };
        let depth = weigh(value, memory)?;
        if self.frames.len() + depth > MAX_DEPTH {
            return Err(FormatError::TooDeep { limit: MAX_DEPTH }.into());
        }
        let value = value.clone();
        if let Some((Frame::Mapping { key: key @ None, .. }, _)) = self.frames.last_mut() {
            let Value::String(text) = value else { return Err(malformed(line, NO_KEY)) };
            *key = Some(text);
            return Ok(());
        }
        self.value(value, 0, line, memory)
    }

    /// Puts a finished value into its place.
    fn value(&mut self, value: Value, anchor: usize, line: usize, memory: &mut Memory) -> Result<(), Fault> {
        if anchor > 0 {
            weigh(&value, memory)?;
            self.anchors.insert(anchor, value.clone());
        }
        match self.frames.last_mut() {
            None => self.documents.push(value),
            Some((Frame::List(elements), _)) => elements.push(value),
            Some((Frame::Mapping { members, key }, _)) => {
                let Some(key) = key.take() else { return Err(malformed(line, NO_KEY)) };
                if members.contains_key(&key) {
                    return Err(malformed(line, &format!("the key `{}` twice in a mapping", short(&key))));
                }
                members.insert(key, value);
            }
        }
        Ok(())
    }
}

const NO_KEY: &str = "a key that is a list or a mapping";

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Takes the memory of a copy. The levels of lists and mappings in it, which are no more than the limit.
fn weigh(value: &Value, memory: &mut Memory) -> Result<usize, FormatError> {
    let mut waiting = vec![(value, 1)];
    let mut deepest = 0;
    while let Some((value, depth)) = waiting.pop() {
        match value {
            Value::Array(elements) => {
                deepest = deepest.max(depth);
                waiting.extend(elements.iter().map(|element| (element, depth + 1)));
            }
            Value::Object(members) => {
                deepest = deepest.max(depth);
                for (name, member) in members {
                    memory.take(name.len())?;
                    waiting.push((member, depth + 1));
                }
            }
            Value::String(text) => memory.take(text.len())?,
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        memory.take(0)?;
    }
    Ok(deepest)
}

impl Scalars {
    /// What a plain scalar is. What JSON has no number for remains a text.
    fn plain(self, text: &str) -> Value {
        if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Value::Null;
        }
        match self {
            #[cfg(feature = "format-yaml")]
            Self::Core => match text {
                "true" | "True" | "TRUE" => Value::Bool(true),
                "false" | "False" | "FALSE" => Value::Bool(false),
                _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
            },
            #[cfg(feature = "yaml")]
            Self::Texts => Value::String(text.to_owned()),
        }
    }
}

#[cfg(feature = "format-yaml")]
fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+')).map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().filter(|_| !digits.starts_with('+')).map(Number::from);
    }
    // `parse` knows more spellings than YAML, all of which have letters.
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    let whole = || text.parse().ok().map(i64::into).or_else(|| text.parse().ok().map(u64::into));
    if text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-')) {
        return whole();
    }
    Number::from_f64(text.parse().ok()?)
}
