//! Binds of the environment and of files.

use super::*;
use crate::ir::{BindFile, BindKey};

const LOCATION: (&str, &str) =
    ("  - namespace: env\n", "  - namespace: env\n    location: file:///./secrets/shelf.yaml\n");

#[test]
fn a_file_is_named_with_the_variables_that_are_taken_over_it() {
    let text = edited(&[LOCATION, ("SHELF_TOKEN: SHELF_TOKEN", "SHELF_TOKEN: shelf token=x")]);
    let capability = capability(&text);
    let expected = BindFile { path: "./secrets/shelf.yaml".to_owned(), variable: "ENV_FILE".to_owned() };
    assert_eq!(capability.bind_files, [expected]);
    let bind = &capability.binds[0];
    assert_eq!(bind.source_key, "ENV_SHELF_TOKEN");
    assert_eq!(bind.file, Some(BindKey { file: 0, key: "shelf token=x".to_owned() }));
}

#[test]
fn a_file_that_nothing_refers_to_is_not_read() {
    let other =
        "capability:\n  binds:\n    - namespace: other\n      location: file:///./o.json\n      keys: { A: a }\n";
    assert_eq!(capability(&edited(&[("capability:\n", other)])).bind_files, []);
}

#[test]
fn one_key_of_one_file_in_two_binds_is_no_ambiguity() {
    let other = |location: &str| {
        let other = format!(
            "  - namespace: other\n    location: {location}\n    keys: {{ SHELF_TOKEN: SHELF_TOKEN }}\ncapability:\n"
        );
        edited(&[LOCATION, ("{{env.", "{{"), ("capability:\n", &other)])
    };
    assert_eq!(capability(&other("file://./secrets/shelf.yaml")).binds.len(), 1);
    let ambiguous = message(&other("file:///./secrets/other.yaml"), Code::AmbiguousVariable);
    assert!(ambiguous.contains("`env.SHELF_TOKEN`, `other.SHELF_TOKEN`"), "{ambiguous}");
}

#[test]
fn a_refused_location_leaves_its_variables_declared() {
    let text = edited(&[("  - namespace: env\n", "  - namespace: env\n    location: k8s://secret\n")]);
    let analysis = analysis(&text);
    assert_eq!(analysis.diagnostics.len(), 1, "{:#?}", analysis.diagnostics);
    let message = message(&text, Code::UnusableLocation);
    assert!(message.contains("the scheme `k8s`"), "{message}");
}

#[test]
fn variables_of_files_that_something_else_is_read_from_are_refused() {
    let text = edited(&[
        LOCATION,
        ("  - namespace: env\n", "  - namespace: shelf\n"),
        ("SHELF_TOKEN: SHELF_TOKEN", "BASE_URL: token"),
        ("{{env.SHELF_TOKEN}}", "{{BASE_URL}}"),
        ("      namespace: shelf\n", "      namespace: Shelf\n"),
    ]);
    let message = message(&text.replace("call: shelf.", "call: Shelf."), Code::VariableClash);
    assert!(message.contains("`SHELF_BASE_URL`"), "{message}");
}
