//! The task on small folders of our own documents.

use std::fs;
use std::num::NonZero;
use std::path::PathBuf;

use tempfile::TempDir;

use super::progress::Progress;
use super::workspace::{Module, Workspace};
use super::{Arguments, CorpusError, Report, check, run};

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
    assert!(matches!(run(&arguments(&folder, &[]), &target), Err(CorpusError::NoDocuments { .. })));
}

/// A document of two files, with an operation that has an identifier and one that has none.
const SPREAD: [(&str, &str); 2] = [
    (
        "spread/root.yaml",
        "openapi: 3.1.0\ninfo: { title: Spread, version: '1' }\npaths:\n  /notes:\n    $ref: parts/notes.yaml\n  /now:\n    get:\n      \
         operationId: now\n      responses: { '204': { description: Nothing } }\n",
    ),
    (
        "spread/parts/notes.yaml",
        "post:\n  requestBody:\n    content:\n      application/json:\n        schema: { type: object, properties: { text: { type: string } } }\n  \
         responses:\n    '201':\n      description: Made\n      content:\n        application/json:\n          schema: { type: object, \
         required: [id], properties: { id: { type: integer } } }\n",
    ),
];

#[test]
fn a_bad_document_fails_alone() {
    let mut files = vec![("bad.yaml", "openapi: 3.1.0\ninfo: { title: [\n"), ("small.yaml", SMALL)];
    files.extend(SPREAD);
    let folder = folder(&files);
    let report = report(&folder, &["--check"]);
    let told: Vec<_> =
        report.documents.iter().map(|outcome| (outcome.emitted, outcome.declared, outcome.checked)).collect();
    assert_eq!(told, [(None, None, None), (Some(1), Some(1), Some(true)), (Some(2), Some(2), Some(true))]);
    assert_eq!((report.totals.failed, report.totals.generated, report.totals.checked), (1, 2, 2));
    assert_eq!(report.documents[2].lints.get("CAP1301"), Some(&1), "{:?}", report.documents[2].lints);
    assert!(report.table().contains("3/3"));
}

#[test]
fn references_to_other_hosts_are_refused_on_demand() {
    let text = SMALL.replace("description: A", "$ref: 'https://example.com/responses.yaml#/A'");
    let folder = folder(&[("remote.yaml", &text)]);
    assert_eq!(report(&folder, &[]).totals.failed, 0);
    let refused = report(&folder, &["--remote-references", "refuse"]);
    assert!(refused.documents[0].problems[0].contains("CAP1101"), "{:?}", refused.documents[0].problems);
}

#[test]
fn rustc_s_mistakes_belong_to_their_module() {
    let folder = tempfile::tempdir().expect("a folder is made");
    // A runtime with nothing in it is soon built.
    let manifest =
        "[package]\nname = \"capsmith\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]\nclient = []\n";
    let root = folder.path().join("runtime");
    fs::create_dir_all(root.join("src")).expect("the folder is made");
    for (name, text) in [("Cargo.toml", manifest), ("Cargo.lock", "version = 4\n"), ("src/lib.rs", "")] {
        fs::write(root.join(name), text).expect("the file is written");
    }
    let workspace = Workspace {
        folder: folder.path().join("workspace"),
        target: folder.path().join("target"),
        root,
        features: vec!["client"],
    };
    let texts = [
        ("good", "/// G.\npub fn good() {}\n"),
        ("type_error", "pub fn bad() -> u8 { \"\" }\n"),
        ("warning", "pub fn odd() { let unused = 1; }\n"),
        ("syntax", "pub fn {\n"),
        ("fine", "pub use super::good::good;\n"),
    ];
    let modules = workspace.prepare(&texts.iter().map(|(name, _)| *name).collect()).expect("the folder is made");
    for (name, text) in texts {
        fs::write(modules.join(format!("{name}.rs")), text).expect("the file is written");
    }
    // One crate for all, so that the mistakes are in each other's way.
    let modules = texts.map(|(name, text)| Module { name: name.to_owned(), bytes: text.len() });
    let verdicts = check::check(&workspace, modules.into(), NonZero::<usize>::MIN, &Progress::new("checking", 5))
        .expect("cargo runs");
    let failed: Vec<&str> =
        verdicts.iter().filter(|(_, mistakes)| !mistakes.is_empty()).map(|(name, _)| name.as_str()).collect();
    assert_eq!(failed, ["syntax", "type_error", "warning"]);
    assert!(verdicts["type_error"][0].contains("mismatched types"), "{:?}", verdicts["type_error"]);
    assert_eq!(verdicts.len(), 5);
}
