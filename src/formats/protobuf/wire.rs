//! The fields of a message, as they are sent.

use crate::formats::FormatError;
use crate::formats::limits::MAX_DEPTH;

/// The value of a field, as far as the message itself says what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire<'b> {
    Varint(u64),
    Fixed64(u64),
    Length(&'b [u8]),
    Group(&'b [u8]),
    Fixed32(u32),
}

/// The bytes of a message that are still to be read.
pub(super) struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next field, with its number.
    pub(super) fn field(&mut self) -> Result<(u32, Wire<'b>), FormatError> {
        let (number, kind) = self.key()?;
        let wire = match kind {
            0 => Wire::Varint(self.varint()?),
            1 => Wire::Fixed64(self.fixed64()?),
            2 => Wire::Length(self.length()?),
            3 => Wire::Group(self.group(number)?),
            5 => Wire::Fixed32(self.fixed32()?),
            _ => return Err(broken("it has a field of no kind that exists")),
        };
        Ok((number, wire))
    }

    fn key(&mut self) -> Result<(u32, u64), FormatError> {
        let key = self.varint()?;
        let number = u32::try_from(key >> 3).ok().filter(|number| *number > 0);
        Ok((number.ok_or_else(|| broken("it has a field without a number"))?, key & 7))
    }

    pub(super) fn varint(&mut self) -> Result<u64, FormatError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.take::<1>()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(broken("it has a number of more than 64 bits"))
    }

    pub(super) fn fixed32(&mut self) -> Result<u32, FormatError> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn fixed64(&mut self) -> Result<u64, FormatError> {
        self.take().map(u64::from_le_bytes)
    }

    fn length(&mut self) -> Result<&'b [u8], FormatError> {
        let length = self.varint()?;
        let split = usize::try_from(length).ok().and_then(|length| self.0.split_at_checked(length));
        let (found, rest) = split.ok_or_else(ends)?;
        self.0 = rest;
        Ok(found)
    }

    /// The fields of a group, up to the mark that ends it.
    fn group(&mut self, number: u32) -> Result<&'b [u8], FormatError> {
        let all = self.0;
        let mut open = vec![number];
        loop {
            let before = self.0.len();
            let (number, kind) = self.key()?;
            match kind {
                3 => {
                    open.push(number);
                    if open.len() > MAX_DEPTH {
                        return Err(FormatError::TooDeep { limit: MAX_DEPTH });
                    }
                }
                4 if open.pop() != Some(number) => return Err(broken("a group of it ends in the middle of another")),
                4 if open.is_empty() => return Ok(&all[..all.len() - before]),
                4 => {}
                0 => drop(self.varint()?),
                1 => drop(self.fixed64()?),
                2 => drop(self.length()?),
                5 => drop(self.fixed32()?),
                _ => return Err(broken("it has a field of no kind that exists")),
            }
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let (found, rest) = self.0.split_first_chunk().ok_or_else(ends)?;
        self.0 = rest;
        Ok(*found)
    }
}

fn ends() -> FormatError {
    broken("it ends in the middle of a field")
}

pub(super) fn broken(message: &str) -> FormatError {
    FormatError::Malformed { format: "a message of its schema", line: None, message: message.to_owned() }
}
