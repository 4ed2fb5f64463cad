//! The task on small folders of our own documents.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Arguments, CorpusError, Report, run};

const SMALL: &str = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses: { '200': { description: A } }\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }
    folder
}

fn arguments(folder: &TempDir, further: &[&str]) -> Arguments {
    let mut arguments = vec![folder.path().to_str().expect("Unicode")];
    arguments.extend(further);
    Arguments::parse(&arguments).expect("they are right")
}

fn report(folder: &TempDir, further: &[&str]) -> Report {
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/corpus-tests");
    run(&arguments(folder, further), &target).expect("the task does its work")
}

#[test]
fn documents_are_found_and_parts_are_not() {
    let folder = folder(&[
        ("b/root.yaml", SMALL),
        ("a.json", r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {}}"#),
        ("b/parts/item.yaml", "get: {}"),
        ("swagger.json", r#"{"swagger": "2.0"}"#),
        ("notes.txt", "openapi: no"),
        (".hidden/x.yaml", SMALL),
    ]);
    let report = report(&folder, &[]);
    let names: Vec<&str> = report.documents.iter().filter_map(|outcome| outcome.document.rsplit('/').next()).collect();
    assert_eq!(names, ["a.json", "root.yaml"]);
    assert_eq!(report.totals.declared, 1);
    assert_eq!(report.totals.documents, 2);
}

#[test]
fn what_is_wrong_with_a_document_is_told_with_its_place() {
    let folder = folder(&[("bad.yaml", "openapi: 4.0.0\ninfo: {}\n"), ("broken.json", r#"{"openapi": "3.0.0", "#)]);
    let report = report(&folder, &[]);
    assert_eq!((report.totals.failed, report.totals.generated), (2, 0));
    assert!(report.documents[0].problems[0].contains("bad.yaml:1:10"), "{:?}", report.documents[0].problems);
    assert!(report.documents[1].problems[0].contains("broken.json:1:"), "{:?}", report.documents[1].problems);
    assert_eq!(report.documents[1].declared, None);
}

#[test]
fn a_folder_without_documents_is_a_mistake() {
    let folder = folder(&[("a.yaml", "a: 1")]);
    let target = folder.path().join("target");
    assert!(matches!(run(&arguments(&folder, &[]), &target), Err(CorpusError::NoDocuments)));
}
