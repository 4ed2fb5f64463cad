//! The parser counts characters; spans count bytes.

/// Converts character indices of a text to byte offsets.
#[derive(Debug)]
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The byte offset of every [`STEP`]th character; empty when the text is ASCII, where both counts agree.
    steps: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    /// A table for `text`, which must be shorter than 4 GiB.
    pub(super) fn new(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(offset, _)| truncate(offset)).collect()
        };
        Self { text, steps }
    }

    /// The byte offset of a character; the text's end for indices behind it.
    pub(super) fn byte(&self, character: usize) -> u32 {
        if self.steps.is_empty() {
            return truncate(character.min(self.text.len()));
        }
        let Some(&step) = self.steps.get(character / STEP) else {
            return truncate(self.text.len());
        };
        let rest = &self.text[step as usize..];
        let within = rest.char_indices().nth(character % STEP).map_or(rest.len(), |(offset, _)| offset);
        step + truncate(within)
    }
}

/// An offset as a `u32`: texts longer than `source::MAX_LENGTH` never come here.
pub(super) fn truncate(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        for text in ["", "plain", &"aé😀\n".repeat(100), "é"] {
            let offsets = Offsets::new(text);
            for (index, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.byte(index) as usize, byte);
            }
            let count = text.chars().count();
            assert_eq!(offsets.byte(count) as usize, text.len());
            assert_eq!(offsets.byte(count + 1000) as usize, text.len());
        }
    }
}
