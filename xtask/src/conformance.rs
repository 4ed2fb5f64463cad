//! `conformance`: the conformance suite of MCP against the server that `specs/conformance.yaml` gives.

mod server;
mod suite;
mod summary;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use self::server::Server;
use self::suite::Suite;

/// The revisions of the protocol that the suite has requirements for: one of each era.
const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

/// Why the suite has not passed.
#[derive(Debug, thiserror::Error)]
pub enum ConformanceError {
    /// A program cannot be started.
    #[error("cannot start `{program}`: {source}")]
    Start {
        /// The program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A program failed; it has said why.
    #[error("`{program}` failed: {status}")]
    Failed {
        /// The program.
        program: PathBuf,
        /// How it ended.
        status: ExitStatus,
    },
    /// The server ended, or said something else than where it listens.
    #[error("the conformance server does not say where it listens")]
    NoServer,
    /// The suite printed no scenarios, or others than it was asked for.
    #[error("the suite printed no summary for {0}:\n{1}")]
    NoSummary(&'static str, String),
    /// A scenario fails that is required.
    #[error("not all required scenarios pass")]
    Failing,
    /// The outcome cannot be printed.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

/// Builds and starts the server, runs the suite for each revision, and prints the scores. The suite is installed where it is not.
///
/// # Errors
///
/// [`ConformanceError::Failing`] where a required scenario fails; others where the suite cannot be run.
pub fn conformance(out: &mut impl Write) -> Result<(), ConformanceError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let suite = Suite::install(&root.join("tests/clients/conformance"))?;
    let server = Server::start(&root)?;
    let mut passes = true;
    for revision in REVISIONS {
        let (printed, succeeded) = suite.run(server.url(), revision)?;
        let Some(summary) = summary::read(&printed) else {
            return Err(ConformanceError::NoSummary(revision, printed));
        };
        write!(out, "{revision}: {summary}")?;
        let as_required = succeeded && summary.passes();
        if !as_required {
            writeln!(out, "{printed}")?;
        }
        passes &= as_required;
    }
    if passes { Ok(()) } else { Err(ConformanceError::Failing) }
}
