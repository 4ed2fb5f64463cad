//! Numbers and lengths, as Avro writes them.

use crate::formats::FormatError;

/// Bytes that are still to be read.
pub(super) struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A whole number: the least significant bits come first, and the sign is the lowest bit.
    pub(super) fn long(&mut self) -> Result<i64, FormatError> {
        let mut value: u64 = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array::<1>()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed());
            }
        }
        Err(broken("a number of it has more than 64 bits"))
    }

    /// So many bytes, by a number before them.
    pub(super) fn with_length(&mut self) -> Result<&'b [u8], FormatError> {
        let length = self.long()?;
        self.take(usize::try_from(length).map_err(|_| broken("a length of it is negative"))?)
    }

    pub(super) fn text(&mut self) -> Result<&'b str, FormatError> {
        std::str::from_utf8(self.with_length()?).map_err(|_| broken("a text of it is not UTF-8"))
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'b [u8], FormatError> {
        let (found, rest) = self.0.split_at_checked(length).ok_or_else(ends)?;
        self.0 = rest;
        Ok(found)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let (found, rest) = self.0.split_first_chunk().ok_or_else(ends)?;
        self.0 = rest;
        Ok(*found)
    }

    /// How many elements the next block of a list or map has; 0 ends it.
    pub(super) fn block(&mut self) -> Result<u64, FormatError> {
        let count = self.long()?;
        if count < 0 {
            // The length in bytes, for those who pass over it.
            self.long()?;
        }
        Ok(count.unsigned_abs())
    }
}

fn ends() -> FormatError {
    broken("it ends in the middle of a value")
}

pub(super) fn broken(message: &str) -> FormatError {
    FormatError::Malformed { format: "Avro of its schema", line: None, message: message.to_owned() }
}
