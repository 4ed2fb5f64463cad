//! Writes tokens, and decides where lines end.

use std::ops::Range;

use super::structure::is_callable;
use super::token::Kind;
use super::{Elements, End, Facts, INDENT, Layout, Previous, Token, WIDTH};

/// Literals of a list that are this short stand several to a line.
const SHORT: usize = 32;

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

    /// Whether a comma stands behind an element on a line of its own.
    fn comma(&self, range: &Range<usize>, end: End, layout: Layout) -> bool {
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

    /// The series that an item belongs to, which have no empty lines in them.
    fn series_of(&self, range: &Range<usize>) -> Previous {
        const SERIES: [&str; 6] = ["use", "const", "static", "type", "mod", "::"];
        let first = self.top(range.clone()).find(|index| !matches!(self.tokens[*index].text, "pub" | "("));
        let keyword = first.and_then(|first| SERIES.iter().find(|keyword| self.tokens[first].text == **keyword));
        keyword.map_or(Previous::Apart, |keyword| Previous::Line(keyword))
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

    /// How much comes behind a group on its line: all up to the next one that can be broken.
    fn rest(&self, start: usize, end: usize, trail: usize) -> usize {
        let next = self.top(start..end).find(|index| {
            let token = self.tokens[*index];
            token.kind == Kind::Open && token.text != "<" && self.facts[*index].close > index + 1
        });
        match next {
            Some(next) => self.width(start..next + 1),
            None => self.width(start..end) + trail,
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

    /// Whether the last element of a list in parentheses takes the lines, and the parentheses stand around it.
    fn hugs(&self, open: usize, close: usize) -> bool {
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

    /// Whether a group is a list of short literals or names, which stand several to a line.
    fn is_series(&self, open: usize, close: usize) -> bool {
        let inside = &self.tokens[open + 1..close];
        let is_short = |token: &Token<'_>| token.kind == Kind::Operand && token.text.len() <= SHORT;
        let is_list = self.tokens[open].text == "["
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

    /// Whether the elements of a group are followed by commas when they stand on lines of their own.
    fn adds_commas(&self, open: usize, close: usize) -> bool {
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

    /// Where the `for` and the braces of an `impl` are, when what stands before the braces is too long for a line.
    fn long_impl(&self, range: Range<usize>) -> Option<(usize, usize)> {
        if self.tokens[range.start].text != "impl" {
            return None;
        }
        let braces = self.top(range.clone()).find(|index| self.tokens[*index].text == "{")?;
        let is_long = self.column() + self.width(range.start..braces + 1) > WIDTH;
        let subject = self.top(range.start..braces).find(|index| self.tokens[*index].text == "for")?;
        is_long.then_some((subject, braces))
    }

    /// Where an element is best broken: before this token the next line begins.
    fn split(&self, range: Range<usize>, indent: usize, trail: usize) -> Option<usize> {
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

    fn width(&self, range: Range<usize>) -> usize {
        self.widths[range.end].saturating_sub(self.widths[range.start])
    }

    fn is_flat(&self, range: Range<usize>) -> bool {
        self.breaks[range.end] == self.breaks[range.start]
    }

    fn fits(&self, range: Range<usize>, trail: usize) -> bool {
        self.is_flat(range.clone()) && self.column() + self.width(range) + trail <= WIDTH
    }

    /// Whether an attribute fits, which begins with what demands a line of its own.
    fn fits_alone(&self, range: Range<usize>) -> bool {
        self.column() + self.width(range) <= WIDTH
    }

    fn column(&self) -> usize {
        self.text.len() - self.line
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

/// The text of documentation, where it can stand in a comment as it is.
fn unescape(literal: &str) -> Option<String> {
    let (is_raw, inner) = match literal.strip_prefix('r') {
        Some(raw) => (true, raw.trim_matches('#')),
        None => (false, literal),
    };
    let inner = inner.strip_prefix('"')?.strip_suffix('"')?;
    if inner.starts_with('/') || inner.ends_with(' ') || is_raw && inner.contains(['\r', '\n']) {
        return None;
    }
    if is_raw || !inner.contains('\\') {
        return Some(inner.to_owned());
    }
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next()? {
                escaped @ ('"' | '\\' | '\'') => text.push(escaped),
                't' => text.push('\t'),
                // A line break, or a character that is better not seen.
                _ => return None,
            },
            character => text.push(character),
        }
    }
    Some(text)
}
