//! Development tasks: `cargo xtask <task>`.

use std::process::ExitCode;

use xtask::bench::{BenchError, bench};
use xtask::conformance::{ConformanceError, conformance};
use xtask::corpus::{ArgumentError, Arguments, CorpusError, corpus};
use xtask::deploy::{self, DeployError, deploy};
use xtask::explain::{ExplainError, check_list, explain, write_list};
use xtask::lint::{self, LintError};
use xtask::regen::{Checkout, RegenError};

const USAGE: &str = "\
Usage: cargo xtask <task>

Tasks:
  regen [--check]   make generated/ from specs/, and docs/diagnostics.md from the codes, or tell whether they are stale
  explain [CODE]…   tell what a diagnostic means, with an example and its repair; without a code, list all
  lint DIR|FILE… [--deny-lints] [--strict] [--format text|json]
                    tell what is wrong with capability files and OpenAPI documents; see docs/lint.md
  corpus DIR… [--check] [--surface client,server,mcp,mock] [--report FILE.json] [--jobs N] [--remote-references refuse|untyped]
                    compile every OpenAPI document under the folders, count operations, let rustc check the
                    output, and print a table; see docs/corpus.md
  corpus DIR… --capabilities [--join DIR] [--expect LIST.toml] [--check] [--report FILE.json] [--jobs N]
                    the same for capability files, joined with documents of their providers; those of the list are
                    expected to fail, and must
  deploy FILE [--binary NAME] [--name NAME] [--image IMAGE] [--host NAME]… [--set VARIABLE=value]… [--output DIR]
                    write the recipe of a container image and Kubernetes manifests for a capability; see docs/deployment.md
  conformance       run the conformance suite of MCP, at the version of tests/clients/conformance, against specs/conformance.yaml, and
                    print the scores; see docs/mcp.md
  bench [--seconds N] [--soak SECONDS] [--rounds N] [--section NAME]… [--corpus DIR] [--peers DIR]
                    measure, print the tables, and keep them in docs/benchmarks.md; sections are servers, expansion, rebuild, generate,
                    growth, compile, surfaces, decode, calls, router, start and soak; peers are found in DIR, in $CAPSMITH_PEERS and on the path";

/// Why a task failed.
#[derive(Debug, thiserror::Error)]
enum TaskError {
    #[error("there is no task `{0}`")]
    NoTask(String),
    #[error(transparent)]
    Regen(#[from] RegenError),
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error(transparent)]
    Explain(#[from] ExplainError),
    #[error(transparent)]
    Lint(#[from] LintError),
    #[error(transparent)]
    Deploy(#[from] DeployError),
    #[error(transparent)]
    Bench(#[from] BenchError),
    #[error(transparent)]
    Conformance(#[from] ConformanceError),
}

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let arguments = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    if arguments.first() == Some(&"help") || arguments.iter().any(|argument| matches!(*argument, "--help" | "-h")) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let result: Result<(), TaskError> = match arguments.as_slice() {
        ["regen"] => regen(),
        ["regen", "--check"] => {
            Checkout::here().check().map_err(TaskError::from).and_then(|()| check_list().map_err(TaskError::from))
        }
        ["regen", "--check", other, ..] | ["regen", other, ..] => {
            Err(ArgumentError::Unknown((*other).to_owned()).into())
        }
        ["explain", codes @ ..] => explain(codes, &mut std::io::stdout().lock()).map_err(TaskError::from),
        ["lint", options @ ..] => lint::Arguments::parse(options)
            .and_then(|arguments| lint::lint(&arguments, &mut std::io::stdout().lock()))
            .map_err(TaskError::from),
        ["corpus", options @ ..] => Arguments::parse(options)
            .map_err(TaskError::from)
            .and_then(|arguments| corpus(&arguments, &mut std::io::stdout().lock()).map_err(TaskError::from)),
        ["deploy", options @ ..] => deploy::Arguments::parse(options)
            .map_err(DeployError::from)
            .and_then(|arguments| deploy(&arguments, &mut std::io::stdout().lock()))
            .map_err(TaskError::from),
        ["conformance"] => conformance(&mut std::io::stdout().lock()).map_err(TaskError::from),
        ["conformance", other, ..] => Err(ArgumentError::Unknown((*other).to_owned()).into()),
        ["bench", options @ ..] => bench(options).map_err(TaskError::from),
        [task, ..] => Err(TaskError::NoTask((*task).to_owned())),
        [] => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(
            error @ (TaskError::NoTask(_)
            | TaskError::Arguments(_)
            | TaskError::Lint(LintError::Arguments(_))
            | TaskError::Deploy(DeployError::Arguments(_))),
        ) => {
            eprintln!("error: {error}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn regen() -> Result<(), TaskError> {
    let changes = Checkout::here().write()?;
    report(&changes);
    if write_list()? {
        println!("wrote docs/diagnostics.md");
    }
    Ok(())
}

fn report(changes: &[String]) {
    if changes.is_empty() {
        println!("generated/ was up to date");
    }
    for change in changes {
        println!("{change}");
    }
}
