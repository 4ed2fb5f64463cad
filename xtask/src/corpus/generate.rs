//! Documents to Rust, several at a time.

use std::any::Any;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use capsmith_codegen::diagnostic::Style;
use capsmith_codegen::openapi::{RemoteReferences, Surface, Surfaces};
use capsmith_codegen::{CompiledApi, OpenApiOptions, compile_openapi};

use super::CorpusError;
use super::count;
use super::emitted::Emitted;
use super::find::Found;
use super::progress::Progress;
use super::report::Outcome;
use crate::find::Folder;

/// What stands in the header of the files that rustc checks.
const COMMAND: &str = "cargo xtask corpus";

/// How to generate.
pub(super) struct Generation<'a> {
    /// What is done about references to other hosts.
    pub(super) remote_references: RemoteReferences,
    /// What is generated.
    pub(super) surfaces: Surfaces,
    /// Where the output goes, a file each; `None`: nowhere.
    pub(super) folder: Option<&'a Path>,
    /// How many documents are compiled at a time.
    pub(super) jobs: NonZero<usize>,
}

impl Generation<'_> {
    /// Compiles all documents. The outcomes are in the documents' order.
    pub(super) fn run(&self, documents: &[Found], progress: &Progress) -> Result<Vec<Outcome>, CorpusError> {
        // The largest first: they would be what the end waits for.
        let mut order: Vec<(usize, &Found)> = documents.iter().enumerate().collect();
        order.sort_by_key(|(_, document)| std::cmp::Reverse(document.bytes));
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(documents.len()));
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.get().min(documents.len()) {
                scope.spawn(|| {
                    while let Some((index, document)) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let outcome = self.one(document);
                        progress.advance(1);
                        done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((*index, outcome));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_by_key(|(index, _)| *index);
        done.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Compiles a document. Only what is said about it is kept; the output is on disk, if anywhere.
    fn one(&self, document: &Found) -> Result<Outcome, CorpusError> {
        let mut outcome = Outcome::new(document);
        let started = Instant::now();
        let text = self.compile(document, &mut outcome);
        outcome.seconds = started.elapsed().as_secs_f64();
        outcome.declared = count::operations(&document.file());
        let Some(text) = text else { return Ok(outcome) };
        outcome.generated = true;
        outcome.lines = text.lines().count();
        outcome.bytes = text.len();
        let emitted = Emitted::count(&text);
        outcome.emitted = self.surfaces.has(Surface::Client).then_some(emitted.called);
        outcome.served = self.surfaces.has(Surface::Server).then_some(emitted.served);
        outcome.client_only = emitted.client_only;
        if let Some(declared) = outcome.declared {
            outcome.problems.extend(emitted.missing(declared, self.surfaces));
        }
        if let Some(folder) = self.folder {
            let path = folder.join(format!("{}.rs", document.module));
            write_if_changed(&path, &text).map_err(|source| CorpusError::File { path, source })?;
        }
        Ok(outcome)
    }

    /// The output, or nothing where there are errors.
    fn compile(&self, document: &Found, outcome: &mut Outcome) -> Option<String> {
        let mut options = OpenApiOptions::default();
        options.surfaces = self.surfaces;
        options.read = options.read.remote_references(self.remote_references);
        let loader = Folder(&document.folder);
        let work = || {
            let compiled = compile_openapi(&loader, &document.path, &options);
            (lints(&compiled), errors(&compiled), compiled.render(&document.path, COMMAND))
        };
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok((lints, errors, text)) => {
                outcome.lints = lints;
                if text.is_none() && errors.is_empty() {
                    outcome.problems.push("the output is no Rust\n".to_owned());
                }
                outcome.problems.extend(errors);
                text
            }
            Err(payload) => {
                outcome.problems.push(format!("the compiler panicked: {}\n", panic_message(payload.as_ref())));
                None
            }
        }
    }
}

/// How often each lint was found.
fn lints(compiled: &CompiledApi) -> BTreeMap<&'static str, usize> {
    let mut lints = BTreeMap::new();
    for (_, lint) in compiled.warnings() {
        *lints.entry(lint.code.as_str()).or_default() += 1;
    }
    lints
}

fn errors(compiled: &CompiledApi) -> Vec<String> {
    compiled.failures().map(|(source, failure)| failure.render(source, Style::Plain)).collect()
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or(payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

/// Leaves a file alone that is what it should be, so that cargo does too.
pub(super) fn write_if_changed(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|present| present == text.as_bytes()) { Ok(()) } else { fs::write(path, text) }
}
