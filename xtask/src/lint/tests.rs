//! What the task tells about folders, and when it fails.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{Arguments, LintError, lint};

const SHELF: &str = include_str!("../explain/shelf.yaml");
const BOOKS: &str = include_str!("../explain/books.yaml");

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }
    folder
}

/// What is printed, and the error.
fn run(folder: &TempDir, options: &[&str]) -> (String, Option<String>) {
    let place = folder.path().to_string_lossy();
    let arguments: Vec<&str> = options.iter().copied().chain([&*place]).collect();
    let arguments = Arguments::parse(&arguments).expect("they are right");
    let mut output = Vec::new();
    let error = lint(&arguments, &mut output).err().map(|error| error.to_string());
    (String::from_utf8(output).expect("UTF-8"), error)
}

fn codes(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.map(|line| line["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn files_of_both_kinds_are_looked_at_wherever_they_are() {
    let wrong = BOOKS.replace("type: integer,", "type: integr,");
    let folder = folder(&[("a/shelf.yaml", SHELF), ("books.yaml", &wrong), ("part.yaml", "Item: {}\n"), ("a.md", "#")]);
    let (text, error) = run(&folder, &[]);
    assert_eq!(error, None);
    // The sample has an address for examples.
    assert!(text.contains("a/shelf.yaml:") && text.contains("[CAP1723]"), "{text}");
    assert!(text.contains("books.yaml:") && text.contains("warning: `integr` is no type"), "{text}");
    assert!(text.ends_with("2 files, 0 errors, 2 lints\n"), "{text}");
    assert_eq!(run(&folder, &["--deny-lints"]).1.as_deref(), Some("2 of 2 files failed"));
}

#[test]
fn errors_fail_and_lines_of_json_say_where_they_are() {
    let folder = folder(&[("shelf.yaml", &SHELF.replacen("call: shelf.list-books", "call: shelf.list-bocks", 1))]);
    let (text, error) = run(&folder, &["--format", "json"]);
    assert_eq!(error.as_deref(), Some("1 of 1 files failed"));
    assert_eq!(codes(&text), ["CAP1723", "CAP0301"]);
    let line: Value = serde_json::from_str(text.lines().last().expect("a line")).expect("JSON");
    let start = SHELF.lines().position(|line| line.contains("call: shelf.list-books")).expect("it is there") + 1;
    assert_eq!((&line["line"], &line["column"]), (&start.into(), &27.into()));
    assert_eq!((&line["end_line"], &line["end_column"]), (&start.into(), &37.into()));
    assert_eq!(line["severity"], "error");
    assert_eq!(line["help"][0], "did you mean `list-books`?");
}

#[test]
fn strict_refuses_what_the_published_schema_refuses() {
    let extended = SHELF.replacen("in: query\n", "in: query\n                  required: true\n", 1);
    let extended = extended.replacen("              method: GET", "              method: get", 1);
    let folder = folder(&[("shelf.yaml", &extended)]);
    assert_eq!(run(&folder, &[]).1, None);
    let (text, error) = run(&folder, &["--strict", "--format", "json"]);
    assert_eq!(error.as_deref(), Some("1 of 1 files failed"));
    let found = codes(&text);
    for code in ["CAP0107", "CAP1741"] {
        assert!(found.iter().any(|found| found == code), "{found:?}");
    }
}

#[test]
fn what_is_said_of_a_place_is_said_once() {
    let folder = folder(&[("shelf.yaml", &SHELF.replace("namespace: shelf-mcp", "namespace: shelf_mcp"))]);
    let found = codes(&run(&folder, &["--strict", "--format", "json"]).0);
    assert!(found.iter().any(|code| code == "CAP0110"), "{found:?}");
    let plain = codes(&run(&self::folder(&[("shelf.yaml", SHELF)]), &["--strict", "--format", "json"]).0);
    assert_eq!(found.len(), plain.len() + 1, "{found:?} {plain:?}");
}

#[test]
fn command_lines_and_places_that_are_wrong_are_named() {
    let message = |arguments: &[&str]| Arguments::parse(arguments).expect_err("they are wrong").to_string();
    assert_eq!(message(&[]), "no folder or file is named");
    assert_eq!(message(&["a", "--format", "xml"]), "`--format` is `text` or `json`");
    assert_eq!(message(&["a", "--loud"]), "`--loud` is no argument of this task");
    let empty = folder(&[]);
    assert!(run(&empty, &[]).1.is_some_and(|error| error.starts_with("there are no capability files")));
    let absent = Arguments::parse(&["absent"]).expect("they are right");
    assert!(matches!(lint(&absent, &mut Vec::new()), Err(LintError::File(_))));
}
