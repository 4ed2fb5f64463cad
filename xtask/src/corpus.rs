//! `corpus`: every OpenAPI document of some folders, compiled, counted, and checked by rustc; or every capability file.
//!
//! Documents are found by their content. Each is compiled as a user's would be, within the folder that the command line names: that is how
//! far its references may lead. What makes a document fail is an error of the compiler, a panic of it, an operation that a surface does not have, and, with
//! `--check`, whatever rustc would tell about the output, warnings included.

mod arguments;
pub mod capabilities;
mod check;
mod count;
mod emitted;
mod find;
mod generate;
mod messages;
mod outputs;
mod parallel;
mod progress;
mod report;
mod workspace;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use self::arguments::{ArgumentError, Arguments};
pub use self::check::CheckError;
pub use self::outputs::{Output, outputs};
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
    /// No file of the folders is a capability file.
    #[error("there are no capability files in {}", list(places))]
    NoCapabilities {
        /// The folders.
        places: Vec<PathBuf>,
    },
    /// The list of files that are expected to fail cannot be used.
    #[error(transparent)]
    Expectations(#[from] capabilities::ExpectationError),
    /// rustc could not be asked.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The table cannot be printed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
    /// Files failed; what is wrong with each has been printed.
    #[error("{failed} of {files} files failed")]
    Failed {
        /// How many failed.
        failed: usize,
        /// How many there are.
        files: usize,
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
/// [`CorpusError::Failed`] where a file fails, after everything has been printed, and whatever keeps the task from its work.
pub fn corpus(arguments: &Arguments, output: &mut impl Write) -> Result<(), CorpusError> {
    if arguments.capabilities {
        return capabilities::capabilities(arguments, output);
    }
    let report = run(arguments, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"))?;
    tell(report.documents.iter().map(|outcome| (outcome.document.as_str(), outcome.problems.as_slice())), output)?;
    write!(output, "{}", report.table())?;
    if let Some(path) = &arguments.report {
        write_json(path, &report)?;
    }
    match report.totals.failed {
        0 => Ok(()),
        failed => Err(CorpusError::Failed { failed, files: report.totals.documents }),
    }
}

fn write_json(path: &Path, report: &impl serde::Serialize) -> Result<(), CorpusError> {
    let file = |source| CorpusError::File { path: path.to_owned(), source };
    let mut text = serde_json::to_string_pretty(report).map_err(|error| file(error.into()))?;
    text.push('\n');
    std::fs::write(path, text).map_err(file)
}

/// The checkout.
fn root() -> Result<PathBuf, CorpusError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().map_err(|source| CorpusError::File { path: root, source })
}

/// The report, without printing it. `folder` is where the crates go that rustc checks.
fn run(arguments: &Arguments, folder: &Path) -> Result<Report, CorpusError> {
    let documents = find::find(&arguments.places, &["openapi"])?;
    if documents.is_empty() {
        return Err(CorpusError::NoDocuments { places: arguments.places.clone() });
    }
    let workspace = Workspace {
        folder: folder.join("workspace"),
        target: folder.join("target"),
        root: root()?,
        features: crate::runtime::features(arguments.surfaces),
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

/// Prints what is wrong with each file.
fn tell<'o>(
    outcomes: impl Iterator<Item = (&'o str, &'o [String])>,
    output: &mut impl Write,
) -> Result<(), CorpusError> {
    for (file, problems) in outcomes.filter(|(_, problems)| !problems.is_empty()) {
        writeln!(output, "== {file}")?;
        for problem in problems {
            writeln!(output, "{}\n", problem.trim_end())?;
        }
    }
    Ok(())
}

/// What became of a file, as far as rustc has to do with it.
trait Generated {
    /// The bytes of the output; `None`: there is none.
    fn output(&self) -> Option<usize>;

    /// Where it is noted whether rustc accepts the output, and what is wrong.
    fn verdict(&mut self) -> (&mut Option<bool>, &mut Vec<String>);
}

impl Generated for Outcome {
    fn output(&self) -> Option<usize> {
        self.generated.then_some(self.bytes)
    }

    fn verdict(&mut self) -> (&mut Option<bool>, &mut Vec<String>) {
        (&mut self.checked, &mut self.problems)
    }
}

/// Asks rustc about what was generated, and adds to the outcomes what it says.
fn check(
    workspace: &Workspace,
    files: &[Found],
    outcomes: &mut [impl Generated],
    arguments: &Arguments,
) -> Result<(), CorpusError> {
    let module = |(file, outcome): (&Found, &_)| {
        let bytes = Generated::output(outcome)?;
        Some(Module { name: file.module.clone(), bytes })
    };
    let modules: Vec<Module> = files.iter().zip(outcomes.iter()).filter_map(module).collect();
    let progress = Progress::new("checking", modules.len());
    let verdicts = check::check(workspace, modules, arguments.jobs, &progress)?;
    for (file, outcome) in files.iter().zip(outcomes) {
        if let Some(mistakes) = verdicts.get(&file.module) {
            let (checked, problems) = outcome.verdict();
            *checked = Some(mistakes.is_empty());
            problems.extend_from_slice(mistakes);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
