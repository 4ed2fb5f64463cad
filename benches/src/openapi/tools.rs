//! The tools of a document against those that `FastMCP` makes of it: the same document, upstream and calls in one run.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::json;
use tokio::process::Command;

use super::forge::generated;
use super::router;
use crate::load::{Shot, once};
use crate::process::{self, Served};
use crate::report::{Report, median};
use crate::throughput::{Loaded, Measured, alternate, tool_call};
use crate::{BenchError, Settings};

/// The role of the generated server's process.
pub(crate) const GENERATED: &str = "serve-generated-tools";
/// The peer, whose libraries stand in a virtual environment beside its program.
const PEER: &str = "benches/peers/fastmcp";
/// Starts of each server.
const STARTS: usize = 5;

/// What one of the servers did.
pub(crate) struct Row {
    /// Its name.
    pub(crate) server: &'static str,
    /// Under load.
    pub(crate) measured: Measured,
    /// From the start of the process to the end of the first answer: milliseconds, a median.
    pub(crate) start: f64,
    /// Resident memory after that answer, in KiB.
    pub(crate) idle: u64,
}

/// Serves the tools until the process is killed.
pub(crate) async fn serve(base: String) -> Result<(), BenchError> {
    let config = generated::Config { base_url: capsmith::BaseUrl::new(base), ..generated::Config::default() };
    let client = generated::Client::new(&config).map_err(capsmith::Error::from)?;
    process::serve(generated::mcp::router(client)).await
}

/// Loads both servers in turn and adds the table to `report`.
pub(crate) async fn measure(settings: &Settings, report: &mut Report) -> Result<(), BenchError> {
    let python = Path::new(PEER).join(".venv/bin/python");
    if !python.exists() {
        eprintln!("there is no {}: install {PEER}/requirements.txt there; skipped", python.display());
        return Ok(());
    }
    let upstream = Served::start(router::HANDWRITTEN, None, 1).await?;
    let base = format!("http://{}", upstream.addresses[0]);
    let generated = || Served::start(GENERATED, Some(&base), 1);
    let peer = || {
        let mut command = Command::new(&python);
        command.arg(Path::new(PEER).join("server.py")).args(["benches/specs/forge.yaml", &base]);
        Served::spawn(command, "FastMCP", 1)
    };
    let (generated, generated_start) = first_answer("generated", generated).await?;
    let (peer, peer_start) = first_answer("FastMCP", peer).await?;
    Served::settle().await;
    let idle = [generated.resident_kib()?, peer.resident_kib()?];
    let servers = [("generated", &generated), ("FastMCP", &peer)]
        .map(|(name, process)| Loaded { shot: shot(name, process.addresses[0]), process });
    let measured = alternate(settings, &servers).await?;
    let rows = measured.into_iter().zip(&servers).zip([generated_start, peer_start].into_iter().zip(idle));
    let rows =
        rows.map(|((measured, server), (start, idle))| Row { server: server.shot.server, measured, start, idle });
    report.tools(&rows.collect::<Vec<_>>(), STARTS);
    Ok(())
}

/// Starts a server several times; gives the last one, and the median time to the end of the first answer.
async fn first_answer<F>(name: &'static str, start: impl Fn() -> F) -> Result<(Served, f64), BenchError>
where
    F: Future<Output = Result<Served, BenchError>>,
{
    let mut milliseconds = Vec::new();
    loop {
        let served = start().await?;
        once(&shot(name, served.addresses[0])).await?;
        milliseconds.push(served.started.elapsed().as_secs_f64() * 1_000.0);
        if milliseconds.len() == STARTS {
            return Ok((served, median(&milliseconds)));
        }
    }
}

fn shot(server: &'static str, address: SocketAddr) -> Shot {
    let arguments = json!({ "owner": "acme", "name": "shop", "page": 2, "per_page": 5 });
    Shot { server, address, request: tool_call(address, "listLabels", &arguments), expect: "area/9" }
}
