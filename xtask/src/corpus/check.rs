//! rustc on the output: crates of several documents each, and for every mistake the document that it is in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use super::messages::{Diagnostic, Message};
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
    #[error("`{name}`, which the output depends on, does not compile:\n{said}")]
    Dependency {
        /// The crate.
        name: String,
        /// What rustc says.
        said: String,
    },
    /// Cargo fails, and not because of a crate that rustc says something about.
    #[error("cargo cannot build the crates of the output ({status}), {}", reason(said))]
    Setup {
        /// How cargo ended.
        status: ExitStatus,
        /// What it wrote to standard error.
        said: String,
    },
}

fn reason(said: &str) -> String {
    match said.trim_end() {
        "" => String::from("and does not say why"),
        said => format!("and says:\n{said}"),
    }
}

/// What rustc thinks of each document, by module: its mistakes, none if it is content.
pub(super) type Verdicts = BTreeMap<String, Vec<String>>;

/// What came of the crates in one run of cargo.
#[derive(Debug)]
struct Round {
    /// How cargo ended.
    status: ExitStatus,
    /// What it wrote to standard error: what it says in JSON too, what is wrong with manifests, and which crates rustc did not survive.
    said: String,
    /// What it wrote in JSON.
    messages: Messages,
}

/// What cargo and rustc say about the crates.
#[derive(Debug, Default)]
struct Messages {
    /// Crates that rustc accepts.
    accepted: BTreeSet<String>,
    /// Errors that a document of a crate has, by module.
    mistakes: Verdicts,
    /// Errors that no document can be named for, by crate.
    unplaced: BTreeMap<String, Vec<String>>,
    /// A crate that is none of ours, with its first error.
    broken: Option<(String, String)>,
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
            if round.messages.accepted.contains(&name) {
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
    let mistakes = &round.messages.mistakes;
    let (bad, rest): (Vec<_>, Vec<_>) =
        batch.modules.into_iter().partition(|module| mistakes.contains_key(&module.name));
    if bad.is_empty() {
        let unplaced = round.unplaced(name)?;
        if let [module] = rest.as_slice() {
            verdicts.insert(module.name.clone(), unplaced);
            return Ok(Vec::new());
        }
        return Ok(Batch { modules: rest }.halve());
    }
    for module in bad {
        let mistakes = mistakes.get(&module.name).into_iter().flatten().take(TOLD).cloned().collect();
        verdicts.insert(module.name, mistakes);
    }
    Ok(if rest.is_empty() { Vec::new() } else { vec![Batch { modules: rest }] })
}

impl Round {
    /// What is wrong with a crate that rustc does not accept, where no document can be named for it.
    ///
    /// A rustc that was killed, for want of memory perhaps, has said nothing itself; cargo says which crate it was.
    fn unplaced(&self, name: &str) -> Result<Vec<String>, CheckError> {
        if let Some(unplaced) = self.messages.unplaced.get(name) {
            Ok(unplaced.clone())
        } else if self.said.contains(&format!("could not compile `{name}`")) {
            Ok(vec![self.said.clone()])
        } else {
            Err(CheckError::Setup { status: self.status, said: self.said.clone() })
        }
    }
}

/// Runs cargo once and sorts what it says.
fn cargo(workspace: &Workspace, jobs: NonZero<usize>) -> Result<Round, CheckError> {
    let mut child = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--workspace", "--keep-going", "--message-format", "json"])
        .args(["--jobs", &jobs.to_string()])
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
    let errors = child.stderr.take().map(|errors| std::thread::spawn(move || io::read_to_string(errors)));
    let messages = child.stdout.take().map(|output| Messages::read(BufReader::new(output))).transpose()?;
    let status = child.wait()?;
    let said = errors.and_then(|thread| thread.join().ok()).transpose()?.unwrap_or_default();
    let mut messages = messages.unwrap_or_default();
    match messages.broken.take() {
        Some((name, said)) => Err(CheckError::Dependency { name, said }),
        None => Ok(Round { status, said, messages }),
    }
}

impl Messages {
    /// Reads until cargo ends.
    fn read(output: impl BufRead) -> io::Result<Self> {
        let mut messages = Self::default();
        for line in output.lines() {
            match serde_json::from_str(&line?) {
                Ok(Message::Done { target }) => {
                    messages.accepted.insert(target.name);
                }
                Ok(Message::Said { target, message }) if message.is_error() => messages.add(target.name, &message),
                // What programs print that cargo runs is no message.
                Ok(_) | Err(_) => {}
            }
        }
        Ok(messages)
    }

    fn add(&mut self, name: String, message: &Diagnostic) {
        let text = message.rendered.clone().unwrap_or_default();
        if !Batch::is_crate_name(&name) {
            self.broken.get_or_insert((name, text));
        } else if let Some(module) = message.file(&|file| module_of(file)) {
            self.mistakes.entry(module).or_default().push(text);
        } else {
            self.unplaced.entry(name).or_default().push(text);
        }
    }
}

/// The module that a file of the workspace holds.
fn module_of(file: &str) -> Option<String> {
    let path = Path::new(file);
    let is_module = path.parent().is_some_and(|folder| folder.ends_with(Workspace::MODULES));
    is_module.then(|| path.file_stem().map(|stem| stem.to_string_lossy().into_owned())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(said: &str) -> Round {
        Round { status: ExitStatus::default(), said: said.to_owned(), messages: Messages::default() }
    }

    #[test]
    fn a_crate_that_rustc_does_not_survive_is_told_by_cargo() {
        let said = "error: could not compile `corpus_batch_001` (lib)\n\nCaused by: signal: 9\n";
        assert_eq!(round(said).unplaced("corpus_batch_001").expect("it is named"), [said]);
        let error = round(said).unplaced("corpus_batch_000").expect_err("another is named").to_string();
        assert!(error.ends_with(&format!("and says:\n{}", said.trim_end())), "{error}");
    }

    #[test]
    fn a_failure_without_words_is_told_too() {
        let error = round("").unplaced("corpus_batch_000").expect_err("nothing is known").to_string();
        assert!(error.contains(&ExitStatus::default().to_string()), "{error}");
        assert!(error.ends_with("and does not say why"), "{error}");
    }

    #[test]
    fn what_the_output_depends_on_is_no_document() {
        let line = r#"{"reason":"compiler-message","target":{"name":"capsmith"},"message":{"level":"error","rendered":"error: no"}}"#;
        let messages = Messages::read(format!("printed\n{line}\n").as_bytes()).expect("it is text");
        assert_eq!(messages.broken, Some(("capsmith".to_owned(), "error: no".to_owned())));
    }
}
