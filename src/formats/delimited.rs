//! Comma-, tab- and pipe-separated values (RFC 4180).

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use serde_json::Value;

use super::FormatError;
use super::memory::Memory;
use super::rows::Columns;

/// Rows as objects with the header's names, all values strings.
///
/// A row may lack its last columns, which are then absent. One that has more cells than the header is an error.
pub(super) fn read(text: &str, delimiter: u8, format: &'static str) -> Result<Value, FormatError> {
    let mut memory = Memory::default();
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut next = |record: &mut StringRecord| {
        let found = reader.read_record(record).map_err(|error| malformed(format, &error))?;
        Ok::<_, FormatError>(found)
    };
    if !next(&mut record)? {
        return Ok(Value::Array(Vec::new()));
    }
    let columns = Columns::new(record.iter().map(|name| name.trim().to_owned()));
    let mut rows = Vec::new();
    while next(&mut record)? {
        if record.len() > columns.count() {
            let message = format!("a row of {} cells, where the header has {}", record.len(), columns.count());
            let line = record.position().map(csv::Position::line);
            return Err(FormatError::Malformed { format, line, message });
        }
        rows.push(columns.row(record.iter().map(str::to_owned), &mut memory)?);
    }
    Ok(Value::Array(rows))
}

fn malformed(format: &'static str, error: &csv::Error) -> FormatError {
    let line = error.position().map(csv::Position::line);
    let message = match error.kind() {
        ErrorKind::Utf8 { .. } => "a cell that is no text".to_owned(),
        _ => error.to_string(),
    };
    FormatError::Malformed { format, line, message }
}
