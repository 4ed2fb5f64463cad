//! `corpus --capabilities`: every capability file of some folders, compiled and checked by rustc, or failing as expected.

mod compile;
mod expectations;
mod flattened;
mod join;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use serde::Serialize;

pub use self::expectations::{ExpectationError, Expectations};
use self::join::Documents;
pub use self::join::JoinOutcome;
use super::find::{self, Found};
use super::outputs::Output;
use super::progress::Progress;
use super::workspace::Workspace;
use super::{Arguments, CorpusError, Generated, parallel};

/// The keys by which capability files are recognised.
const KEYS: &[&str] = &["naftiko", "ikanos", "capability"];

/// The features of the runtime that capabilities need: with one missing, the surfaces that it gates would pass unseen.
const FEATURES: &[&str] =
    &["client", "rest", "mcp", "skill", "control", "patterns", "formats", "yaml", "opentelemetry"];

/// What became of a capability file.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// The path of the file in the folder that the command line names.
    pub file: String,
    /// How often each error was found, by its code.
    pub errors: BTreeMap<&'static str, usize>,
    /// How often each lint was found, by its code.
    pub lints: BTreeMap<&'static str, usize>,
    /// Whether there is output.
    pub generated: bool,
    /// Whether rustc accepts the output without a warning; null: it was not asked.
    pub checked: Option<bool>,
    /// Why the file is expected to fail; null: it is not.
    pub expected: Option<String>,
    /// The join with the document that has most of its operations; null: there is none, or the file has errors of its own.
    pub join: Option<JoinOutcome>,
    /// Bytes of the output.
    pub bytes: usize,
    /// What is wrong, as text for people. Empty: nothing, or what is expected.
    pub problems: Vec<String>,
}

impl Outcome {
    /// The folder that the file is in, which is named after the provider of the API.
    fn provider(&self) -> &str {
        self.file.split_once('/').map_or(".", |(provider, _)| provider)
    }
}

impl Generated for Outcome {
    fn output(&self) -> Option<usize> {
        self.generated.then_some(self.bytes)
    }

    fn verdict(&mut self) -> (&mut Option<bool>, &mut Vec<String>) {
        (&mut self.checked, &mut self.problems)
    }
}

/// What became of all files.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Each file, in the order of the folders on the command line and of the paths.
    pub capabilities: Vec<Outcome>,
    /// Expectations of files that do not exist.
    pub unused: Vec<String>,
}

impl Report {
    fn failed(&self) -> usize {
        self.capabilities.iter().filter(|outcome| !outcome.problems.is_empty()).count() + self.unused.len()
    }
}

/// Compiles the files, prints what is wrong with them and the tables, and writes the report.
pub(super) fn capabilities(arguments: &Arguments, output: &mut impl Write) -> Result<(), CorpusError> {
    let report = run(arguments, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus"))?;
    let outcomes = report.capabilities.iter();
    super::tell(outcomes.map(|outcome| (outcome.file.as_str(), outcome.problems.as_slice())), output)?;
    for file in &report.unused {
        writeln!(output, "== {file}\nit is expected to fail, but there is no such file\n")?;
    }
    write!(output, "{}", table::table(&report))?;
    if let Some(path) = &arguments.report {
        super::write_json(path, &report)?;
    }
    match report.failed() {
        0 => Ok(()),
        failed => Err(CorpusError::Failed { failed, files: report.capabilities.len() }),
    }
}

/// Hands over what is generated from each file: see [`outputs`](super::outputs).
pub(super) fn outputs_of_capabilities(arguments: &Arguments, each: &mut dyn FnMut(Output)) -> Result<(), CorpusError> {
    let documents = arguments.join.as_deref().map_or_else(|| Ok(Documents::default()), Documents::find)?;
    let files = find::find(&arguments.places, KEYS)?;
    if files.is_empty() {
        return Err(CorpusError::NoCapabilities { places: arguments.places.clone() });
    }
    for file in &files {
        let mut outcome = Outcome { file: file.path.clone(), ..Outcome::default() };
        if let Some(items) = compile::read(file, &documents, compile::text(file)?, &mut outcome) {
            each(Output::new(&file.path, items));
        }
    }
    Ok(())
}

/// The report, without printing it. `folder` is where the crates go that rustc checks.
fn run(arguments: &Arguments, folder: &Path) -> Result<Report, CorpusError> {
    let expectations = match &arguments.expect {
        Some(path) => Expectations::read(path)?,
        None => Expectations::default(),
    };
    let documents = arguments.join.as_deref().map_or_else(|| Ok(Documents::default()), Documents::find)?;
    let files = find::find(&arguments.places, KEYS)?;
    if files.is_empty() {
        return Err(CorpusError::NoCapabilities { places: arguments.places.clone() });
    }
    let workspace = Workspace {
        folder: folder.join("capabilities"),
        target: folder.join("capabilities-target"),
        root: super::root()?,
        features: FEATURES.to_vec(),
    };
    let kept: BTreeSet<&str> = files.iter().map(|file| file.module.as_str()).collect();
    let modules = arguments.check.then(|| workspace.prepare(&kept)).transpose()?;
    let progress = Progress::new("compiling", files.len());
    let compile = |file: &Found| compile::compile(file, &documents, modules.as_deref());
    let outcomes = parallel::each(&files, arguments.jobs, &progress, |file| file.bytes, compile);
    drop(progress);
    let mut outcomes = outcomes.into_iter().collect::<Result<Vec<Outcome>, CorpusError>>()?;
    if arguments.check {
        super::check(&workspace, &files, &mut outcomes, arguments)?;
    }
    for outcome in &mut outcomes {
        expectations.judge(outcome);
    }
    let unused = expectations.of_none(outcomes.iter().map(|outcome| outcome.file.as_str()));
    Ok(Report { capabilities: outcomes, unused })
}
