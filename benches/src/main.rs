//! The project's numbers, as ratios against a hand-written peer in the same run.
//!
//! `cargo xtask bench` builds this program with optimisation and runs it. Every server is a process of its own, started
//! from this very program with a role as its argument, so that memory and start-up are those of a real server.

mod expansion;
mod handwritten;
mod load;
mod process;
mod rebuild;
mod report;
mod served;
mod throughput;
mod upstream;

use std::time::Duration;

/// The bearer token that both proxies send.
const TOKEN: &str = "benchmark-token";

/// What went wrong while measuring.
#[derive(Debug, thiserror::Error)]
enum BenchError {
    /// A file or a process.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A connection of the load generator.
    #[error("a request of the load generator failed")]
    Request(#[from] hyper::Error),
    /// A histogram that cannot hold a latency.
    #[error("a latency cannot be recorded")]
    Histogram(#[from] hdrhistogram::CreationError),
    /// A histogram that cannot be merged.
    #[error("latencies cannot be merged")]
    Merge(#[from] hdrhistogram::AdditionError),
    /// A latency out of range.
    #[error("a latency is out of range")]
    Record(#[from] hdrhistogram::RecordError),
    /// An answer that is not the one that the benchmark is about.
    #[error("{server} answered {status} with {body:?}")]
    WrongAnswer {
        /// The server's name.
        server: &'static str,
        /// The status of the answer.
        status: http::StatusCode,
        /// The start of the body.
        body: String,
    },
    /// A server's process that did not say where it listens.
    #[error("{0} ended before it reported its address")]
    NoAddress(&'static str),
    /// The generated server.
    #[error(transparent)]
    Capsmith(#[from] capsmith::Error),
    /// A build that is part of the measurement.
    #[error("`{0}` failed; run it by hand to see why")]
    Build(String),
    /// Arguments.
    #[error("usage: capsmith-benches [--seconds N] [--rounds N] [--write FILE]")]
    Usage,
}

impl BenchError {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

/// What to measure, from the command line.
struct Settings {
    /// Length of one round of one server.
    round: Duration,
    /// Rounds of each server, in turn with its peer.
    rounds: usize,
    /// The file that gets the report.
    write: Option<String>,
}

impl Settings {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, BenchError> {
        let mut settings = Self { round: Duration::from_secs(1), rounds: 21, write: None };
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or(BenchError::Usage)?;
            match argument.as_str() {
                "--seconds" => {
                    settings.round = Duration::from_secs(value.parse().map_err(|_| BenchError::Usage)?);
                }
                "--rounds" => settings.rounds = value.parse().map_err(|_| BenchError::Usage)?,
                "--write" => settings.write = Some(value),
                _ => return Err(BenchError::Usage),
            }
        }
        Ok(settings)
    }
}

#[tokio::main]
async fn main() -> Result<(), BenchError> {
    let mut arguments = std::env::args().skip(1).peekable();
    match arguments.peek().map(String::as_str) {
        Some("serve-upstream") => upstream::run().await,
        Some("serve-handwritten") => handwritten::run(process::upstream_of(arguments.nth(1))?).await,
        Some("serve-generated") => served::run(process::upstream_of(arguments.nth(1))?).await,
        _ => measure(&Settings::parse(arguments)?).await,
    }
}

async fn measure(settings: &Settings) -> Result<(), BenchError> {
    let mut report = report::Report::new();
    throughput::measure(settings, &mut report).await?;
    expansion::measure(&mut report)?;
    rebuild::measure(&mut report)?;
    let text = report.markdown();
    print!("{text}");
    if let Some(file) = &settings.write {
        std::fs::write(file, text).map_err(BenchError::io(format!("writing {file}")))?;
    }
    Ok(())
}
