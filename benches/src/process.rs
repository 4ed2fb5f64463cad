//! Servers as processes of their own.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use axum::serve::ListenerExt as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::BenchError;

/// A running server and what its start cost.
pub(crate) struct Served {
    /// Where it listens, in the order in which it reported.
    pub(crate) addresses: Vec<SocketAddr>,
    /// When the process was started.
    pub(crate) started: Instant,
    child: Child,
}

impl Served {
    /// Starts this program in `role` and waits until it has reported `listeners` addresses.
    pub(crate) async fn start(role: &'static str, base: Option<&str>, listeners: usize) -> Result<Self, BenchError> {
        let program = std::env::current_exe().map_err(BenchError::io("finding this program"))?;
        let mut command = Command::new(program);
        command.arg(role).args(base);
        Self::spawn(command, role, listeners).await
    }

    /// Starts a program of this name and waits until it has reported `listeners` addresses.
    pub(crate) async fn spawn(mut command: Command, role: &'static str, listeners: usize) -> Result<Self, BenchError> {
        let started = Instant::now();
        let mut child = command
            .stdout(Stdio::piped())
            // Where the generated server says once more where it listens.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(BenchError::io(format!("starting {role}")))?;
        let output = child.stdout.take().ok_or(BenchError::NoAddress(role))?;
        let mut lines = BufReader::new(output).lines();
        let mut addresses = Vec::new();
        while addresses.len() < listeners {
            let line = lines.next_line().await.map_err(BenchError::io(format!("reading from {role}")))?;
            let line = line.ok_or(BenchError::NoAddress(role))?;
            addresses.push(line.parse().map_err(|_| BenchError::NoAddress(role))?);
        }
        Ok(Self { addresses, started, child })
    }

    /// Resident memory in KiB, as the kernel counts it.
    pub(crate) fn resident_kib(&self) -> Result<u64, BenchError> {
        let file = format!("/proc/{}/status", self.child.id().unwrap_or_default());
        let status = std::fs::read_to_string(&file).map_err(BenchError::io(file))?;
        let field = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        Ok(field.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or_default())
    }

    /// Processor time that the process has used so far, in clock ticks of 10 ms.
    pub(crate) fn processor_ticks(&self) -> Result<u64, BenchError> {
        let file = format!("/proc/{}/stat", self.child.id().unwrap_or_default());
        let stat = std::fs::read_to_string(&file).map_err(BenchError::io(file))?;
        // The second field is the program's name in parentheses and may hold blanks: count from behind it.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
        Ok(ticks(11) + ticks(12))
    }

    /// Lets a server settle before its memory is read.
    pub(crate) async fn settle() {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// The base URL argument of a proxy's role.
pub(crate) fn upstream_of(argument: Option<String>) -> Result<String, BenchError> {
    argument.ok_or(BenchError::Usage)
}

/// Tells the parent process where this one listens.
pub(crate) fn report_address(address: SocketAddr) {
    println!("{address}");
}

/// Serves `app` on a free loopback port until the process is killed.
pub(crate) async fn serve(app: axum::Router) -> Result<(), BenchError> {
    let listener =
        tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(BenchError::io("listening on a loopback port"))?;
    report_address(listener.local_addr().map_err(BenchError::io("reading the bound address"))?);
    // As the generated server does, so that the comparison is of the code and not of Nagle's algorithm.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, app).await.map_err(BenchError::io("serving"))
}
