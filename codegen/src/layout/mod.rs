//! Generated code laid out as a person would write it.
//!
//! `syn` and `prettyplease` take longer for a large document than everything else together. What emission writes is
//! plain: paths, calls, literals, blocks. It is laid out token by token, without a syntax tree. The layout changes no
//! token but commas at the end of lists, and writes documentation as comments.

use proc_macro2::TokenStream;

use self::elements::{Elements, End};
use self::print::Printer;
use self::structure::{Facts, Layout};
use self::token::Token;

mod comment;
mod elements;
mod print;
mod structure;
#[cfg(test)]
mod tests;
mod token;

/// The longest line where there is a choice.
const WIDTH: usize = 120;
/// The blanks by which what is inside stands further to the right.
const INDENT: usize = 4;

/// Text that grows item by item.
#[derive(Debug, Default)]
pub(crate) struct Layouter {
    text: String,
    depth: usize,
    /// What stands before the next item at this depth.
    previous: Previous,
}

/// What an item comes after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Previous {
    /// The beginning of the file or of a group.
    #[default]
    Nothing,
    /// An item of one line, with the keyword of a series: imports, constants.
    Line(&'static str),
    /// Another item.
    Apart,
}

impl Layouter {
    /// Goes on behind `text`, which ends with a line.
    pub(crate) fn behind(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// For what stands inside of `depth` groups that are opened elsewhere.
    pub(crate) fn inside(depth: usize) -> Self {
        Self { depth, ..Self::default() }
    }

    /// Adds items that were laid out elsewhere.
    pub(crate) fn append(&mut self, items: &str) {
        if items.is_empty() {
            return;
        }
        if self.previous != Previous::Nothing {
            self.text.push('\n');
        }
        self.text.push_str(items);
        self.previous = Previous::Apart;
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Lays out items.
    pub(crate) fn items(&mut self, items: &TokenStream) {
        let text = items.to_string();
        let mut tokens = token::lex(&text);
        let facts = structure::analyze(&mut tokens);
        let mut printer = Printer::new(&tokens, &facts, std::mem::take(&mut self.text));
        self.previous = printer.elements(0..tokens.len(), Layout::Items, self.depth * INDENT, self.previous);
        self.text = printer.finish();
    }

    /// Begins a group; `head` is what stands before its braces.
    pub(crate) fn open(&mut self, head: &TokenStream) {
        if self.previous != Previous::Nothing {
            self.previous = Previous::Apart;
        }
        self.items(head);
        // What was written ends with a line break.
        self.text.pop();
        self.text.push_str(" {\n");
        self.depth += 1;
        self.previous = Previous::Nothing;
    }

    /// Ends a group.
    pub(crate) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.previous == Previous::Nothing && self.text.ends_with("{\n") {
            self.text.pop();
        } else {
            self.text.extend(std::iter::repeat_n(' ', self.depth * INDENT));
        }
        self.text.push_str("}\n");
        self.previous = Previous::Apart;
    }
}
