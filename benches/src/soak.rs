//! The memory of a server that is kept busy: callers that stay, agents, and callers that come and go.

use std::time::{Duration, Instant};

use crate::load::keep_asking;
use crate::process::Served;
use crate::report::{Report, median};
use crate::throughput::{generated_shot, tool_shot};
use crate::{BenchError, Settings};

/// Connections of callers that stay, of agents, and of callers that come and go.
pub(crate) const CONNECTIONS: [usize; 3] = [16, 8, 8];

/// What memory may grow by from the first tenth to the last, in percent. Buffers of connections vary by that much.
const LEEWAY: u64 = 10;

/// What was measured.
pub(crate) struct Soaked {
    /// How long it took.
    pub(crate) length: Duration,
    /// How many answers there were, all of them right.
    pub(crate) answers: u64,
    /// Resident memory before, in KiB.
    pub(crate) idle: u64,
    /// The median of each tenth of the time, in KiB.
    pub(crate) tenths: Vec<u64>,
}

/// Keeps the generated server busy and adds the table to `report`.
///
/// # Errors
///
/// [`BenchError::Growth`] where memory grew, and the first wrong answer.
pub(crate) async fn measure(settings: &Settings, report: &mut Report) -> Result<(), BenchError> {
    let upstream = Served::start("serve-upstream", None, 1).await?;
    let base = format!("http://{}/v1", upstream.addresses[0]);
    let generated = Served::start("serve-generated", Some(&base), 2).await?;
    Served::settle().await;
    let idle = generated.resident_kib()?;

    let (rest, mcp) = (generated_shot(generated.addresses[0]), tool_shot(generated.addresses[1]));
    let (started, until) = (Instant::now(), Instant::now() + settings.soak);
    let [staying, agents, passing] = CONNECTIONS;
    let (samples, staying, agents, passing) = tokio::try_join!(
        watch(&generated, until),
        keep_asking(rest.clone(), staying, until, false),
        keep_asking(mcp, agents, until, false),
        keep_asking(rest, passing, until, true),
    )?;
    let tenths: Vec<u64> = samples.chunks(samples.len().div_ceil(10).max(1)).map(middle).collect();
    let (from, to) = (tenths.first().copied().unwrap_or_default(), tenths.last().copied().unwrap_or_default());
    report.soak(&Soaked { length: started.elapsed(), answers: staying + agents + passing, idle, tenths });
    if to > from + from * LEEWAY / 100 { Err(BenchError::Growth { from, to }) } else { Ok(()) }
}

/// Reads a server's memory five times a second.
async fn watch(server: &Served, until: Instant) -> Result<Vec<u64>, BenchError> {
    let mut samples = Vec::new();
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(200)).await;
        samples.push(server.resident_kib()?);
    }
    Ok(samples)
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "far below 2^52"
)]
fn middle(samples: &[u64]) -> u64 {
    median(&samples.iter().map(|sample| *sample as f64).collect::<Vec<_>>()) as u64
}
