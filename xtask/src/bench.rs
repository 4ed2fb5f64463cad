//! `bench`: the project's numbers, measured by a program of its own, since this one must not depend on `generated`.

use std::path::Path;
use std::process::{Command, ExitStatus};

/// Why there are no numbers.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// Cargo cannot be started.
    #[error("cannot start cargo: {0}")]
    Start(#[from] std::io::Error),
    /// The program could not be built, or failed; it has said why.
    #[error("the benchmarks failed: {0}")]
    Failed(ExitStatus),
}

/// Builds the benchmarks with optimisation, runs them, and keeps what they print in `docs/benchmarks.md`.
///
/// # Errors
///
/// [`BenchError::Failed`] where the program does not build or does not get the answers that it measures.
pub fn bench(options: &[&str]) -> Result<(), BenchError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--package", "capsmith-benches", "--"])
        .args(["--write", "docs/benchmarks.md"])
        .args(options)
        .current_dir(root)
        .status()?;
    if status.success() { Ok(()) } else { Err(BenchError::Failed(status)) }
}
