//! The server, as a process of its own: nothing here depends on generated code.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::ConformanceError;

/// A server that ends with this value.
pub(super) struct Server {
    child: Child,
    /// Kept open, since it goes on printing.
    _stdout: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    /// Builds the server and starts it at a port that is free.
    pub(super) fn start(root: &Path) -> Result<Self, ConformanceError> {
        let cargo = Path::new(env!("CARGO"));
        let mut command = Command::new(cargo);
        command.args(["run", "--quiet", "--package", "capsmith-tests", "--bin", "conformance"]).current_dir(root);
        command.env("CONFORMANCE_MCP_ADDR", "127.0.0.1:0").env("CONFORMANCE_MCP_SESSIONS", "64");
        let child = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn();
        let mut child = child.map_err(|source| ConformanceError::Start { program: cargo.to_owned(), source })?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or(ConformanceError::NoServer)?);
        let mut line = String::new();
        while stdout.read_line(&mut line)? > 0 {
            if let Some(address) = line.trim().strip_prefix("conformance-mcp ") {
                return Ok(Self { child, _stdout: stdout, url: format!("http://{address}/mcp") });
            }
            line.clear();
        }
        let status = child.wait()?;
        Err(ConformanceError::Failed { program: cargo.to_owned(), status })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
