//! Object container files: a schema, and blocks of data that may be compressed.

use serde_json::Value;

use super::bytes::{Bytes, broken};
use super::datum::Reader;
use super::schema::Schema;
use crate::formats::FormatError;
use crate::formats::limits::MAX_MEMORY;
use crate::formats::memory::Memory;

/// How the blocks of a file are compressed.
#[derive(Clone, Copy)]
enum Codec {
    Null,
    Deflate,
}

/// The data of a file, from behind its first four bytes on.
pub(super) fn read(bytes: &[u8]) -> Result<Value, FormatError> {
    let mut bytes = Bytes::new(bytes);
    let (schema, codec) = header(&mut bytes)?;
    let mark: [u8; 16] = bytes.array()?;
    let mut memory = Memory::default();
    let mut data = Vec::new();
    // All blocks together, as they are when they are no longer compressed.
    let mut room = MAX_MEMORY;
    while !bytes.is_empty() {
        let count = bytes.long()?;
        let block = bytes.with_length()?;
        let inflated;
        let block = match codec {
            Codec::Null => block,
            Codec::Deflate => {
                inflated = inflate(block, room)?;
                room = room.saturating_sub(inflated.len());
                &inflated
            }
        };
        let mut block = Bytes::new(block);
        for _ in 0..u64::try_from(count).map_err(|_| broken("a block of it has less than nothing"))? {
            data.push(Reader { schema: &schema, memory: &mut memory }.datum(&mut block)?);
        }
        if !block.is_empty() {
            return Err(broken("there is something behind the data of a block"));
        }
        if bytes.array()? != mark {
            return Err(broken("a block of it does not end with the mark of the file"));
        }
    }
    Ok(Value::Array(data))
}

/// What the file says of itself.
fn header(bytes: &mut Bytes<'_>) -> Result<(Schema, Codec), FormatError> {
    let (mut schema, mut codec) = (None, Codec::Null);
    loop {
        let count = bytes.block()?;
        if count == 0 {
            let schema = schema.ok_or_else(|| broken("it is a file without a schema"))?;
            return Ok((schema, codec));
        }
        for _ in 0..count {
            match bytes.text()? {
                "avro.schema" => schema = Some(Schema::parse(bytes.text()?)?),
                "avro.codec" => {
                    codec = match bytes.text()? {
                        "null" => Codec::Null,
                        "deflate" => Codec::Deflate,
                        other => {
                            let other: String = other.chars().take(40).collect();
                            return Err(broken(&format!("it is compressed by `{other}`, which is not read")));
                        }
                    };
                }
                _ => drop(bytes.with_length()?),
            }
        }
    }
}

/// The content of a compressed block, if it is no longer than `room`.
pub(super) fn inflate(block: &[u8], room: usize) -> Result<Vec<u8>, FormatError> {
    use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
    decompress_to_vec_with_limit(block, room).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => FormatError::TooLarge { limit: MAX_MEMORY },
        _ => broken("a block of it cannot be decompressed"),
    })
}
