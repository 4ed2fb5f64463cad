//! Capabilities of others with the OpenAPI documents of their upstreams, where both are at hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Severity, Style};
use capsmith_codegen::openapi::{LoadError, Loader};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Compiled, Join, Options, compile, compile_joined};

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
    compile_joined(source, &join, &Options::default())
}

/// The operations that a document lacks.
fn missing(compiled: &Compiled) -> usize {
    compiled.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::UnmatchedOperation).count()
}

#[test]
fn capabilities_compile_with_the_documents_of_their_upstreams() {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside the workspace");
        return;
    };
    let (mut count, mut failed, mut alone) = (0, Vec::new(), BTreeSet::new());
    for provider in PROVIDERS {
        let documents = files(&corpus.join("_openapi").join(provider));
        for path in files(&corpus.join(provider)) {
            let source = Source::new(path.display().to_string(), fs::read_to_string(&path).unwrap());
            // What is an error alone, such as an import, is none of the join.
            let Some(capability) = compile(&source, &Options::default()).capability else { continue };
            let operations: Vec<String> = capability.operations.into_iter().map(|operation| operation.name).collect();
            let mut all = documents.iter().map(|document| joined(&source, document, Vec::new()));
            let found = all.find(|compiled| missing(compiled) == 0);
            let compiled = found.unwrap_or_else(|| {
                alone.insert(source.name.clone());
                joined(&source, &documents[0], operations.clone())
            });
            count += 1;
            let errors = compiled.failures().filter(|failure| failure.severity == Severity::Error);
            failed.extend(errors.map(|error| error.render(&source, Style::Plain)));
            let errors = compiled.document_failures().map(|(source, error)| error.render(source, Style::Plain));
            failed.extend(errors);
        }
    }
    println!("{count} capabilities; {} of them have operations that no document has:", alone.len());
    for name in &alone {
        println!("  {name}");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert!(count >= 100, "only {count} capabilities were joined");
}
