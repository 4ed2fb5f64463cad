//! `corpus`: every OpenAPI document of some folders, compiled, counted, and checked by rustc.
//!
//! Documents are found by their content. Each is compiled as a user's would be, within the folder that the command line names: that is how
//! far its references may lead. What makes a document fail is an error of the compiler, a panic of it, an operation that a surface does not have, and, with
//! `--check`, whatever rustc would tell about the output, warnings included.

mod arguments;
mod check;
mod count;
mod emitted;
mod find;
mod generate;
mod messages;
mod progress;
mod report;
mod workspace;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use self::arguments::{ArgumentError, Arguments};
pub use self::check::CheckError;
pub use self::report::{Outcome, Report, Totals};

use self::find::Found;
use self::generate::Generation;
use self::progress::Progress;
use self::workspace::{Module, Workspace};
use crate::find::FileError;

/// Why the task failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A folder or file cannot be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No file of the folders is an OpenAPI document.
    #[error("there are no OpenAPI documents in {}", list(places))]
    NoDocuments {
        /// The folders.
        places: Vec<PathBuf>,
    },
    /// A folder cannot be searched.
    #[error(transparent)]
    Search(#[from] FileError),
    /// rustc could not be asked.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The table cannot be printed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
    /// Documents failed; what is wrong with each has been printed.
    #[error("{failed} of {documents} documents failed")]
    Failed {
        /// How many failed.
        failed: usize,
        /// How many there are.
        documents: usize,
    },
}

fn list(places: &[PathBuf]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("`{}`", place.display())).collect();
    places.join(", ")
}

/// Does what the arguments say, prints what is wrong with documents and a table, and writes the report.
///
/// # Errors
///
/// [`CorpusError::Failed`] where a document fails, after everything has been printed, and whatever keeps the task from its work.
pub fn corpus(arguments: &Arguments, output: &mut impl Write) -> Result<(), CorpusError> {
    let report = run(arguments, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"))?;
    for outcome in report.documents.iter().filter(|outcome| !outcome.problems.is_empty()) {
        writeln!(output, "== {}", outcome.document)?;
        for problem in &outcome.problems {
            writeln!(output, "{}\n", problem.trim_end())?;
        }
    }
    write!(output, "{}", report.table())?;
    if let Some(path) = &arguments.report {
        let file = |source| CorpusError::File { path: path.clone(), source };
        let mut text = serde_json::to_string_pretty(&report).map_err(|error| file(error.into()))?;
        text.push('\n');
        std::fs::write(path, text).map_err(file)?;
    }
    match report.totals.failed {
        0 => Ok(()),
        failed => Err(CorpusError::Failed { failed, documents: report.totals.documents }),
    }
}

/// The report, without printing it. `folder` is where the crates go that rustc checks.
fn run(arguments: &Arguments, folder: &Path) -> Result<Report, CorpusError> {
    let documents = find::find(&arguments.places)?;
    if documents.is_empty() {
        return Err(CorpusError::NoDocuments { places: arguments.places.clone() });
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = root.canonicalize().map_err(|source| CorpusError::File { path: root, source })?;
    let workspace = Workspace {
        folder: folder.join("workspace"),
        target: folder.join("target"),
        root,
        features: workspace::features(arguments.surfaces),
    };
    let modules = if arguments.check {
        let kept: BTreeSet<&str> = documents.iter().map(|document| document.module.as_str()).collect();
        Some(workspace.prepare(&kept)?)
    } else {
        None
    };
    let started = Instant::now();
    let progress = Progress::new("generating", documents.len());
    let generation = Generation {
        remote_references: arguments.remote_references,
        surfaces: arguments.surfaces,
        folder: modules.as_deref(),
        jobs: arguments.jobs,
    };
    let mut outcomes = generation.run(&documents, &progress)?;
    drop(progress);
    let generate_seconds = started.elapsed().as_secs_f64();
    let started = Instant::now();
    if arguments.check {
        check(&workspace, &documents, &mut outcomes, arguments)?;
    }
    let check_seconds = if arguments.check { started.elapsed().as_secs_f64() } else { 0.0 };
    Ok(Report::new(outcomes, generate_seconds, check_seconds))
}

/// Asks rustc about what was generated, and adds to the outcomes what it says.
fn check(
    workspace: &Workspace,
    documents: &[Found],
    outcomes: &mut [Outcome],
    arguments: &Arguments,
) -> Result<(), CorpusError> {
    let generated = documents.iter().zip(outcomes.iter()).filter(|(_, outcome)| outcome.generated);
    let modules: Vec<Module> =
        generated.map(|(document, outcome)| Module { name: document.module.clone(), bytes: outcome.bytes }).collect();
    let progress = Progress::new("checking", modules.len());
    let verdicts = check::check(workspace, modules, arguments.jobs, &progress)?;
    for (document, outcome) in documents.iter().zip(outcomes) {
        if let Some(mistakes) = verdicts.get(&document.module) {
            outcome.checked = Some(mistakes.is_empty());
            outcome.problems.extend(mistakes.iter().cloned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
