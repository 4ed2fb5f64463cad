//! What the generated crates cost rustc.

use std::path::Path;
use std::time::{Duration, Instant};

use super::cargo::Crate;
use super::command::Median;
use super::generate;
use super::generator::Generator;
use super::{Document, Inputs};
use crate::BenchError;
use crate::report::Report;

/// Runs of each command, unless they take longer than `PATIENCE` together.
const RUNS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);

/// A crate that takes longer than this to check, in seconds, is not built as well: that takes longer still.
const TOO_LONG: f64 = 100.0;

/// What rustc made of a crate.
pub(crate) struct Row {
    /// The document.
    pub(crate) document: &'static str,
    /// The generator.
    pub(crate) generator: Generator,
    /// Lines of Rust.
    pub(crate) lines: usize,
    /// `cargo check` and `cargo build`.
    pub(crate) commands: [Outcome; 2],
}

/// What came of a command.
pub(crate) enum Outcome {
    /// What it takes.
    Measured(Median),
    /// Something failed: what.
    Failed(String),
}

/// Lets rustc check and build each crate again and again with its dependencies built, and adds the table to `report`.
pub(crate) fn measure(inputs: &Inputs, report: &mut Report) -> Result<(), BenchError> {
    let documents = inputs.documents();
    let mut rows = Vec::new();
    for document in &documents {
        for generator in Generator::ALL {
            if generate::is_there(generator, inputs) {
                let row = row(document, generator, inputs)?;
                eprintln!("measured {} of {}", generator.name(), document.name);
                rows.push(row);
            }
        }
    }
    report.compilation(&documents, &rows);
    Ok(())
}

fn row(document: &Document, generator: Generator, inputs: &Inputs) -> Result<Row, BenchError> {
    let failed = |what: &str| Outcome::Failed(what.to_owned());
    let name = document.name;
    if !generate::once("compile", document, generator, inputs)?.success {
        let commands = [failed("not generated"), failed("not generated")];
        return Ok(Row { document: name, generator, lines: 0, commands });
    }
    let folder = super::folder("compile", document, generator)?;
    generator.finish(&folder)?;
    let lines = generate::lines(&folder);
    let check = repeat("check", &folder)?;
    let build = match &check {
        Outcome::Measured(median) if median.seconds > TOO_LONG => failed("not tried"),
        Outcome::Measured(..) => repeat("build", &folder)?,
        Outcome::Failed(_) => failed("–"),
    };
    Ok(Row { document: name, generator, lines, commands: [check, build] })
}

/// Runs a command of cargo until its median is known, with the dependencies built before.
fn repeat(command: &str, folder: &Path) -> Result<Outcome, BenchError> {
    // The crates of a generator share what they depend on.
    let target = super::root()?.join("openapi-target").join(folder.file_name().unwrap_or_default());
    let Some(prepared) = Crate::prepare(folder, &target, command)? else {
        return Ok(Outcome::Failed("its dependencies do not build".to_owned()));
    };
    let started = Instant::now();
    let mut costs = Vec::new();
    while costs.len() < RUNS && (costs.is_empty() || started.elapsed() < PATIENCE) {
        let cost = prepared.run(command)?;
        if !cost.success {
            return Ok(Outcome::Failed(errors(&cost.errors)));
        }
        costs.push(cost);
    }
    Ok(Outcome::Measured(Median::of(&costs)))
}

/// How many errors rustc had, by its last line.
fn errors(text: &str) -> String {
    let count = text
        .lines()
        .filter(|line| line.starts_with("error"))
        .filter(|line| !line.contains("could not compile"))
        .count();
    let said = text.lines().rev().find_map(|line| {
        let (_, rest) = line.split_once("due to ")?;
        let number = rest.split_whitespace().find_map(|word| word.parse::<usize>().ok());
        Some(number.unwrap_or(1))
    });
    match said.unwrap_or(count) {
        1 => String::from("1 error"),
        count => format!("{count} errors"),
    }
}

#[cfg(test)]
mod tests {
    use super::errors;

    #[test]
    fn errors_are_counted_as_rustc_does() {
        let text = "error[E0432]: a\nerror: b\nerror: could not compile `x` (lib) due to 4 previous errors; 3 warnings emitted\n";
        assert_eq!(errors(text), "4 errors");
        assert_eq!(errors("error: no such crate\n"), "1 error");
    }
}
