//! How the time of reading grows with a document, whatever is in it.
//!
//! The tests of the compiler count allocations of the same documents; what takes time without memory shows here alone.

#[path = "../../../codegen/tests/documents/mod.rs"]
mod documents;

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

use self::documents::growing::KINDS;
use crate::BenchError;
use crate::report::{Report, median};

/// How long the documents are, in multiples of the first.
pub(crate) const FACTORS: [usize; 3] = [1, 2, 4];

/// The number of parts in the first document of a kind.
const SIZE: usize = 4_000;

/// Runs of each document.
const RUNS: usize = 5;

/// The milliseconds of the processor that reading documents of a kind takes.
pub(crate) struct Row {
    /// The kind.
    pub(crate) kind: &'static str,
    /// For each of [`FACTORS`].
    pub(crate) milliseconds: [f64; FACTORS.len()],
}

impl Row {
    /// The times that the longest document takes as long as the shortest.
    pub(crate) fn growth(&self) -> f64 {
        let [shortest, _, longest] = self.milliseconds;
        longest / shortest
    }
}

/// Reads documents of every kind in several lengths and adds the table to `report`.
pub(crate) fn measure(report: &mut Report) -> Result<(), BenchError> {
    let mut rows = Vec::new();
    for (kind, make) in KINDS {
        let mut milliseconds = [0.0; FACTORS.len()];
        for (factor, milliseconds) in FACTORS.into_iter().zip(&mut milliseconds) {
            *milliseconds = time(&make(SIZE * factor))?;
        }
        rows.push(Row { kind, milliseconds });
    }
    report.growth(&rows, RUNS);
    Ok(())
}

fn time(text: &str) -> Result<f64, BenchError> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let started = processor()?;
        std::hint::black_box(documents::read(text));
        runs.push((processor()? - started) * 1_000.0);
    }
    Ok(median(&runs))
}

/// The seconds of processor time that this process has used, which others do not disturb.
fn processor() -> Result<f64, BenchError> {
    let time = clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID);
    let time = time.map(Duration::from).map_err(|error| BenchError::io("reading the processor time")(error.into()))?;
    Ok(time.as_secs_f64())
}
