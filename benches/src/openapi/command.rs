//! Commands with their time and memory.
//!
//! The kernel tells the peak memory of all children of a process together, so each measurement has a process of its own, started from this
//! program with the role `measure`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike as _};

use crate::BenchError;
use crate::report::median;

/// What a command took.
#[derive(Clone, Debug)]
pub(crate) struct Cost {
    /// Seconds from start to end.
    pub(crate) seconds: f64,
    /// Seconds of processors.
    pub(crate) processor: f64,
    /// The resident memory of the largest process of the command at its worst, in MiB.
    pub(crate) mebibytes: f64,
    /// Whether the command succeeded.
    pub(crate) success: bool,
    /// What it wrote to standard error.
    pub(crate) errors: String,
}

/// Medians of several runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Median {
    /// Seconds from start to end.
    pub(crate) seconds: f64,
    /// Seconds of processors.
    pub(crate) processor: f64,
    /// MiB.
    pub(crate) mebibytes: f64,
    /// How many runs.
    pub(crate) runs: usize,
}

impl Median {
    /// The medians of these runs.
    pub(crate) fn of(costs: &[Cost]) -> Self {
        let of = |value: fn(&Cost) -> f64| median(&costs.iter().map(value).collect::<Vec<_>>());
        Self {
            seconds: of(|cost| cost.seconds),
            processor: of(|cost| cost.processor),
            mebibytes: of(|cost| cost.mebibytes),
            runs: costs.len(),
        }
    }
}

/// Runs a command in a folder and measures it. `command` is the program and its arguments.
pub(crate) fn measure(folder: &Path, command: &[String]) -> Result<Cost, BenchError> {
    let program = std::env::current_exe().map_err(BenchError::io("finding this program"))?;
    let output = Command::new(program)
        .arg("measure")
        .args(command)
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .output()
        .map_err(BenchError::io(format!("measuring `{}`", command.join(" "))))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [seconds, processor, kibibytes, success] = numbers.as_slice() else {
        return Err(BenchError::Build(command.join(" ")));
    };
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Cost {
        seconds: *seconds,
        processor: *processor,
        mebibytes: kibibytes / 1024.0,
        success: *success > 0.0,
        errors,
    })
}

/// The role `measure`: runs the command and prints seconds, seconds of processors, KiB, and 1 for success.
pub(crate) fn run(mut command: impl Iterator<Item = String>) -> Result<(), BenchError> {
    let program = command.next().ok_or(BenchError::Usage)?;
    let started = Instant::now();
    let status = Command::new(&program)
        .args(command)
        .stdout(Stdio::null())
        .status()
        .map_err(BenchError::io(format!("running `{program}`")))?;
    let seconds = started.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)
        .map_err(|error| BenchError::io("reading the use of resources")(std::io::Error::from(error)))?;
    let processor = [usage.user_time(), usage.system_time()].map(seconds_of).iter().sum::<f64>();
    println!("{seconds} {processor} {} {}", usage.max_rss(), u8::from(status.success()));
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn seconds_of(time: TimeVal) -> f64 {
    time.num_microseconds() as f64 / 1e6
}
