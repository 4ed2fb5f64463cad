//! No text makes the compiler panic.

use proptest::prelude::*;

use super::*;

/// Renders everything that is said about a text.
fn survive(text: &str) {
    let source = Source::new("specs/shelf.yaml", text);
    let analysis = analyze(&source, None);
    assert_eq!(
        analysis.capability.is_some(),
        analysis.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Lint)
    );
    for diagnostic in &analysis.diagnostics {
        assert!(diagnostic.render(&source, Style::Plain).contains(diagnostic.code.as_str()));
        assert!(diagnostic.render(&source, Style::Coloured).contains(diagnostic.code.as_str()));
    }
}

/// Words that mean something in a capability file.
const WORDS: &[&str] = &[
    "",
    " ",
    "null",
    "~",
    "[]",
    "{}",
    "[{}]",
    "- ",
    ": ",
    "'",
    "\"",
    "{{",
    "}}",
    "{x}",
    "{{env.X}}",
    "rest.body",
    "tools.",
    ".",
    "*a",
    "&a ",
    "<<: ",
    "!x ",
    "|",
    ">",
    "#",
    "\n",
    "\r\n",
    "\t",
    "é",
    "\u{feff}",
    "/",
    "?",
    "0",
    "-1",
    "99999999999999999999",
    "body",
    "name",
    "in",
    "path",
    "call",
];

/// A file with expressions, templates and paths, all of them the same text.
fn with_expression(text: &str) -> String {
    // JSON takes characters as they are that YAML does not.
    let plain = text.replace(|c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'), "?");
    let quoted = serde_json::Value::from(plain).to_string();
    include_str!("../../../tests/expressions.yaml").replace(" @", &format!(" {quoted}"))
}

#[test]
fn expressions_are_all_that_is_wrong_with_the_file_of_them() {
    let analysis = analysis(&with_expression("{{"));
    let is_of_shape = |code| matches!(code, Code::Syntax | Code::WrongShape | Code::MissingField | Code::UnknownField);
    assert!(analysis.diagnostics.iter().all(|diagnostic| !is_of_shape(diagnostic.code)), "{:?}", analysis.diagnostics);
}

/// Words of expressions.
const EXPRESSIONS: &[&str] = &[
    "{{",
    "}}",
    "{",
    "}",
    "$",
    "$.",
    "@",
    "[",
    "]",
    "[*]",
    "..",
    "?",
    "(",
    ")",
    "&&",
    "==",
    "<",
    "'",
    "\"",
    "\\",
    "-1",
    "0",
    ":",
    ",",
    "book",
    "book.title",
    "env.SHELF_TOKEN",
    "SHELF_TOKEN",
    "rest.",
    "tools.body",
    "shelf.get-book",
    "/",
    "//",
    "#",
    " ",
    "\n",
    "é",
    "https://",
    "match(",
    "length(",
    "\u{202e}",
    "%",
    "%2F",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_text(text in any::<String>()) {
        survive(&text);
    }

    #[test]
    fn of_yaml_like_text(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        survive(&words.concat());
    }

    #[test]
    fn of_a_file_with_parts_replaced(edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(WORDS)), 1..6)) {
        let mut text: Vec<char> = SHELF.chars().collect();
        for (index, length, word) in edits {
            let start = index.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, word.chars());
        }
        survive(&text.into_iter().collect::<String>());
    }

    #[test]
    fn of_any_expression(words in prop::collection::vec(prop::sample::select(EXPRESSIONS), 0..20)) {
        survive(&with_expression(&words.concat()));
    }

    #[test]
    fn of_any_text_as_an_expression(text in any::<String>()) {
        survive(&with_expression(&text));
    }

    #[test]
    fn of_a_file_with_lines_moved(moves in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..8), 1..6)) {
        let mut lines: Vec<String> = SHELF.lines().map(str::to_owned).collect();
        for (from, to, indent) in moves {
            let line = lines.remove(from.index(lines.len()));
            let at = to.index(lines.len() + 1);
            lines.insert(at, format!("{}{}", " ".repeat(indent), line.trim_start()));
        }
        survive(&lines.join("\n"));
    }
}

#[test]
fn every_beginning_of_a_file_is_survived() {
    for end in (0..SHELF.len()).step_by(7) {
        survive(&SHELF[..end]);
    }
}
