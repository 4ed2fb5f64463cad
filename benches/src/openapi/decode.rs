//! Decoding of payloads: generated types against serde's derives on the same shapes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::forge::{self, generated::types, handwritten};
use crate::BenchError;
use crate::report::{Report, median};

/// Rounds of each, in turn.
const ROUNDS: usize = 31;

/// Length of a round of one.
const ROUND: Duration = Duration::from_millis(40);

/// What a payload takes.
pub(crate) struct Row {
    /// What it is.
    pub(crate) payload: &'static str,
    /// Its length.
    pub(crate) bytes: usize,
    /// Microseconds of the generated types: reading, writing.
    pub(crate) generated: [f64; 2],
    /// Microseconds of the derived ones.
    pub(crate) derived: [f64; 2],
    /// Medians of the rounds' ratios.
    pub(crate) ratios: [f64; 2],
}

/// Reads and writes each payload with both, and adds the table to `report`.
pub(crate) fn measure(report: &mut Report) -> Result<(), BenchError> {
    let rows = [
        row::<Vec<types::Issue>, Vec<handwritten::Issue>>("100 issues", &forge::issues(100))?,
        row::<Vec<types::Issue>, Vec<handwritten::Issue>>("1 issue", &forge::issues(1))?,
        row::<types::Repository, handwritten::Repository>("a repository", &forge::repository())?,
        row::<Vec<types::Event>, Vec<handwritten::Event>>("100 events of a tagged union", &forge::events(100))?,
    ];
    report.decoding(&rows, ROUNDS);
    Ok(())
}

fn row<G, D>(payload: &'static str, value: &Value) -> Result<Row, BenchError>
where
    G: DeserializeOwned + Serialize,
    D: DeserializeOwned + Serialize,
{
    let text = value.to_string();
    let generated: G = serde_json::from_str(&text)?;
    let derived: D = serde_json::from_str(&text)?;
    // Both keep the same, or one would have less to do.
    if serde_json::to_value(&generated)? != serde_json::to_value(&derived)? {
        return Err(BenchError::DifferentShapes(payload));
    }
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        times[0].push(microseconds(|| serde_json::from_str::<G>(black_box(&text)).is_ok()));
        times[1].push(microseconds(|| serde_json::from_str::<D>(black_box(&text)).is_ok()));
        times[2].push(microseconds(|| serde_json::to_string(black_box(&generated)).is_ok()));
        times[3].push(microseconds(|| serde_json::to_string(black_box(&derived)).is_ok()));
    }
    let [read, derived_read, write, derived_write] = &times;
    let ratio =
        |own: &[f64], peer: &[f64]| median(&own.iter().zip(peer).map(|(own, peer)| own / peer).collect::<Vec<_>>());
    Ok(Row {
        payload,
        bytes: text.len(),
        generated: [median(read), median(write)],
        derived: [median(derived_read), median(derived_write)],
        ratios: [ratio(read, derived_read), ratio(write, derived_write)],
    })
}

/// The time of one call, from as many as fit in a round.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn microseconds(mut call: impl FnMut() -> bool) -> f64 {
    let started = Instant::now();
    let mut calls = 0_u64;
    while started.elapsed() < ROUND {
        for _ in 0..8 {
            black_box(call());
        }
        calls += 8;
    }
    started.elapsed().as_secs_f64() * 1e6 / calls as f64
}
