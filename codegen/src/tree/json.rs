//! A fast path for JSON, which is most of what large documents are written in.
//!
//! The scanner reads well-formed JSON and nothing else. Whatever it does not accept goes to the YAML parser, which is
//! several times slower but explains what is wrong, so that both ways give the same trees and the same diagnostics.

use super::build::Builder;
use super::offsets::truncate;
use super::{Content, Tree};
use crate::diagnostic::Sink;
use crate::source::Span;

/// Reads the text from `start` on. `None`: it is not JSON, or something is wrong with it.
pub(super) fn parse<'t>(text: &'t str, start: usize, sink: &Sink) -> Option<Tree<'t>> {
    let first = text[start..].trim_start_matches(is_blank);
    if !first.starts_with(['{', '[']) {
        return None;
    }
    let attempt = Sink::default();
    let mut builder = Builder::new(text, start, &attempt);
    let mut scanner = Scanner { text, at: start };
    if scanner.document(&mut builder).is_none() || builder.failed {
        return None;
    }
    let tree = builder.finish();
    sink.append(attempt);
    tree
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// What may come next.
#[derive(Clone, Copy)]
enum State {
    /// A value.
    Value,
    /// A value or the end of the list that has just begun.
    FirstElement,
    /// A key or the end of the mapping that has just begun.
    FirstKey,
    /// What follows a value.
    After,
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn document(&mut self, builder: &mut Builder<'t, '_>) -> Option<()> {
        // Whether each open collection is a mapping.
        let mut open: Vec<bool> = Vec::new();
        let mut state = State::Value;
        loop {
            self.skip_blanks();
            state = match (state, self.peek()) {
                (State::FirstElement, Some(b']')) | (State::FirstKey, Some(b'}')) => self.close(builder, &mut open),
                (State::FirstKey, _) => self.key(builder)?,
                (State::Value | State::FirstElement, Some(first)) => self.value(first, builder, &mut open)?,
                (State::After, Some(b',')) => {
                    self.at += 1;
                    self.skip_blanks();
                    if *open.last()? { self.key(builder)? } else { State::Value }
                }
                (State::After, Some(b'}')) if open.last() == Some(&true) => self.close(builder, &mut open),
                (State::After, Some(b']')) if open.last() == Some(&false) => self.close(builder, &mut open),
                (State::After, None) if open.is_empty() => return Some(()),
                _ => return None,
            };
            if builder.failed {
                return None;
            }
        }
    }

    fn value(&mut self, first: u8, builder: &mut Builder<'t, '_>, open: &mut Vec<bool>) -> Option<State> {
        match first {
            b'{' | b'[' => {
                let is_mapping = first == b'{';
                builder.open(is_mapping, 0, None, self.token());
                open.push(is_mapping);
                self.at += 1;
                Some(if is_mapping { State::FirstKey } else { State::FirstElement })
            }
            b'"' => {
                self.string(builder)?;
                Some(State::After)
            }
            _ => {
                self.literal(builder)?;
                Some(State::After)
            }
        }
    }

    /// A key with its colon.
    fn key(&mut self, builder: &mut Builder<'t, '_>) -> Option<State> {
        self.string(builder)?;
        self.skip_blanks();
        (self.peek()? == b':').then(|| {
            self.at += 1;
            State::Value
        })
    }

    fn close(&mut self, builder: &mut Builder<'t, '_>, open: &mut Vec<bool>) -> State {
        builder.close(self.token());
        open.pop();
        self.at += 1;
        State::After
    }

    fn string(&mut self, builder: &mut Builder<'t, '_>) -> Option<()> {
        let bytes = self.text.as_bytes();
        if self.peek()? != b'"' {
            return None;
        }
        let start = self.at + 1;
        let mut end = start;
        let mut is_escaped = false;
        loop {
            match *bytes.get(end)? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    end += 2;
                }
                byte if byte < b' ' => return None,
                _ => end += 1,
            }
        }
        let span = Span::new(truncate(self.at), truncate(end + 1));
        let content = if is_escaped {
            builder.tree.owned.push(unescape(&self.text[start..end])?.into());
            Content::Owned { index: truncate(builder.tree.owned.len() - 1), plain: false }
        } else {
            Content::Borrowed { start: truncate(start), end: truncate(end), plain: false }
        };
        builder.leaf(span, content, 0);
        self.at = end + 1;
        Some(())
    }

    /// A number, truth value or null.
    fn literal(&mut self, builder: &mut Builder<'t, '_>) -> Option<()> {
        let rest = &self.text.as_bytes()[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let end = self.at + length;
        let word = self.text.get(self.at..end)?;
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            return None;
        }
        let (start, end) = (truncate(self.at), truncate(end));
        builder.leaf(Span::new(start, end), Content::Borrowed { start, end, plain: true }, 0);
        self.at += length;
        Some(())
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !is_blank(char::from(*byte))).unwrap_or(rest.len());
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The span of the next byte.
    fn token(&self) -> Span {
        Span::new(truncate(self.at), truncate(self.at + 1))
    }
}

