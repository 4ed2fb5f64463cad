//! rustc on the output: crates of several documents each, and for every mistake the document that it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::messages::Message;
use super::progress::Progress;
use super::workspace::{Batch, Module, Workspace};

/// Mistakes of a document that are told; one often causes many.
const TOLD: usize = 5;

/// Why rustc could not be asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// A file of the crates cannot be written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Cargo cannot be started, or what it says cannot be read.
    #[error("cannot run cargo: {0}")]
    Cargo(#[from] io::Error),
    /// Something other than a document does not compile.
    #[error("`{0}`, which the output depends on, does not compile")]
    Dependency(String),
    /// Cargo fails for a reason that has nothing to do with any crate; it has said which.
    #[error("cargo cannot build the crates of the output")]
    Setup,
}

/// What rustc thinks of each document, by module: its mistakes, none if it is content.
pub(super) type Verdicts = BTreeMap<String, Vec<String>>;

/// What came of the crates in one run of cargo.
#[derive(Debug, Default)]
struct Round {
    /// Crates that rustc accepts.
    accepted: BTreeSet<String>,
    /// Errors that a document of a crate has, by module.
    mistakes: Verdicts,
    /// Errors that no document can be named for, by crate.
    unplaced: BTreeMap<String, Vec<String>>,
}

/// Checks modules that lie in the workspace.
///
/// A mistake in one module can keep rustc from looking at the others of its crate; so those are checked again without it. Where a mistake
/// cannot be placed, its crate is halved.
pub(super) fn check(
    workspace: &Workspace,
    modules: Vec<Module>,
    jobs: NonZero<usize>,
    progress: &Progress,
) -> Result<Verdicts, CheckError> {
    let mut verdicts = Verdicts::new();
    let mut batches = Batch::balance(modules, jobs);
    while !batches.is_empty() {
        workspace.write(&batches)?;
        let round = cargo(workspace, jobs)?;
        let mut again = Vec::new();
        for (index, batch) in batches.into_iter().enumerate() {
            let name = Batch::crate_name(index);
            let modules = batch.modules.len();
            if round.accepted.contains(&name) {
                verdicts.extend(batch.modules.into_iter().map(|module| (module.name, Vec::new())));
            } else {
                again.extend(judge(batch, &name, &round, &mut verdicts)?);
            }
            let left: usize = again.iter().map(|batch: &Batch| batch.modules.len()).sum();
            progress.advance(modules.saturating_sub(left));
        }
        batches = again;
    }
    Ok(verdicts)
}

/// Decides about the modules of a crate that rustc does not accept. Gives back those about which nothing is known yet.
fn judge(batch: Batch, name: &str, round: &Round, verdicts: &mut Verdicts) -> Result<Vec<Batch>, CheckError> {
    let (bad, rest): (Vec<_>, Vec<_>) =
        batch.modules.into_iter().partition(|module| round.mistakes.contains_key(&module.name));
    if bad.is_empty() {
        // A crate that was not even begun, or with a mistake that has no place.
        let unplaced = round.unplaced.get(name).ok_or(CheckError::Setup)?;
        if let [module] = rest.as_slice() {
            verdicts.insert(module.name.clone(), unplaced.clone());
            return Ok(Vec::new());
        }
        return Ok(Batch { modules: rest }.halve());
    }
    for module in bad {
        let mistakes = round.mistakes.get(&module.name).cloned().unwrap_or_default();
        verdicts.insert(module.name, mistakes);
    }
    Ok(if rest.is_empty() { Vec::new() } else { vec![Batch { modules: rest }] })
}

/// Runs cargo once and sorts what it says.
fn cargo(workspace: &Workspace, jobs: NonZero<usize>) -> Result<Round, CheckError> {
    let mut child = Command::new(env!("CARGO"))
        .args([
            "check",
            "--quiet",
            "--workspace",
            "--keep-going",
            "--message-format",
            "json",
            "--jobs",
            &jobs.to_string(),
        ])
        .arg("--manifest-path")
        .arg(workspace.folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&workspace.target)
        // State of incremental compilation is large, and nothing here is compiled twice.
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // Cargo repeats there what it says in JSON, and says what is wrong with manifests: kept until it is known which it was.
    let errors = child.stderr.take().map(|errors| std::thread::spawn(move || io::read_to_string(errors)));
    let mut round = Round::default();
    let mut broken = None;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            match serde_json::from_str(&line?) {
                Ok(Message::Done { target }) => {
                    round.accepted.insert(target.name);
                }
                Ok(Message::Said { target, message }) if message.is_error() => {
                    let text = message.rendered.clone().unwrap_or_default();
                    if !Batch::is_crate_name(&target.name) {
                        broken.get_or_insert((target.name, text));
                    } else if let Some(module) = message.file(&|file| module_of(file)) {
                        round.mistakes.entry(module).or_default().push(text);
                    } else {
                        round.unplaced.entry(target.name).or_default().push(text);
                    }
                }
                Ok(_) | Err(_) => {}
            }
        }
    }
    let status = child.wait()?;
    let errors = errors.and_then(|thread| thread.join().ok()).transpose()?.unwrap_or_default();
    if let Some((name, text)) = broken {
        eprint!("{text}");
        return Err(CheckError::Dependency(name));
    }
    if !status.success() && round.mistakes.is_empty() {
        explain(&mut round, &errors)?;
    }
    for mistakes in round.mistakes.values_mut() {
        mistakes.truncate(TOLD);
    }
    Ok(round)
}

/// A rustc that was killed, for want of memory perhaps, has said nothing itself; cargo says which crate it was.
fn explain(round: &mut Round, errors: &str) -> Result<(), CheckError> {
    for line in errors.lines().filter(|line| line.contains("could not compile `")) {
        let name = line.split('`').nth(1).unwrap_or_default().replace('-', "_");
        if Batch::is_crate_name(&name) {
            round.unplaced.entry(name).or_insert_with(|| vec![errors.to_owned()]);
        }
    }
    if round.unplaced.is_empty() {
        eprint!("{errors}");
        return Err(CheckError::Setup);
    }
    Ok(())
}

/// The module that a file of the workspace holds.
fn module_of(file: &str) -> Option<String> {
    let path = Path::new(file);
    let is_module = path.parent().is_some_and(|folder| folder.ends_with(Workspace::MODULES));
    is_module.then(|| path.file_stem().map(|stem| stem.to_string_lossy().into_owned())).flatten()
}
