//! How soon the mock and the tools of a large document answer for the first time.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use capsmith_codegen::openapi::Surface;
use http::Method;
use hyper::body::Bytes;

use super::{Document, Inputs, cargo, generator};
use crate::BenchError;
use crate::load::{Shot, once};
use crate::process::Served;
use crate::report::{Report, median};
use crate::throughput::request;

/// Runs of each, a process each.
const RUNS: usize = 11;

/// The first answers of a document's surfaces: milliseconds, medians.
pub(crate) struct Measured {
    /// From the start of the mock's process.
    pub(crate) process: f64,
    /// From the call of `mock::router()`.
    pub(crate) mock: Answer,
    /// The list of tools, from the making of the client.
    pub(crate) tools: Answer,
}

/// A first answer.
pub(crate) struct Answer {
    /// How long it takes.
    pub(crate) milliseconds: f64,
    /// Its size.
    pub(crate) bytes: f64,
}

/// Builds a program of the first document's surfaces, starts it again and again, and adds the table to `report`.
pub(crate) async fn measure(inputs: &Inputs, report: &mut Report) -> Result<(), BenchError> {
    let Some(document) = inputs.documents().into_iter().next() else { return Ok(()) };
    let program = build(&document)?;
    let mut process = Vec::new();
    for _ in 0..RUNS {
        let served = Served::spawn(tokio::process::Command::new(&program), "the mock", 1).await?;
        once(&repository(served.addresses[0])).await?;
        process.push(served.started.elapsed().as_secs_f64() * 1_000.0);
    }
    let (mock, tools) = (answer(&program, "call")?, answer(&program, "tools")?);
    report.start(&document, &Measured { process: median(&process), mock, tools }, RUNS);
    Ok(())
}

fn repository(address: SocketAddr) -> Shot {
    let request = request(Method::GET, address, "/repos/acme/shop", Bytes::new());
    Shot { server: "the mock", address, request, expect: "full_name" }
}

/// Makes and builds the program.
fn build(document: &Document) -> Result<PathBuf, BenchError> {
    let folder = super::root()?.join("openapi/start").join(document.name);
    super::empty(&folder)?;
    let source = folder.join("src");
    generator::generate(&document.path, &source, Surface::ALL.into_iter().collect())?;
    std::fs::write(source.join("main.rs"), include_str!("../../programs/mock.rs"))
        .map_err(BenchError::io("writing main.rs"))?;
    let dependencies =
        "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\ntower-service = \"0.3\"\n";
    generator::finish(&folder, &Surface::ALL, dependencies)?;
    let target = super::root()?.join("openapi-target/start");
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--target-dir"])
        .arg(&target)
        .current_dir(&folder)
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .map_err(BenchError::io("building the mock"))?;
    if !status.success() {
        return Err(cargo::failed("build --release", &folder));
    }
    Ok(target.join("release/generated"))
}

/// What the program prints about a first answer.
fn answer(program: &Path, what: &str) -> Result<Answer, BenchError> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let output = Command::new(program).arg(what).output().map_err(BenchError::io("running the mock"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let [microseconds, bytes] = numbers.as_slice() else { return Err(BenchError::FailedCall) };
        runs.push((microseconds / 1_000.0, *bytes));
    }
    let of = |value: fn(&(f64, f64)) -> f64| median(&runs.iter().map(value).collect::<Vec<_>>());
    Ok(Answer { milliseconds: of(|run| run.0), bytes: of(|run| run.1) })
}