/// Whether a word is a number of JSON (RFC 8259, section 6).
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

/// The text of a string with its escapes resolved (RFC 8259, section 7).
fn unescape(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(backslash) = rest.find('\\') {
        text.push_str(&rest[..backslash]);
        let escape = *rest.as_bytes().get(backslash + 1)?;
        rest = rest.get(backslash + 2..)?;
        text.push(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let (character, length) = unicode(rest)?;
                rest = &rest[length..];
                character
            }
            _ => return None,
        });
    }
    text.push_str(rest);
    Some(text)
}

/// The character of a `\u` escape, of which `rest` is what follows the `u`, with the length of the escape.
fn unicode(rest: &str) -> Option<(char, usize)> {
    let unit = hexadecimal(rest)?;
    if let Some(character) = char::from_u32(unit) {
        return Some((character, 4));
    }
    let low = hexadecimal(rest.get(4..)?.strip_prefix("\\u")?)?;
    let pair = [u16::try_from(unit).ok()?, u16::try_from(low).ok()?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, 10))
}

fn hexadecimal(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::tree::{self, Node, NodeId};

    fn is_json(text: &str) -> bool {
        parse(text, 0, &Sink::default()).is_some()
    }

    fn show(tree: &Tree<'_>, id: NodeId) -> String {
        let span = tree.span(id);
        match tree.node(id) {
            Node::Scalar(scalar) => format!("{:?} {:?} {span:?}", scalar.text, scalar.kind()),
            Node::Sequence(elements) => {
                format!("{:?} {span:?}", elements.iter().map(|id| show(tree, *id)).collect::<Vec<_>>())
            }
            Node::Mapping(entries) => {
                let entry = |entry: &tree::Entry| (show(tree, entry.key), show(tree, entry.value));
                format!("{:?} {span:?}", entries.iter().map(entry).collect::<Vec<_>>())
            }
        }
    }

    #[test]
    fn gives_the_tree_that_yaml_gives() {
        for text in [
            r#"{"a": {"b": [null, true, -1.5e3, 0]}, "c":"d", "é": "ü\n\"\u00e9\/"}"#,
            "[]",
            " {\n\t\"a\" : [ ], \"b\" : { }}\r\n",
        ] {
            let quick = parse(text, 0, &Sink::default()).unwrap();
            // A comment is no JSON: the other way is taken.
            let source = Source::new("file", format!("{text}\n# comment"));
            let slow = tree::parse(&source, &Sink::default()).unwrap();
            assert_eq!(show(&quick, quick.root()), show(&slow, slow.root()));
        }
    }

    /// YAML knows no surrogate pairs, so that JSON which has some is read here or nowhere.
    #[test]
    fn surrogate_pairs_are_one_character() {
        let tree = parse(r#"["\ud83d\ude00!"]"#, 0, &Sink::default()).unwrap();
        let Node::Sequence(elements) = tree.node(tree.root()) else { panic!("no sequence") };
        assert_eq!(tree.text(elements[0]), "😀!");
    }

    #[test]
    fn takes_nothing_but_json() {
        for text in [
            "{a: 1}",
            "{\"a\": 1,}",
            "[1 2]",
            "[1",
            "{\"a\"}",
            "[01]",
            "[.5]",
            "[1.]",
            "[True]",
            "[\"\\x41\"]",
            "[\"a\nb\"]",
            "[\"\\ud800\"]",
            "{} {}",
            "[]]",
            "[}",
            "a: 1",
            "",
            "[\"\\",
            "[\"\\u12",
            "[1e]",
            "[-]",
            "{\"a\": &x 1}",
            "[,]",
        ] {
            assert!(!is_json(text), "{text}");
        }
    }

    #[test]
    fn reports_what_the_other_way_reports() {
        for (text, code) in
            [("{\"a\": 1, \"a\": 2}", "CAP0006"), (&*"[".repeat(10_000), "CAP0007"), ("{\"a\": 1", "CAP0002")]
        {
            let sink = Sink::default();
            let source = Source::new("file.json", text);
            let _ = tree::parse(&source, &sink);
            let codes: Vec<&str> = sink.finish().0.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
            assert_eq!(codes, [code], "{text}");
        }
    }
}
