//! Generated crates that cargo works on again and again.

use std::path::{Path, PathBuf};

use super::command::{self, Cost};
use crate::BenchError;

/// A library whose dependencies are built.
pub(super) struct Crate {
    folder: PathBuf,
    target: PathBuf,
    text: Vec<u8>,
}

impl Crate {
    /// Builds what a library depends on for a command of cargo. `None`: that fails.
    pub(super) fn prepare(folder: &Path, target: &Path, command: &str) -> Result<Option<Self>, BenchError> {
        let text = std::fs::read(library(folder)).map_err(BenchError::io("reading lib.rs"))?;
        let prepared = Self { folder: folder.to_owned(), target: target.to_owned(), text };
        // A crate with nothing in it has the same dependencies.
        prepared.write(b"")?;
        let built = prepared.cargo(command, false)?.success;
        prepared.write(&prepared.text)?;
        Ok(built.then_some(prepared))
    }

    /// Runs a command of cargo as after a change of the library.
    pub(super) fn run(&self, command: &str) -> Result<Cost, BenchError> {
        self.write(&self.text)?;
        self.cargo(command, true)
    }

    /// The folder of the crate.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    fn write(&self, text: &[u8]) -> Result<(), BenchError> {
        std::fs::write(library(&self.folder), text).map_err(BenchError::io("writing lib.rs"))
    }

    fn cargo(&self, command: &str, offline: bool) -> Result<Cost, BenchError> {
        let target = self.target.display().to_string();
        let mut command = vec!["cargo".to_owned(), command.to_owned(), "--target-dir".to_owned(), target];
        command.extend(offline.then(|| "--offline".to_owned()));
        command::measure(&self.folder, &command)
    }
}

/// A command of cargo that failed on a crate.
pub(super) fn failed(command: &str, folder: &Path) -> BenchError {
    BenchError::Build(format!("cargo {command} --manifest-path {}", folder.join("Cargo.toml").display()))
}

fn library(folder: &Path) -> PathBuf {
    folder.join("src/lib.rs")
}
