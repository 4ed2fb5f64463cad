use super::*;
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::Source;

/// A compact picture of a tree with the text under every span.
fn show(tree: &Tree<'_>, id: NodeId, text: &str) -> String {
    match tree.node(id) {
        Node::Scalar(scalar) => {
            let span = &text[tree.span(id).range()];
            format!("{:?}<{span}>", scalar.text)
        }
        Node::Sequence(elements) => {
            let elements: Vec<String> = elements.iter().map(|element| show(tree, *element, text)).collect();
            format!("[{}]", elements.join(", "))
        }
        Node::Mapping(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", show(tree, entry.key, text), show(tree, entry.value, text)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn read(text: &str) -> Result<String, Vec<Diagnostic>> {
    let source = Source::new("file.yaml", text);
    let sink = Sink::default();
    let shown = parse(&source, &sink).map(|tree| show(&tree, tree.root(), text));
    let (diagnostics, _) = sink.finish();
    match shown {
        Some(shown) if diagnostics.is_empty() => Ok(shown),
        _ => Err(diagnostics),
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).expect_err(text).iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

#[test]
fn spans_cover_what_is_written() {
    assert_eq!(
        read("a: 'it''s' # 'x'\nb: \"q\\\"\" # \"y\"\nc: [1, two]\n").unwrap(),
        r#"{"a"<a>: "it's"<'it''s'>, "b"<b>: "q\""<"q\"">, "c"<c>: ["1"<1>, "two"<two>]}"#
    );
    assert_eq!(read("é: ü # ö\r\nß: 'ä'\r\n").unwrap(), r#"{"é"<é>: "ü"<ü>, "ß"<ß>: "ä"<'ä'>}"#);
    assert_eq!(read("\u{feff}a: b").unwrap(), r#"{"a"<a>: "b"<b>}"#);
    assert_eq!(read("a: &x 'q'\nb: *x").unwrap(), r#"{"a"<a>: "q"<'q'>, "b"<b>: "q"<*x>}"#);
}

#[test]
fn json_is_read() {
    assert_eq!(
        read("{\"a\": {\"b\": [null, true]}, \"c\":\"d\"}").unwrap(),
        r#"{"a"<"a">: {"b"<"b">: ["null"<null>, "true"<true>]}, "c"<"c">: "d"<"d">}"#
    );
}

#[test]
fn spans_of_collections_end_with_their_content() {
    let text = "a:\n  - b: 1\n    c: 2\n\n# comment\nd: {e: 3}\n";
    let source = Source::new("file.yaml", text);
    let tree = parse(&source, &Sink::default()).unwrap();
    let Node::Mapping(entries) = tree.node(tree.root()) else { panic!("no mapping") };
    assert_eq!(&text[tree.span(entries[0].value).range()], "- b: 1\n    c: 2");
    assert_eq!(&text[tree.span(entries[1].value).range()], "{e: 3}");
    assert_eq!(&text[tree.span(tree.root()).range()], text.trim_end());
}

#[test]
fn folded_and_literal_texts_are_resolved() {
    assert!(read("a: |\n  x\n  y\n").unwrap().contains(r#""x\ny\n""#));
    assert!(read("a: >-\n  x\n  y\n").unwrap().contains(r#""x y""#));
    assert!(read("a: one\n  two\n").unwrap().contains(r#""one two"<one"#));
}

#[test]
fn merge_keys_give_way() {
    let shown = read("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  x: 3\n").unwrap();
    assert!(shown.ends_with(r#""use"<use>: {"x"<x>: "3"<3>, "y"<y>: "2"<2>}}"#), "{shown}");
    let shown = read("use:\n  <<: [{x: 1}, {x: 2, y: 3}]\n").unwrap();
    assert!(shown.ends_with(r#"{"x"<x>: "1"<1>, "y"<y>: "3"<3>}}"#), "{shown}");
    assert_eq!(codes("use:\n  <<: 1\n"), ["CAP0011"]);
    assert!(read("'<<': 1").is_ok());
}

#[test]
fn duplicates_show_both_places() {
    let diagnostics = read("a: 1\nb: 2\na: 3\n").unwrap_err();
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].span, Span::new(10, 11));
    assert_eq!(diagnostics[0].labels[0].span, Span::new(0, 1));
    let diagnostics = read("a: 1\na: 2\na: 3\nb: 4\n").unwrap_err();
    assert_eq!(diagnostics.len(), 2);
    let many: Vec<String> = (0..100).map(|number| format!("k{}: x", number % 99)).collect();
    assert_eq!(codes(&many.join("\n")), ["CAP0006"]);
}

#[test]
fn what_cannot_be_read_is_reported() {
    for (text, code) in [
        ("", "CAP0004"),
        ("# only a comment\n", "CAP0004"),
        ("a: b: c", "CAP0002"),
        ("a: [1, 2", "CAP0002"),
        ("a: *nowhere", "CAP0002"),
        ("a: 'open", "CAP0002"),
        ("a:\n\t- b", "CAP0002"),
        ("a: \u{0}", "CAP0003"),
        ("--- a\n--- b\n", "CAP0005"),
        ("a: &x [*x]", "CAP0008"),
        ("[a, b]: c", "CAP0009"),
        ("a: !secret x", "CAP0010"),
    ] {
        assert_eq!(codes(text), [code], "{text:?}");
    }
    assert_eq!(codes(&"[".repeat(10_000)), ["CAP0007"]);
    assert_eq!(codes(&"- ".repeat(10_000)), ["CAP0007"]);
    assert_eq!(codes(&format!("{}x", "a: {".repeat(130))), ["CAP0007"]);
    assert_eq!(codes(&"x".repeat(crate::source::MAX_LENGTH + 1)), ["CAP0001"]);
}

#[test]
fn tags_of_the_core_schema_are_allowed() {
    assert!(read("a: !!str 1\nb: !!int 2\nc: ! 3").is_ok());
    let source = Source::new("file.yaml", "!!str 1");
    let tree = parse(&source, &Sink::default()).unwrap();
    assert!(matches!(tree.node(tree.root()), Node::Scalar(scalar) if scalar.kind() == ScalarKind::Text));
}

#[test]
fn aliases_cannot_explode() {
    let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        lines.push(format!("a{level}: &a{level} [{}]", vec![alias; 10].join(", ")));
    }
    assert_eq!(codes(&lines.join("\n")), ["CAP0008"]);
    let mut lines = vec!["a0: &a0 [x]".to_owned()];
    lines.extend((1..200).map(|level| format!("a{level}: &a{level} [*a{}]", level - 1)));
    assert_eq!(codes(&lines.join("\n")), ["CAP0007"]);
    let few = "a: &a {x: 1}\nb: [*a, *a, *a]\n";
    assert!(read(few).is_ok());
}

#[test]
fn tabs_are_explained() {
    let diagnostics = read("a:\n\tb: 1\n").unwrap_err();
    assert!(diagnostics[0].help.iter().any(|help| help.contains("tabs")), "{diagnostics:?}");
}
