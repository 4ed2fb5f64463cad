//! The page that lists all codes.

use std::fmt::Write as _;

use capsmith_codegen::diagnostic::Code;

use super::{ExplainError, root, word};

/// Where the list stands.
pub(super) const PATH: &str = "docs/diagnostics.md";

/// The stages of the compiler, by the first digits of their codes.
pub(super) const STAGES: &[(&str, &str)] = &[
    ("CAP00", "Text and YAML"),
    ("CAP01", "The shape of a capability file"),
    ("CAP02", "Binds and templates"),
    ("CAP03", "Names and calls"),
    ("CAP04", "Parameters"),
    ("CAP05", "Addresses and routes"),
    ("CAP06", "Steps and outputs"),
    ("CAP07", "Aggregates and imports"),
    ("CAP08", "Formats and bodies"),
    ("CAP09", "Not supported yet"),
    ("CAP10", "OpenAPI: the document"),
    ("CAP11", "OpenAPI: references"),
    ("CAP12", "OpenAPI: schemas"),
    ("CAP13", "OpenAPI: operations"),
    ("CAP14", "OpenAPI: security and servers"),
    ("CAP15", "OpenAPI: settings"),
    ("CAP16", "Joining a capability with an OpenAPI document"),
    ("CAP17", "Security and style"),
];

const INTRODUCTION: &str = "\
# Diagnostics

Every error and every lint has a code, which does not change. An error keeps the file from compiling. A lint does not: the file has
a meaning, but something in it is probably not as it was meant to be. Build scripts print lints as warnings; macros are silent about
them unless they are called with `lints = deny`, which makes errors of them, as `Builder::lints(Lints::Deny)` does in a build script.

Each page has an example and its repair; `cargo xtask explain CODE` prints it together with what the compiler says. The examples
show lines of [`shelf.yaml`](../xtask/src/explain/shelf.yaml) and [`books.yaml`](../xtask/src/explain/books.yaml).
";

/// The list as Markdown.
pub(super) fn list() -> String {
    let mut text = format!("<!-- @generated; to make it again: {} -->\n{INTRODUCTION}", crate::regen::COMMAND);
    for (stage, title) in STAGES {
        let codes: Vec<&Code> = Code::ALL.iter().filter(|code| code.as_str().starts_with(stage)).collect();
        if codes.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## {title}\n\n| Code | | |\n|---|---|---|\n");
        for code in codes {
            let name = code.as_str();
            let _ = writeln!(text, "| [{name}](diagnostics/{name}.md) | {} | {} |", word(*code), code.summary());
        }
    }
    text
}

/// Writes the list, and tells whether it has changed.
///
/// # Errors
///
/// [`ExplainError::File`] where it cannot be written.
pub fn write_list() -> Result<bool, ExplainError> {
    let path = root().join(PATH);
    let text = list();
    if std::fs::read_to_string(&path).is_ok_and(|current| current == text) {
        return Ok(false);
    }
    std::fs::write(&path, text).map_err(|source| ExplainError::File { path, source })?;
    Ok(true)
}

/// Compares the list with what [`write_list`] would write.
///
/// # Errors
///
/// [`ExplainError::StaleList`] where they differ.
pub fn check_list() -> Result<(), ExplainError> {
    match std::fs::read_to_string(root().join(PATH)) {
        Ok(current) if current == list() => Ok(()),
        _ => Err(ExplainError::StaleList),
    }
}
