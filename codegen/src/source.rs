//! A source file's text and places in it.

/// The longest text that the compiler reads, in bytes.
pub const MAX_LENGTH: usize = 64 * 1024 * 1024;

/// A file's name and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path, as diagnostics show it.
    pub name: String,
    /// The text. Texts longer than [`MAX_LENGTH`] are refused with a diagnostic.
    pub text: String,
}

impl Source {
    /// A source from its name and text.
    ///
    /// ```
    /// use capsmith_codegen::source::Source;
    ///
    /// let source = Source::new("weather.yaml", "naftiko: 1.0.0-alpha2\n");
    /// assert_eq!(source.name, "weather.yaml");
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The line and column of a byte offset.
    ///
    /// An offset inside a character counts as the character's start, one behind the end as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.boundary(offset as usize);
        let line = self.text[..offset].matches('\n').count();
        let column = self.text[self.line_start(offset)..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// The offset at which the line around `offset` begins; a byte order mark is no part of a line.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        let offset = self.boundary(offset);
        let start = self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        start.max(self.byte_order_mark()).min(offset)
    }

    /// The offset at which the line around `offset` ends, before its line break.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        let offset = self.boundary(offset);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |newline| offset + newline);
        if end > offset && self.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
    }

    /// The length of the byte order mark that the text begins with, in bytes.
    pub(crate) fn byte_order_mark(&self) -> usize {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// The nearest character boundary at or before `offset`.
    pub(crate) fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// A range of bytes in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span as a range of `usize`.
    #[must_use]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a text for people: line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> (usize, usize) {
        let position = Source::new("file", text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters() {
        let text = "é: ü\nname: x\n";
        assert_eq!(at(text, 0), (1, 1));
        assert_eq!(at(text, 2), (1, 2));
        assert_eq!(at(text, 7), (2, 1));
        assert_eq!(at(text, 13), (2, 7));
    }

    #[test]
    fn offsets_outside_and_inside_characters_are_harmless() {
        assert_eq!(at("é", 1), (1, 1));
        assert_eq!(at("a\nb", 99), (2, 2));
        assert_eq!(at("", 5), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(at("\u{feff}a: b", 3), (1, 1));
        assert_eq!(at("\u{feff}a: b", 6), (1, 4));
        assert_eq!(at("\u{feff}a: b", 0), (1, 1));
    }

    #[test]
    fn lines_end_before_their_break() {
        let source = Source::new("file", "ab\r\ncd\n");
        assert_eq!(source.line_end(0), 2);
        assert_eq!(source.line_start(5), 4);
        assert_eq!(source.line_end(4), 6);
    }
}
