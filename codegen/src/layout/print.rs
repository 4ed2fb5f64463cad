//! Writes tokens.

use std::ops::Range;

use super::comment::unescape;
use super::token::Kind;
use super::{Elements, Facts, INDENT, Layout, Previous, Token, WIDTH};

mod lines;

/// Writes the tokens of an item.
pub(super) struct Printer<'w, 't> {
    tokens: &'w [Token<'t>],
    facts: &'w [Facts],
    /// How wide everything before a token is on one line.
    widths: Vec<usize>,
    /// How many tokens before a token demand lines of their own.
    breaks: Vec<usize>,
    text: String,
    /// Where the current line begins.
    line: usize,
}

impl<'w, 't> Printer<'w, 't> {
    /// Writes behind `text`, which ends with a line.
    pub(super) fn new(tokens: &'w [Token<'t>], facts: &'w [Facts], text: String) -> Self {
        let (mut widths, mut breaks) = (vec![0], vec![0]);
        let (mut width, mut count) = (0, 0);
        for (token, fact) in tokens.iter().zip(facts) {
            if !fact.is_last_comma {
                // Characters are not counted: what is not ASCII is rare, and is no reason for a long line.
                width += token.text.len() + usize::from(fact.blank);
            }
            let is_group = token.kind == Kind::Open && fact.layout.is_broken();
            count += usize::from(is_group || token.text == "#");
            widths.push(width);
            breaks.push(count);
        }
        let line = text.len();
        Self { tokens, facts, widths, breaks, text, line }
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Writes each element on lines of its own, and tells what the last one is.
    pub(super) fn elements(
        &mut self,
        range: Range<usize>,
        layout: Layout,
        indent: usize,
        previous: Previous,
    ) -> Previous {
        let mut previous = previous;
        let elements = Elements { tokens: self.tokens, facts: self.facts, range, layout };
        for (range, end) in elements {
            let series = self.series_of(&range);
            let before = self.text.len();
            self.indent(indent);
            let comma = self.comma(&range, end, layout);
            self.element(range, indent, usize::from(comma));
            if comma {
                self.text.push(',');
            }
            self.end_line();
            let is_long = self.text[before..].trim_end().contains('\n');
            let this = if is_long { Previous::Apart } else { series };
            let is_apart = this == Previous::Apart || this != previous;
            if layout == Layout::Items && previous != Previous::Nothing && is_apart {
                self.text.insert(before, '\n');
                self.line += 1;
            }
            previous = this;
        }
        previous
    }

    /// Writes an element that begins at the end of the current line. `trail` is how much comes behind it.
    fn element(&mut self, range: Range<usize>, indent: usize, trail: usize) {
        let Range { mut start, end } = range;
        while start < end && self.tokens[start].text == "#" {
            start = self.attribute(start, end, indent);
            if start < end {
                self.end_line();
                self.indent(indent);
            }
        }
        if start == end {
            return;
        }
        let range = start..end;
        if self.fits(range.clone(), trail) {
            self.flat(range, true);
        } else if let Some((subject, braces)) = self.long_impl(range.clone()) {
            self.walk(start..subject, indent, 0);
            self.end_line();
            self.indent(indent + INDENT);
            self.walk(subject..braces, indent + INDENT, 0);
            self.end_line();
            self.indent(indent);
            self.walk(braces..end, indent, trail);
        } else if let Some(split) = self.split(range.clone(), indent, trail) {
            self.walk(start..split, indent, 0);
            self.end_line();
            self.indent(indent + INDENT);
            self.element(split..end, indent + INDENT, trail);
        } else {
            self.walk(range, indent, trail);
        }
    }

    /// Writes an attribute, documentation as a comment. Gives the index behind it.
    fn attribute(&mut self, start: usize, end: usize, indent: usize) -> usize {
        let open =
            if self.tokens.get(start + 1).is_some_and(|token| token.text == "!") { start + 2 } else { start + 1 };
        let behind = self.facts.get(open).map_or(end, |facts| facts.close + 1).clamp(start + 1, end);
        let inside = &self.tokens[(open + 1).min(behind)..behind];
        let comment = match inside {
            [name, equals, literal, _] if open == start + 1 && name.text == "doc" && equals.text == "=" => {
                unescape(literal.text)
            }
            _ => None,
        };
        match comment {
            Some(comment) => {
                self.text.push_str("///");
                self.text.push_str(&comment);
            }
            None if self.fits_alone(start..behind) => self.flat(start..behind, true),
            None => {
                // The brackets of an attribute hold one thing, and no comma behind it.
                (start..=open).for_each(|index| self.token(index, index == start));
                self.walk(open + 1..behind - 1, indent, 1);
                self.token(behind - 1, false);
            }
        }
        behind
    }

    /// Writes tokens from left to right; groups that do not fit are broken.
    fn walk(&mut self, range: Range<usize>, indent: usize, trail: usize) {
        let start = range.start;
        let mut index = start;
        while index < range.end {
            let close = self.facts[index].close;
            if self.tokens[index].kind != Kind::Open || close <= index || close >= range.end {
                self.token(index, index == start);
                index += 1;
                continue;
            }
            let group = index..close + 1;
            let rest = self.rest(group.end, range.end, trail);
            if self.is_flat(group.clone()) && self.column() + self.width(group.clone()) + rest <= WIDTH {
                self.flat(group, index == start);
            } else {
                self.token(index, index == start);
                self.group(index, close, indent, rest);
            }
            index = close + 1;
        }
    }

    /// Writes the content of a group on several lines, and its end. Its beginning has been written; `rest` is how much
    /// comes behind its end.
    fn group(&mut self, open: usize, close: usize, indent: usize, rest: usize) {
        let inside = open + 1..close;
        if inside.is_empty() {
            return self.token(close, false);
        }
        if self.hugs(open, close) {
            let comma = usize::from(self.tokens[close - 1].text == ",");
            self.walk(open + 1..close - comma, indent, 1 + rest);
            return self.text.push_str(self.tokens[close].text);
        }
        self.end_line();
        let layout = self.facts[open].layout;
        if self.is_series(open, close) {
            self.series(inside, layout, indent + INDENT);
        } else {
            let layout = if self.adds_commas(open, close) { layout } else { Layout::Verbatim };
            self.elements(inside, layout, indent + INDENT, Previous::Nothing);
        }
        self.indent(indent);
        self.text.push_str(self.tokens[close].text);
    }

    fn series(&mut self, range: Range<usize>, layout: Layout, indent: usize) {
        self.indent(indent);
        let mut is_first = true;
        for index in range.clone().filter(|index| self.tokens[*index].text != ",") {
            let text = self.tokens[index].text;
            if !is_first && self.column() + text.len() + 2 > WIDTH {
                self.end_line();
                self.indent(indent);
                is_first = true;
            }
            if !is_first {
                self.text.push(' ');
            }
            self.text.push_str(text);
            if layout == Layout::List || index + 1 < range.end && self.tokens[index + 1].text == "," {
                self.text.push(',');
            }
            is_first = false;
        }
        self.end_line();
    }

    /// Writes tokens on the current line.
    fn flat(&mut self, range: Range<usize>, is_first: bool) {
        let mut is_first = is_first;
        for index in range {
            if !self.facts[index].is_last_comma {
                self.token(index, is_first);
            }
            is_first = false;
        }
    }

    fn token(&mut self, index: usize, is_first: bool) {
        if self.facts[index].blank && !is_first {
            self.text.push(' ');
        }
        self.text.push_str(self.tokens[index].text);
    }

    fn indent(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.line = self.text.len();
    }
}
