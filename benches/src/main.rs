//! The project's numbers, as ratios against a hand-written peer in the same run.
//!
//! `cargo xtask bench` builds this program with optimisation and runs it. Every server is a process of its own, started
//! from this very program with a role as its argument, so that memory and start-up are those of a real server.

mod expansion;
mod handwritten;
mod load;
mod openapi;
mod process;
mod rebuild;
mod report;
mod served;
mod settings;
mod soak;
mod throughput;
mod upstream;

use self::settings::{Section, Settings};

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
    /// The hand-written server's client.
    #[error("the hand-written server has no HTTP client")]
    HttpClient(#[source] reqwest::Error),
    /// The generated server.
    #[error(transparent)]
    Capsmith(#[from] capsmith::Error),
    /// A payload that does not fit its types.
    #[error("a payload cannot be read or written")]
    Json(#[from] serde_json::Error),
    /// Types that do not keep the same of a payload.
    #[error("the generated and the hand-written types differ in what they keep of {0}")]
    DifferentShapes(&'static str),
    /// A client that does not get the answer that the benchmark is about.
    #[error("a call of the forge failed")]
    FailedCall,
    /// A build that is part of the measurement.
    #[error("`{0}` failed; run it by hand to see why")]
    Build(String),
    /// Memory that grows under a load that stays the same.
    #[error("the server's memory grew from {from} KiB to {to} KiB while it was kept busy")]
    Growth {
        /// In the first tenth, KiB.
        from: u64,
        /// In the last tenth, KiB.
        to: u64,
    },
    /// Arguments.
    #[error(
        "usage: capsmith-benches [--seconds N] [--soak SECONDS] [--rounds N] [--section NAME]… [--corpus DIR] [--peers DIR] [--write FILE]; sections: {}",
        Section::names()
    )]
    Usage,
}

impl BenchError {
    fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}

#[tokio::main]
async fn main() -> Result<(), BenchError> {
    let mut arguments = std::env::args().skip(1).peekable();
    match arguments.peek().map(String::as_str) {
        Some("serve-upstream") => upstream::run().await,
        Some("serve-handwritten") => handwritten::run(process::upstream_of(arguments.nth(1))?).await,
        Some("serve-generated") => served::run(process::upstream_of(arguments.nth(1))?).await,
        Some("serve-forge") => openapi::calls::serve().await,
        Some(openapi::router::GENERATED) => openapi::router::generated::serve().await,
        Some(openapi::router::HANDWRITTEN) => openapi::router::handwritten::serve().await,
        Some(openapi::tools::GENERATED) => openapi::tools::serve(process::upstream_of(arguments.nth(1))?).await,
        Some("measure") => openapi::command::run(arguments.skip(1)),
        Some("generate") => openapi::generator::run(arguments.skip(1)),
        _ => measure(&Settings::parse(arguments)?).await,
    }
}

async fn measure(settings: &Settings) -> Result<(), BenchError> {
    let mut report = report::Report::new();
    for section in settings.sections() {
        match section {
            Section::Servers => throughput::measure(settings, &mut report).await?,
            Section::Expansion => expansion::measure(&mut report)?,
            Section::Rebuild => rebuild::measure(&mut report)?,
            Section::Generate => openapi::generate::measure(&settings.inputs, &mut report)?,
            Section::Growth => openapi::growth::measure(&mut report)?,
            Section::Compile => openapi::compile::measure(&settings.inputs, &mut report)?,
            Section::Surfaces => openapi::surfaces::measure(&settings.inputs, &mut report)?,
            Section::Decode => openapi::decode::measure(&mut report)?,
            Section::Calls => openapi::calls::measure(settings, &mut report).await?,
            Section::Router => openapi::router::measure(settings, &mut report).await?,
            Section::Start => openapi::start::measure(&settings.inputs, &mut report).await?,
            Section::Tools => openapi::tools::measure(settings, &mut report).await?,
            Section::Soak => soak::measure(settings, &mut report).await?,
        }
    }
    print!("{}", report.markdown(""));
    if let Some(file) = &settings.write {
        let present = std::fs::read_to_string(file).unwrap_or_default();
        std::fs::write(file, report.markdown(&present)).map_err(BenchError::io(format!("writing {file}")))?;
    }
    Ok(())
}
