//! Decides where lines end.

use std::ops::Range;

use super::Printer;
use crate::layout::structure::is_callable;
use crate::layout::token::Kind;
use crate::layout::{End, INDENT, Layout, Previous, Token, WIDTH};

/// Literals of a list that are this short stand several to a line.
const SHORT: usize = 32;

impl Printer<'_, '_> {
    /// How wide the current line is so far.
    pub(super) fn column(&self) -> usize {
        self.text.len() - self.line
    }

    /// How wide tokens are on one line.
    pub(super) fn width(&self, range: Range<usize>) -> usize {
        self.widths[range.end].saturating_sub(self.widths[range.start])
    }

    /// Whether tokens may stand on one line.
    pub(super) fn is_flat(&self, range: Range<usize>) -> bool {
        self.breaks[range.end] == self.breaks[range.start]
    }

    /// Whether tokens end on the current line; `trail` is how much comes behind them there.
    pub(super) fn fits(&self, range: Range<usize>, trail: usize) -> bool {
        self.is_flat(range.clone()) && self.column() + self.width(range) + trail <= WIDTH
    }

    /// Whether an attribute fits, which begins with what demands a line of its own.
    pub(super) fn fits_alone(&self, range: Range<usize>) -> bool {
        self.column() + self.width(range) <= WIDTH
    }

    /// The tokens of a range that stand in no group of it.
    fn top(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let (facts, tokens) = (self.facts, self.tokens);
        let mut next = range.start;
        std::iter::from_fn(move || {
            let index = next;
            if index >= range.end {
                return None;
            }
            next = if tokens[index].kind == Kind::Open { facts[index].close.max(index) + 1 } else { index + 1 };
            Some(index)
        })
    }

    /// The series that an item belongs to, which have no empty lines in them.
    pub(super) fn series_of(&self, range: &Range<usize>) -> Previous {
        const SERIES: [&str; 6] = ["use", "const", "static", "type", "mod", "::"];
        let first = self.top(range.clone()).find(|index| !matches!(self.tokens[*index].text, "pub" | "("));
        let keyword = first.and_then(|first| SERIES.iter().find(|keyword| self.tokens[first].text == **keyword));
        keyword.map_or(Previous::Apart, |keyword| Previous::Line(keyword))
    }

    /// Whether a comma stands behind an element on a line of its own.
    pub(super) fn comma(&self, range: &Range<usize>, end: End, layout: Layout) -> bool {
        match (layout, end) {
            (Layout::Items | Layout::Block, _) => false,
            (Layout::Verbatim, end) => end == End::Comma,
            (_, End::Comma) => true,
            // What a struct takes the rest from is the last in any case; an arm with braces needs none.
            (_, End::Nothing) => {
                let ends_with_brace = self.tokens[range.end - 1].text == "}";
                let is_arm = ends_with_brace && self.top(range.clone()).any(|index| self.tokens[index].text == "=>");
                !matches!(self.tokens[range.start].text, "..") && !is_arm
            }
        }
    }

    /// Whether the elements of a group are followed by commas when they stand on lines of their own.
    pub(super) fn adds_commas(&self, open: usize, close: usize) -> bool {
        let layout = self.facts[open].layout;
        if layout != Layout::List || self.tokens[open].text == "{" {
            return layout != Layout::Verbatim;
        }
        let mut separators = self.top(open + 1..close).filter(|index| matches!(self.tokens[*index].text, "," | ";"));
        match separators.next() {
            Some(index) => self.tokens[index].text == ",",
            // What stands in parentheses alone would become a tuple.
            None => self.tokens[open].text != "(" || open > 0 && is_callable(self.tokens[open - 1]),
        }
    }

