//! What each surface of a document costs rustc.

use capsmith_codegen::openapi::Surface;

use super::cargo::{self, Crate};
use super::command::{Cost, Median};
use super::{Document, Inputs, generate, generator};
use crate::BenchError;
use crate::report::{Report, median};

/// Runs of each set of surfaces, in turn.
const RUNS: usize = 3;

/// The sets that are compared, the one that the others are compared with first.
const SETS: [(&str, &[Surface]); 5] = [
    ("client", &[Surface::Client]),
    ("client and server", &[Surface::Client, Surface::Server]),
    ("client and tools", &[Surface::Client, Surface::Mcp]),
    ("client and mock", &[Surface::Client, Surface::Mock]),
    ("all four", &Surface::ALL),
];

/// What a set of surfaces takes.
pub(crate) struct Row {
    /// The surfaces.
    pub(crate) surfaces: &'static str,
    /// Lines of Rust.
    pub(crate) lines: usize,
    /// What `cargo check` takes.
    pub(crate) check: Median,
    /// The median of the rounds' ratios of time to that of the client.
    pub(crate) ratio: f64,
}

/// Lets rustc check the first document with each set of surfaces, and adds the table to `report`.
pub(crate) fn measure(inputs: &Inputs, report: &mut Report) -> Result<(), BenchError> {
    let Some(document) = inputs.documents().into_iter().next() else { return Ok(()) };
    let mut crates = Vec::new();
    for (name, surfaces) in SETS {
        crates.push(prepare(&document, name, surfaces)?);
    }
    let mut costs: Vec<Vec<Cost>> = SETS.map(|_| Vec::new()).into();
    for _ in 0..RUNS {
        for ((_, prepared), costs) in crates.iter().zip(&mut costs) {
            let cost = prepared.run("check")?;
            if !cost.success {
                return Err(cargo::failed("check", prepared.folder()));
            }
            costs.push(cost);
        }
    }
    let seconds = |costs: &[Cost]| costs.iter().map(|cost| cost.seconds).collect::<Vec<_>>();
    let client = seconds(&costs[0]);
    let rows = SETS.iter().zip(&crates).zip(&costs).map(|(((surfaces, _), (lines, _)), costs)| {
        let ratios: Vec<f64> = seconds(costs).iter().zip(&client).map(|(own, client)| own / client).collect();
        Row { surfaces, lines: *lines, check: Median::of(costs), ratio: median(&ratios) }
    });
    report.surfaces(&document, &rows.collect::<Vec<_>>());
    Ok(())
}

/// Makes a crate of a document, with its lines, and builds its dependencies.
fn prepare(document: &Document, name: &str, surfaces: &[Surface]) -> Result<(usize, Crate), BenchError> {
    let folder = super::root()?.join("openapi/surfaces").join(document.name).join(name.replace(' ', "-"));
    super::empty(&folder)?;
    generator::generate(&document.path, &folder.join("src"), surfaces.iter().copied().collect())?;
    generator::finish(&folder, surfaces, "")?;
    let lines = generate::lines(&folder);
    let target = super::root()?.join("openapi-target/capsmith");
    let prepared = Crate::prepare(&folder, &target, "check")?;
    Ok((lines, prepared.ok_or_else(|| cargo::failed("check", &folder))?))
}
