//! Avro (specification 1.12): a datum by the schema of the capability file, or an object container file by its own.
//!
//! Values are those of Avro's JSON encoding, but for unions, whose values stand without the name of their type.

mod bytes;
mod container;
mod datum;
mod schema;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::bytes::{Bytes, broken};
use self::datum::Reader;
use self::schema::Schema;
use super::FormatError;
use super::memory::Memory;

/// What a container file begins with.
const MAGIC: &[u8] = b"Obj\x01";

/// A datum of the schema, or the list of those in a container file.
pub(super) fn read(bytes: &[u8], schema: &str) -> Result<Value, FormatError> {
    if let Some(rest) = bytes.strip_prefix(MAGIC) {
        return container::read(rest);
    }
    let schema = Schema::parse(schema)?;
    let mut memory = Memory::default();
    let mut bytes = Bytes::new(bytes);
    let datum = Reader { schema: &schema, memory: &mut memory }.datum(&mut bytes)?;
    if bytes.is_empty() { Ok(datum) } else { Err(broken("there is something behind its end")) }
}