    /// Whether a group is a list of short literals or names, which stand several to a line.
    pub(super) fn is_series(&self, open: usize, close: usize) -> bool {
        let inside = &self.tokens[open + 1..close];
        let is_short = |token: &Token<'_>| token.kind == Kind::Operand && token.text.len() <= SHORT;
        let is_import = open > 0 && self.tokens[open].text == "{" && self.tokens[open - 1].text == "::";
        let is_list = (self.tokens[open].text == "[" || is_import)
            && inside.iter().all(|token| token.text == "," || is_short(token))
            && inside.iter().any(|token| token.text == ",");
        // Names for a macro.
        let are_names = || inside.iter().all(|token| token.kind == Kind::Operand);
        match self.facts[open].layout {
            Layout::Verbatim => is_list || are_names(),
            Layout::List => is_list,
            _ => false,
        }
    }

    /// Whether the last element of a list in parentheses takes the lines, and the parentheses stand around it.
    pub(super) fn hugs(&self, open: usize, close: usize) -> bool {
        let is_attribute = open > 0 && matches!(self.tokens[open - 1].text, "#" | "!") && self.tokens[open].text == "[";
        if self.tokens[open].text != "(" && !is_attribute {
            return false;
        }
        let comma = usize::from(self.tokens[close - 1].text == ",");
        let inside = open + 1..close - comma;
        if inside.is_empty() {
            return false;
        }
        let mut commas = 0;
        let mut last = None;
        for index in self.top(inside.clone()) {
            commas += usize::from(self.tokens[index].text == ",");
            if self.tokens[index].kind == Kind::Open && self.tokens[index].text != "<" {
                last = Some(index).filter(|index| self.facts[*index].close + 1 == inside.end);
            }
        }
        let Some(last) = last else { return false };
        let is_only = commas == 0 && self.is_flat(inside.start..last);
        // A closure or a block behind other arguments.
        let is_block =
            self.tokens[last].text == "{" && !self.is_flat(last..inside.end) && self.is_flat(inside.start..last);
        (is_only || is_block) && self.column() + self.width(inside.start..last + 1) <= WIDTH
    }

    /// How much comes behind a group on its line: all up to the next one that can be broken.
    pub(super) fn rest(&self, start: usize, end: usize, trail: usize) -> usize {
        let next = self.top(start..end).find(|index| {
            let token = self.tokens[*index];
            token.kind == Kind::Open && token.text != "<" && self.facts[*index].close > index + 1
        });
        match next {
            Some(next) => self.width(start..next + 1),
            None => self.width(start..end) + trail,
        }
    }

    /// Where the `for` and the braces of an `impl` are, when what stands before the braces is too long for a line.
    pub(super) fn long_impl(&self, range: Range<usize>) -> Option<(usize, usize)> {
        if self.tokens[range.start].text != "impl" {
            return None;
        }
        let braces = self.top(range.clone()).find(|index| self.tokens[*index].text == "{")?;
        let is_long = self.column() + self.width(range.start..braces + 1) > WIDTH;
        let subject = self.top(range.start..braces).find(|index| self.tokens[*index].text == "for")?;
        is_long.then_some((subject, braces))
    }

    /// Where an element is best broken: before this token the next line begins.
    pub(super) fn split(&self, range: Range<usize>, indent: usize, trail: usize) -> Option<usize> {
        let top = self.top(range.clone()).collect::<Vec<_>>();
        let text = |index: &usize| self.tokens[*index].text;
        let assignment = top.iter().position(|index| matches!(text(index), "=" | "=>"));
        let position = assignment.or_else(|| top.iter().position(|index| text(index) == ":"))?;
        let behind = *top.get(position + 1)?;
        let room = WIDTH.saturating_sub(indent + INDENT + trail);
        if !self.is_flat(behind..range.end) || self.width(behind..range.end) > room {
            return None;
        }
        // A list or a struct takes the lines better than what stands before it.
        let takes_lines = top[position + 1..].iter().any(|index| matches!(text(index), "[" | "{"));
        let is_function = top[..position].iter().any(|index| text(index) == "fn");
        (!takes_lines && !is_function).then_some(behind)
    }
}
