//! Time and memory of generation, from a file to files.

use std::fs;
use std::path::Path;

use super::command::{self, Cost, Median};
use super::generator::Generator;
use super::{Document, Inputs};
use crate::BenchError;
use crate::report::Report;

/// Runs of each generator, in turn.
const RUNS: usize = 5;

/// What a generator did with a document.
pub(crate) struct Row {
    /// The document.
    pub(crate) document: &'static str,
    /// The generator.
    pub(crate) generator: Generator,
    /// What it takes; `None`: it fails.
    pub(crate) cost: Option<Median>,
    /// Lines of Rust.
    pub(crate) lines: usize,
}

/// Lets every generator that is there make a crate of every document, and adds the table to `report`. The crates stay.
pub(crate) fn measure(inputs: &Inputs, report: &mut Report) -> Result<(), BenchError> {
    let documents = inputs.documents();
    let mut rows = Vec::new();
    for document in &documents {
        let generators: Vec<Generator> =
            Generator::ALL.into_iter().filter(|generator| is_there(*generator, inputs)).collect();
        let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); generators.len()];
        for _ in 0..RUNS {
            for (generator, costs) in generators.iter().zip(&mut costs) {
                // Who fails once fails always, and may take its time for it.
                if costs.iter().all(|cost: &Cost| cost.success) {
                    costs.push(once("generate", document, *generator, inputs)?);
                }
            }
        }
        for (generator, costs) in generators.into_iter().zip(costs) {
            let source = super::folder("generate", document, generator)?;
            let succeeded = costs.iter().all(|cost| cost.success);
            let cost = succeeded.then(|| Median::of(&costs));
            let lines = if succeeded { lines(&source) } else { 0 };
            rows.push(Row { document: document.name, generator, cost, lines });
        }
    }
    report.generation(&documents, &rows, RUNS);
    Ok(())
}

/// Whether a generator is installed; says so if not.
pub(super) fn is_there(generator: Generator, inputs: &Inputs) -> bool {
    let is_there = generator.program(inputs.peers.as_deref()).is_some();
    if !is_there {
        eprintln!("{} is not installed: skipped", generator.name());
    }
    is_there
}

/// Makes the crate of a document once more.
pub(super) fn once(
    stage: &str,
    document: &Document,
    generator: Generator,
    inputs: &Inputs,
) -> Result<Cost, BenchError> {
    let output = super::folder(stage, document, generator)?;
    super::empty(&output)?;
    let program = generator.program(inputs.peers.as_deref()).unwrap_or_default();
    let path = document.path.canonicalize().map_err(BenchError::io("finding a document"))?;
    let mut command = vec![program.display().to_string()];
    command.extend(generator.arguments(&path.display().to_string(), &output.display().to_string()));
    command::measure(&output, &command)
}

/// The lines of all Rust files below a folder.
pub(super) fn lines(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let count = |path: &Path| match fs::read_to_string(path) {
        Ok(text) if path.extension().is_some_and(|extension| extension == "rs") => text.lines().count(),
        _ => 0,
    };
    entries.map(|entry| entry.path()).map(|path| if path.is_dir() { lines(&path) } else { count(&path) }).sum()
}
