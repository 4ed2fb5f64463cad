//! Files of values in YAML.

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Value};

/// The entries of a YAML mapping, in order. Values keep the digits that they are written with.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| {
            let marker = error.marker();
            format!("it is not YAML (line {}, column {})", marker.line(), marker.col() + 1)
        })?;
        reader.take(event)?;
    }
    Ok(reader.entries)
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// The mapping is at depth 1.
    depth: usize,
    /// The key whose value comes next.
    key: Option<String>,
    documents: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err("it holds more than one YAML document".to_owned());
                }
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_mapping = matches!(event, Event::MappingStart(..));
                match (self.depth, self.key.take()) {
                    (0, _) if !is_mapping => return Err(NO_MAPPING.to_owned()),
                    (1, Some(key)) => self.entries.push(Entry { key, value: Value::Nested }),
                    (1, None) => return Err("a key of it is no text".to_owned()),
                    _ => {}
                }
                self.depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => self.depth = self.depth.saturating_sub(1),
            Event::Scalar(text, style, ..) => match (self.depth, self.key.take()) {
                (0, _) if is_null(&text, style) => {}
                (0, _) => return Err(NO_MAPPING.to_owned()),
                (1, None) => self.key = Some(text.into_owned()),
                (1, Some(key)) => {
                    let value = if is_null(&text, style) { Value::Null } else { Value::Text(text.as_ref().into()) };
                    self.entries.push(Entry { key, value });
                }
                _ => {}
            },
            Event::Alias(_) if self.depth == 1 => return Err("it has an alias for a key or a value".to_owned()),
            _ => {}
        }
        Ok(())
    }
}

const NO_MAPPING: &str = "it is no mapping";

fn is_null(text: &str, style: ScalarStyle) -> bool {
    style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
