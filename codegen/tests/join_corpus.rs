//! Capabilities of others with the OpenAPI documents of their upstreams, where both are at hand.

use std::fs;
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Severity, Style};
use capsmith_codegen::openapi::{LoadError, Loader};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Compiled, Join, Options, Surroundings, compile, compile_in};

/// Providers whose capabilities have a document beside them.
const PROVIDERS: [&str; 3] = ["planetscale", "prisma", "qovery"];

struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        fs::read_to_string(self.0.join(path)).map_err(|_| LoadError::NotFound)
    }
}

/// The folder beside the workspace with files of others, which are no part of it.
fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let folder = workspace.parent()?.join("shared/corpus/naftiko");
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn joined(source: &Source, document: &Path, unmatched: Vec<String>) -> Compiled {
    let folder = Folder(document.parent().unwrap().to_owned());
    let mut join = Join::new(&folder, document.file_name().unwrap().to_str().unwrap());
    join.unmatched = unmatched;
    compile_in(source, &Surroundings::default().joined(&join), &Options::default())
}

/// The codes of what keeps a capability from being joined.
fn errors(compiled: &Compiled) -> Vec<Code> {
    let errors = compiled.failures().chain(compiled.other_failures().map(|(_, failure)| failure));
    errors.filter(|failure| failure.severity == Severity::Error).map(|failure| failure.code).collect()
}

/// The operations that the document lacks, which stay untyped.
fn gaps(compiled: &Compiled) -> usize {
    compiled.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UndocumentedOperation).count()
}

/// What became of the capabilities.
#[derive(Default)]
struct Outcome {
    joined: usize,
    /// Capabilities whose upstream has no document: none of their operations is in any.
    others: Vec<String>,
    /// Operations without types in capabilities that are joined, and what is near to an operation, but is not the same.
    remarks: Vec<String>,
    failed: Vec<String>,
}

impl Outcome {
    fn add(&mut self, source: &Source, documents: &[PathBuf], operations: &[String]) {
        let mut all: Vec<Compiled> = Vec::new();
        for document in documents {
            all.push(joined(source, document, Vec::new()));
            if all.last().is_some_and(|compiled| errors(compiled).is_empty() && gaps(compiled) == 0) {
                self.joined += 1;
                return;
            }
        }
        // The document that says most about the capability.
        let rank = |(_, compiled): &(usize, &Compiled)| {
            let errors = errors(compiled);
            (errors.contains(&Code::UnrelatedDocument), errors.len(), gaps(compiled))
        };
        let Some((document, best)) = all.iter().enumerate().min_by_key(rank) else { return };
        let found = errors(best);
        if found.contains(&Code::UnrelatedDocument) {
            self.others.push(source.name.clone());
        } else {
            self.joined += 1;
            self.remarks.extend(
                best.diagnostics
                    .iter()
                    .filter(|remark| is_gap(remark.code))
                    .map(|remark| format!("{}: {}", source.name, remark.message)),
            );
        }
        // Whatever the document lacks, the capability compiles when that is said.
        let best = if found.is_empty() { best } else { &joined(source, &documents[document], operations.to_vec()) };
        let errors = best.failures().filter(|failure| failure.severity == Severity::Error);
        self.failed.extend(errors.map(|error| error.render(source, Style::Plain)));
        self.failed.extend(best.other_failures().map(|(source, error)| error.render(source, Style::Plain)));
    }
}

fn is_gap(code: Code) -> bool {
    matches!(code, Code::UndocumentedOperation | Code::UnmatchedOperation)
}

#[test]
fn capabilities_compile_with_the_documents_of_their_upstreams() {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside the workspace");
        return;
    };
    let mut outcome = Outcome::default();
    for provider in PROVIDERS {
        let documents = files(&corpus.join("_openapi").join(provider));
        for path in files(&corpus.join(provider)) {
            let source = Source::new(path.display().to_string(), fs::read_to_string(&path).unwrap());
            // What is an error alone, such as an import, is none of the join.
            let Some(capability) = compile(&source, &Options::default()).capability else { continue };
            let operations: Vec<String> = capability.operations.into_iter().map(|operation| operation.name).collect();
            outcome.add(&source, &documents, &operations);
        }
    }
    println!("{} capabilities are joined; of {} the upstream has no document:", outcome.joined, outcome.others.len());
    outcome.others.iter().for_each(|name| println!("  {name}"));
    println!("Operations that the document lacks:");
    outcome.remarks.iter().for_each(|remark| println!("  {remark}"));
    assert!(outcome.failed.is_empty(), "{}", outcome.failed.join("\n\n"));
    assert!(outcome.joined >= 120, "only {} capabilities were joined", outcome.joined);
}
