//! How the time of reading grows with a document, whatever is in it.
//!
//! The tests of the compiler count allocations of the same documents; what takes time without memory shows here alone.

#[path = "../../../codegen/tests/documents/mod.rs"]
mod documents;

use std::time::Instant;

use self::documents::growing::KINDS;
use crate::report::{Report, median};

/// How long the documents are, in multiples of the first.
pub(crate) const FACTORS: [usize; 3] = [1, 2, 4];

/// The number of parts in the first document of a kind.
const SIZE: usize = 4_000;

/// Runs of each document.
const RUNS: usize = 5;

/// The milliseconds that reading documents of a kind takes.
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
pub(crate) fn measure(report: &mut Report) {
    let rows: Vec<Row> = KINDS
        .iter()
        .map(|(kind, make)| Row { kind, milliseconds: FACTORS.map(|factor| time(&make(SIZE * factor))) })
        .collect();
    report.growth(&rows, RUNS);
}

fn time(text: &str) -> f64 {
    let run = |_| {
        let started = Instant::now();
        std::hint::black_box(documents::read(text));
        started.elapsed().as_secs_f64() * 1_000.0
    };
    median(&(0..RUNS).map(run).collect::<Vec<_>>())
}
