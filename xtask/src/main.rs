//! Development tasks: `cargo xtask <task>`.

use std::process::ExitCode;

use xtask::bench::{BenchError, bench};
use xtask::regen::{Checkout, RegenError};

const USAGE: &str = "\
Usage: cargo xtask <task>

Tasks:
  regen [--check]   make generated/ from specs/, or tell whether it is stale
  bench [--seconds N] [--rounds N]
                    measure, print the tables, and keep them in docs/benchmarks.md";

/// Why a task failed.
#[derive(Debug, thiserror::Error)]
enum TaskError {
    #[error(transparent)]
    Regen(#[from] RegenError),
    #[error(transparent)]
    Bench(#[from] BenchError),
}

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let arguments = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    let result: Result<(), TaskError> = match arguments.as_slice() {
        ["regen"] => Checkout::here().write().map_err(TaskError::from),
        ["regen", "--check"] => Checkout::here().check().map_err(TaskError::from),
        ["bench", options @ ..] => bench(options).map_err(TaskError::from),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
