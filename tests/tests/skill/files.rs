//! The files of skills.

use std::fs;
use std::io::{Cursor, Read as _};

use capsmith_tests::http1::get;
use serde_json::json;
use tempfile::TempDir;
use zip::ZipArchive;

use super::service::{Skills, listen};

const RULES: &str = "# Rules\n\nThree books, four weeks.\n";

/// A root with the folder of the skill `lending`.
pub(crate) fn folder() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let lending = root.path().join("opt/skills/lending");
    fs::create_dir_all(lending.join("guides")).expect("folders");
    for (path, text) in [
        ("guides/rules of lending.md", RULES),
        ("guides/form.html", "<script>alert(1)</script>"),
        (".env", "SECRET=1"),
        ("../../../secret.md", "secret"),
    ] {
        fs::write(lending.join(path), text).expect("a file");
    }
    root
}

#[tokio::test]
async fn files_are_listed_and_given_as_they_are() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    let contents = get(skills.address, "/skills/lending/contents").await.json();
    let markdown = get(skills.address, "/skills/lending/contents/SKILL.md").await;
    let expected = json!({
        "name": "lending",
        "files": [
            {"path": "SKILL.md", "size": markdown.body.len(), "type": "text/markdown"},
            {"path": "guides/form.html", "size": "<script>alert(1)</script>".len(), "type": "text/html"},
            {"path": "guides/rules of lending.md", "size": RULES.len(), "type": "text/markdown"},
        ],
    });
    assert_eq!(contents, expected);
    let rules = get(skills.address, "/skills/lending/contents/guides/rules%20of%20lending.md").await;
    assert_eq!(
        (rules.status.as_u16(), rules.header("content-type")),
        (200, "text/markdown; charset=utf-8"),
        "{rules:?}"
    );
    assert_eq!(rules.text(), RULES);
    // A browser that shows a file runs nothing in it.
    let form = get(skills.address, "/skills/lending/contents/guides/form.html").await;
    assert_eq!(form.header("x-content-type-options"), "nosniff");
    assert!(form.header("content-security-policy").contains("sandbox"), "{form:?}");
}

#[tokio::test]
async fn paths_do_not_leave_the_folder() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    for path in
        ["../../../secret.md", "..%2f..%2f..%2fsecret.md", "guides/%2e%2e/%2e%2e/x", ".env", "guides%5c..%5c.env"]
    {
        let answer = get(skills.address, &format!("/skills/lending/contents/{path}")).await;
        assert_eq!(answer.problem()["status"], 400, "{path}: {answer:?}");
    }
    for path in ["guides", "missing.md"] {
        let answer = get(skills.address, &format!("/skills/lending/contents/{path}")).await;
        assert_eq!(answer.problem()["status"], 404, "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn a_skill_without_files_has_the_one_that_says_what_it_is() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    let answer = get(skills.address, "/skills/searching/contents/SKILL.md").await;
    let expected = r#"---
name: "searching"
description: "Find books: by title, by author, \"by heart\"."
license: "Apache-2.0"
compatibility: "Any agent"
allowed-tools: "find-books"
argument-hint: "A title"
user-invocable: false
disable-model-invocation: true
metadata:
  "audience": "readers"
  "level": "1"
---

# searching

Find books: by title, by author, "by heart".

## Tools

- `find-books`: Finds books. It is `find-books` of the mcp surface `library-tools`.
- `browse`: Lists books. It is `list-books` of the rest surface `library-rest`.
"#;
    assert_eq!(answer.text(), expected);
    let contents = get(skills.address, "/skills/searching/contents").await.json();
    assert_eq!(contents["files"].as_array().map(Vec::len), Some(1), "{contents}");
}

#[tokio::test]
async fn an_archive_has_all_files_and_is_the_same_every_time() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    let answer = get(skills.address, "/skills/lending/download").await;
    assert_eq!(answer.header("content-type"), "application/zip", "{answer:?}");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"lending.zip\"");
    let mut archive = ZipArchive::new(Cursor::new(answer.body.clone())).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["SKILL.md", "guides/form.html", "guides/rules of lending.md"]);
    let mut text = String::new();
    archive.by_name("guides/rules of lending.md").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, RULES);

    fs::write(root.path().join("opt/skills/lending/guides/form.html"), "<script>alert(1)</script>").unwrap();
    assert_eq!(get(skills.address, "/skills/lending/download").await.body, answer.body);
    // A file of its own takes the place of the one that is made.
    fs::write(root.path().join("opt/skills/lending/SKILL.md"), "---\nname: lending\n---\n").unwrap();
    let own = get(skills.address, "/skills/lending/contents/SKILL.md").await;
    assert_eq!(own.text(), "---\nname: lending\n---\n");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_an_error_at_start() {
    let root = tempfile::tempdir().expect("a folder");
    let error = listen(root.path()).await.expect_err("no folder").to_string();
    assert!(error.contains("`library-skills`: the folder "), "{error}");
    assert!(error.contains("opt/skills/lending"), "{error}");
}
