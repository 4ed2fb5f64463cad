//! Child processes: servers of their own, and clients in other languages.

use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// How long a test waits for another process before it fails.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A child process whose standard output is read line by line. It is killed when the value is dropped.
pub struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts a program.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let stdout = child.stdout.take().expect("a pipe");
        Self { child, lines: BufReader::new(stdout).lines() }
    }

    /// The next line that it prints, or `None` at the end.
    pub async fn line(&mut self) -> Option<String> {
        let line = timeout(PATIENCE, self.lines.next_line()).await.expect("a line in time");
        line.expect("a line in UTF-8")
    }

    /// Reads lines until one starts with `start`, and gives back the rest of that line.
    pub async fn line_after(&mut self, start: &str) -> String {
        while let Some(line) = self.line().await {
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
        panic!("the process ended without printing `{start}`");
    }

    /// Sends SIGTERM.
    pub async fn terminate(&self) {
        let id = self.child.id().expect("a process that runs").to_string();
        let status = Command::new("kill").args(["-TERM", &id]).status().await.expect("the program `kill`");
        assert!(status.success());
    }

    /// Waits for its end.
    pub async fn end(mut self) -> ExitStatus {
        timeout(PATIENCE, self.child.wait()).await.expect("an end in time").expect("a status")
    }
}

/// Runs a program to its end.
pub async fn run(command: Command) -> Output {
    run_within(PATIENCE, command).await
}

/// Runs a program that has much to do to its end.
pub async fn run_within(patience: Duration, mut command: Command) -> Output {
    let output = timeout(patience, command.kill_on_drop(true).stdin(Stdio::null()).output());
    output.await.expect("an end in time").unwrap_or_else(|error| panic!("{command:?}: {error}"))
}
