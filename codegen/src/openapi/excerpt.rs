//! Values that the IR leaves in their files.

use super::place::{FileId, Place};
use super::schema::literal;
use crate::diagnostic::Sink;
use crate::ir::types::{Excerpt, Literal};
use crate::source::Source;
use crate::tree::{self, Tree};

/// The value of an excerpt of a file. `None`: it cannot be read alone, as what an alias of YAML stands for.
pub(crate) fn value(source: &Source, excerpt: Excerpt) -> Option<Literal> {
    let text = source.text.get(excerpt.span.range())?;
    if !text.contains('\n') {
        // As the one element of a list, since that is JSON where the excerpt is, whatever it is.
        let list = Source::new("", format!("[{text}]"));
        if let Some(only) = parse(&list).and_then(|tree| element(&tree)) {
            return Some(only);
        }
    }
    // What follows the first line is indented as that line was.
    let start = excerpt.span.start as usize;
    let before = &source.text[source.line_start(start)..start];
    let block = Source::new("", format!("{}{text}", " ".repeat(before.chars().count())));
    let tree = parse(&block)?;
    Some(literal(root(&tree)))
}

fn parse(source: &Source) -> Option<Tree<'_>> {
    let sink = Sink::default();
    let tree = tree::parse(source, &sink);
    let (_, failed) = sink.finish();
    tree.filter(|_| !failed)
}

fn root<'t>(tree: &'t Tree<'t>) -> Place<'t> {
    Place { file: FileId(0), tree, node: tree.root() }
}

/// The element of a list that has one.
fn element(tree: &Tree<'_>) -> Option<Literal> {
    let root = root(tree);
    let mut elements = root.elements();
    let only = elements.next().map(literal)?;
    elements.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::{LoadError, Loader, Options, analyze};

    struct Document<'a>(&'a str);

    impl Loader for Document<'_> {
        fn load(&self, _: &str) -> Result<String, LoadError> {
            Ok(self.0.to_owned())
        }
    }

    /// The example of the one parameter of a document.
    fn example(written: &str) -> Option<Literal> {
        let document = format!(
            "openapi: 3.1.0\ninfo: {{ title: t, version: '1' }}\nx-a: &anchor {{ b: 1 }}\npaths:\n  /a:\n    get:\n      \
             parameters:\n        - name: p\n          in: query\n          example: {written}\n"
        );
        let analysis = analyze(&Document(&document), "api.yaml", &Options::default());
        let api = analysis.api.expect("a document without errors");
        let excerpt = api.operations[0].parameters[0].docs.example.expect("an example");
        value(&analysis.files[0].source, excerpt)
    }

    #[test]
    fn excerpts_are_what_their_files_say() {
        for (written, expected) in [
            ("text", r#""text""#),
            ("'it''s'", r#""it's""#),
            (r#""\u00fc""#, r#""ü""#),
            ("1.50", "1.50"),
            ("true", "true"),
            ("a, b", r#""a, b""#),
            ("2020-01-01", r#""2020-01-01""#),
            (r#"{"a": [1, {"b": null}]}"#, r#"{"a":[1,{"b":null}]}"#),
            (
                "\n            a: 1\n            b:\n              - c\n              - d: e",
                r#"{"a":1,"b":["c",{"d":"e"}]}"#,
            ),
            ("\n            - a: 1\n              b: 2\n            - x", r#"[{"a":1,"b":2},"x"]"#),
            ("{ a: [b,\n            c] }", r#"{"a":["b","c"]}"#),
        ] {
            let value = example(written).unwrap_or_else(|| panic!("{written} is a value"));
            let shown: serde_json::Value = serde_json::from_str(expected).expect("JSON");
            assert_eq!(crate::emit::openapi::json(&value).parse::<serde_json::Value>().ok(), Some(shown), "{written}");
        }
    }

    #[test]
    fn what_an_alias_stands_for_cannot_be_read_alone() {
        assert_eq!(example("\n            - *anchor"), None);
    }
}
