//! Where the elements of a group begin and end.

use std::ops::Range;

use super::structure::{Facts, Layout};
use super::token::{Kind, Token};

/// What stands behind an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing.
    Nothing,
    /// A comma, which is not part of the element.
    Comma,
}

/// The elements of a range of tokens, one after another.
pub(super) struct Elements<'w, 't> {
    pub(super) tokens: &'w [Token<'t>],
    pub(super) facts: &'w [Facts],
    pub(super) range: Range<usize>,
    pub(super) layout: Layout,
}

impl Iterator for Elements<'_, '_> {
    type Item = (Range<usize>, End);

    fn next(&mut self) -> Option<Self::Item> {
        let Range { start, end } = self.range;
        if start >= end {
            return None;
        }
        let is_list = !matches!(self.layout, Layout::Block | Layout::Items);
        let mut index = start;
        while index < end {
            let Token { text, kind } = self.tokens[index];
            if kind == Kind::Open {
                let is_brace = text == "{";
                let is_arm = is_list && index > start && self.tokens[index - 1].text == "=>";
                index = self.facts[index].close.max(index) + 1;
                if is_brace && (is_arm || !is_list) && self.ends_behind_brace(index) {
                    self.range.start = index;
                    return Some((start..index, End::Nothing));
                }
                continue;
            }
            if is_list && text == "," {
                self.range.start = index + 1;
                return Some((start..index, End::Comma));
            }
            index += 1;
            if !is_list && text == ";" {
                self.range.start = index;
                return Some((start..index, End::Nothing));
            }
        }
        self.range.start = end;
        Some((start..end, End::Nothing))
    }
}

impl Elements<'_, '_> {
    /// Whether nothing goes on behind a brace that was closed: the index is that of the next token.
    fn ends_behind_brace(&self, index: usize) -> bool {
        let next = if index < self.range.end { self.tokens[index].text } else { return true };
        !matches!(next, "else" | "." | "?" | ";" | "," | "as" | "==" | "!=" | "&&" | "||" | "+" | "=" | "=>" | "|")
    }
}
