//! A capability file to Rust.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use capsmith_codegen::diagnostic::{Code, Diagnostic, Style};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Compiled, FileKind, Options, Surroundings, compile_in};
use proc_macro2::TokenStream;

use super::Outcome;
use super::flattened::Flattened;
use super::join::Documents;
use crate::corpus::CorpusError;
use crate::corpus::find::Found;
use crate::corpus::generate::write_if_changed;
use crate::corpus::parallel::panic_message;
use crate::find::Folder;

/// Compiles a file, and joins it with one of the documents. Only what is said about it is kept; the output goes to
/// `folder`, if anywhere.
pub(super) fn compile(file: &Found, documents: &Documents, folder: Option<&Path>) -> Result<Outcome, CorpusError> {
    let mut outcome = Outcome { file: file.path.clone(), ..Outcome::default() };
    let text = text(file)?;
    let work = || Some(read(file, documents, text, &mut outcome)?.to_string());
    let text = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(text) => text,
        Err(payload) => {
            outcome.problems.push(format!("the compiler panicked: {}\n", panic_message(payload.as_ref())));
            None
        }
    };
    if let Some(text) = text {
        outcome.generated = true;
        outcome.bytes = text.len();
        if let Some(folder) = folder {
            let path = folder.join(format!("{}.rs", file.module));
            write_if_changed(&path, &text).map_err(|source| CorpusError::File { path, source })?;
        }
    }
    Ok(outcome)
}

/// The text of a file.
pub(super) fn text(file: &Found) -> Result<String, CorpusError> {
    let path = file.file();
    std::fs::read_to_string(&path).map_err(|source| CorpusError::File { path, source })
}

/// The output, which is that of the join where there is one, or nothing where there are errors.
pub(super) fn read(file: &Found, documents: &Documents, text: String, outcome: &mut Outcome) -> Option<TokenStream> {
    let kind = FileKind::of(&text);
    let source = Source::new(file.path.as_str(), text);
    let files = Flattened::new(Folder(&file.folder), &file.path);
    let around = Surroundings::new(&files, &files.path);
    let compiled: Compiled = compile_in(&source, &around, &Options::default());
    let own = compiled.failures().map(|failure| (&source, failure));
    let mut failures: Vec<_> = own.chain(compiled.other_failures()).collect();
    if kind == Some(FileKind::Parts) {
        // Nothing is to come out of what only others import.
        failures.retain(|(_, failure)| failure.code != Code::NothingToCompile);
    }
    outcome.errors = counts(failures.iter().map(|(_, failure)| *failure));
    outcome.lints = counts(compiled.warnings().chain(compiled.other_warnings().map(|(_, warning)| warning)));
    outcome.problems.extend(failures.iter().map(|(source, failure)| failure.render(source, Style::Plain)));
    if !outcome.errors.is_empty() {
        return None;
    }
    let joined = documents.join(&around, outcome.provider(), &source);
    let (join, joined) = joined.unzip();
    outcome.join = join;
    match joined.and_then(|joined| joined.items).or(compiled.items) {
        Some(items) => Some(items),
        None if kind == Some(FileKind::Parts) => None,
        None => {
            outcome.problems.push("there is neither output nor an error\n".to_owned());
            None
        }
    }
}

pub(super) fn counts<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    counts
}
