//! The tasks as they are called: what they print, and how they end.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses: { '200': { description: A } }\n";
const BAD: &str = "openapi: 4.0.0\ninfo: {}\n";

fn xtask(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().expect("it runs")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("the file is written");
    }
    folder
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_corpus_without_faults_is_a_table_and_nothing_else() {
    let folder = folder(&[("good.yaml", GOOD)]);
    let output = xtask(&["corpus", "."], folder.path());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // Standard error is no terminal here, so there is no bar either.
    assert_eq!(text(&output.stderr), "");
    let table = text(&output.stdout);
    assert_eq!(table.lines().count(), 3, "{table}");
    for column in ["operations", "served", "generated", "warnings", "checked", "time", "lines", "bytes"] {
        assert!(table.starts_with("document") && table.contains(column), "{table}");
    }
}

#[test]
fn a_document_that_fails_is_told_in_the_output_the_report_and_the_status() {
    let folder = folder(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let output = xtask(&["corpus", ".", "--surface", "client", "--report", "report.json"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text(&output.stderr), "error: 1 of 2 files failed\n");
    let told = text(&output.stdout);
    assert!(told.starts_with("== ./bad.yaml\n") && told.contains("--> bad.yaml:1:10"), "{told}");
    let report = fs::read_to_string(folder.path().join("report.json")).expect("it is written");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["totals"]["failed"], 1);
    assert_eq!(report["documents"][0]["generated"], false);
    assert_eq!(report["documents"][1]["declared"], report["documents"][1]["emitted"]);
    let page = include_str!("../../docs/corpus.md");
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let example: Value = serde_json::from_str(example).expect("JSON");
    assert_eq!(keys(&report), keys(&example));
    assert_eq!(keys(&report["totals"]), keys(&example["totals"]));
    assert_eq!(keys(&report["documents"][0]), keys(&example["documents"][0]));
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

#[test]
fn places_without_documents_are_named() {
    let folder = folder(&[]);
    let output = xtask(&["corpus", "absent"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("error: `absent`: "), "{output:?}");
    let output = xtask(&["corpus", "."], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "error: there are no OpenAPI documents in `.`\n");
}

#[test]
fn command_lines_that_are_wrong_end_with_the_usage() {
    let folder = folder(&[]);
    for arguments in [&["corpus"][..], &["corpus", ".", "--surface", "soap"], &["regen", "--chek"], &["rigen"], &[]] {
        let output = xtask(arguments, folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("Usage: cargo xtask <task>"), "{arguments:?}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
    }
    for (arguments, reason) in [
        (&["rigen"][..], "there is no task `rigen`"),
        (&["regen", "--chek"], "`--chek` is no argument of this task"),
        (&["regen", "--check", "all"], "`all` is no argument of this task"),
    ] {
        let output = xtask(arguments, folder.path());
        assert!(text(&output.stderr).starts_with(&format!("error: {reason}\n")), "{output:?}");
    }
    for arguments in [&["help"][..], &["--help"], &["lint", "--help"], &["bench", "-h"]] {
        let help = xtask(arguments, folder.path());
        assert_eq!(help.status.code(), Some(0), "{arguments:?}");
        assert!(text(&help.stdout).starts_with("Usage: cargo xtask <task>"), "{arguments:?}");
    }
}

#[test]
fn diagnostics_are_explained() {
    let folder = folder(&[]);
    let output = xtask(&["explain", "CAP0999", "cap0301"], folder.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(text(&output.stderr).starts_with("error: there is no diagnostic `CAP0999`"), "{output:?}");
    let output = xtask(&["explain", "cap0301"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(text(&output.stdout).starts_with("CAP0301 (error): "), "{output:?}");
}

#[test]
fn files_are_linted() {
    let folder = folder(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let output = xtask(&["lint", "."], folder.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(text(&output.stderr), "error: 1 of 2 files failed\n");
    assert!(text(&output.stdout).starts_with("error: OpenAPI 4.0.0 is not supported [CAP1002]"), "{output:?}");
    let output = xtask(&["lint", "good.yaml"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let output = xtask(&["lint"], folder.path());
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("no folder or file is named"), "{output:?}");
}
