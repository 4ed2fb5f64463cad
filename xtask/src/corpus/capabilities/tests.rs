//! The task on small folders of our own capability files.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Report, run, table};
use crate::corpus::{Arguments, CorpusError};

const GOOD: &str = include_str!("../../explain/shelf.yaml");

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    for (name, text) in files {
        let path = folder.path().join("corpus").join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }
    folder
}

fn report(folder: &TempDir, expectations: Option<&str>) -> Result<Report, CorpusError> {
    let mut arguments = vec![folder.path().join("corpus").display().to_string(), "--capabilities".to_owned()];
    if let Some(expectations) = expectations {
        let path = folder.path().join("expected.toml");
        fs::write(&path, expectations).expect("the file is written");
        arguments.extend(["--expect".to_owned(), path.display().to_string()]);
    }
    let documents = folder.path().join("documents");
    if documents.is_dir() {
        arguments.extend(["--join".to_owned(), documents.display().to_string()]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/corpus-tests");
    run(&Arguments::parse(&arguments).expect("they are right"), &target)
}

fn bad() -> String {
    GOOD.replacen("call: shelf.list-books", "call: shelf.list-boks", 1)
}

#[test]
fn files_are_counted_by_provider_and_code() {
    let bad = bad();
    let folder =
        folder(&[("one/good.yaml", GOOD), ("one/bad.yml", &bad), ("two/bad.yaml", &bad), ("two/x.yaml", "a: b")]);
    let report = report(&folder, None).expect("the task does its work");
    let files: Vec<(&str, bool)> =
        report.capabilities.iter().map(|outcome| (outcome.file.as_str(), outcome.generated)).collect();
    assert_eq!(files, [("one/bad.yml", false), ("one/good.yaml", true), ("two/bad.yaml", false)]);
    assert_eq!(report.failed(), 2);
    assert!(report.capabilities[0].problems[0].contains("one/bad.yml:"), "{:?}", report.capabilities[0].problems);
    let table = table::table(&report);
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[1], ["one", "2", "1", "0", "0", "-", "0", "1", "0", "CAP0301×1"]);
    assert_eq!(rows[3], ["2", "providers", "3", "1", "0", "0", "-", "0", "2", "0"]);
    assert_eq!(rows[6][..3], ["CAP0301", "2", "2"]);
}

#[test]
fn what_is_expected_is_no_failure_and_what_no_longer_fails_is_one() {
    let folder = folder(&[("one/bad.yaml", &bad()), ("one/good.yaml", GOOD)]);
    let entry = |file: &str, code: &str| {
        format!("[[capability]]\nfile = '{file}'\ncodes = ['{code}']\nreason = 'The call is misspelt.'\n")
    };
    let expected = report(&folder, Some(&entry("one/bad.yaml", "CAP0301"))).expect("the task does its work");
    assert_eq!(expected.failed(), 0);
    assert_eq!(expected.capabilities[0].expected.as_deref(), Some("The call is misspelt."));
    let other = report(&folder, Some(&entry("one/bad.yaml", "CAP0302"))).expect("the task does its work");
    let problems = other.capabilities[0].problems.join("\n");
    assert!(problems.contains("CAP0302 is expected, but it has CAP0301"), "{problems}");
    let list =
        entry("one/good.yaml", "CAP0301") + &entry("one/gone.yaml", "CAP0301") + &entry("one/bad.yaml", "CAP0301");
    let stale = report(&folder, Some(&list)).expect("the task does its work");
    assert_eq!(stale.capabilities[1].problems, ["CAP0301 is expected, but it compiles: correct the list\n"]);
    assert_eq!((stale.unused.as_slice(), stale.failed()), (["one/gone.yaml".to_owned()].as_slice(), 2));
}

#[test]
fn a_folder_without_capabilities_is_an_error() {
    let error = report(&folder(&[("a.yaml", "openapi: 3.1.0\n")]), None).expect_err("there is nothing to compile");
    assert!(error.to_string().starts_with("there are no capability files in "), "{error}");
}

#[test]
fn imports_are_followed_and_their_mistakes_count() {
    let today =
        "ikanos: 1.0.0-beta5\ncapability:\n  consumes:\n    - { from: ./shared/weather.yaml, import: weather }\n";
    let weather = "ikanos: 1.0.0-beta5\nconsumes:\n  - type: http\n    namespace: weather\n    \
                   baseUri: https://weather.example.org\n    resources:\n      \
                   forecasts: { path: /forecasts, operations: { forecast: { method: GET } } }\n";
    let folder = folder(&[("one/today.yaml", today), ("one/shared/weather.yaml", weather)]);
    assert_eq!(report(&folder, None).expect("the task does its work").failed(), 0);

    let wrong = weather.replace("GET", "GTE");
    fs::write(folder.path().join("corpus/one/shared/weather.yaml"), wrong).expect("the file is written");
    let report = report(&folder, None).expect("the task does its work");
    let today = report.capabilities.iter().find(|outcome| outcome.file == "one/today.yaml").expect("it is found");
    assert_eq!(today.errors.get("CAP0106"), Some(&1));
    assert!(today.problems[0].contains("shared/weather.yaml:"), "{:?}", today.problems);
}

#[test]
fn a_file_is_joined_with_the_document_that_has_most_of_its_operations() {
    let folder = folder(&[("one/good.yaml", GOOD)]);
    let document = |name: &str, paths: &str| {
        let path = folder.path().join("documents").join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder is made");
        let text = format!("openapi: 3.1.0\ninfo: {{ title: Shelf, version: '1' }}\npaths: {{ {paths} }}\n");
        fs::write(path, text).expect("the file is written");
    };
    document("one/other.yaml", "/planes: { get: { responses: {} } }");
    document("one/list.yaml", "/books: { get: { responses: {} } }");
    document("two/all.yaml", "/books: { get: { responses: {} } }");
    let join = |folder| report(folder, None).expect("the task does its work").capabilities.remove(0).join;
    let list = join(&folder).expect("it is joined");
    assert_eq!(list.document, "one/list.yaml");

    document(
        "one/list.yaml",
        "/books: { get: { parameters: [{ name: limit, in: query, schema: { type: object } }], responses: {} } }",
    );
    let list = join(&folder).expect("it is joined");
    assert_eq!((list.document.as_str(), list.contradictions.is_empty()), ("one/list.yaml", false));
}
