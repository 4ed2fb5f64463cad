//! OpenAPI documents: how clients and servers of them are made, what they cost rustc, and what they do at run time.

pub(crate) mod calls;
mod cargo;
pub(crate) mod command;
pub(crate) mod compile;
pub(crate) mod decode;
pub(crate) mod forge;
pub(crate) mod generate;
pub(crate) mod generator;
pub(crate) mod growth;
pub(crate) mod router;
pub(crate) mod start;
pub(crate) mod surfaces;
pub(crate) mod tools;

use std::path::{Path, PathBuf};

use crate::BenchError;

/// The documents of the corpus that are measured, the one with the marks first.
const DOCUMENTS: [(&str, &str); 3] = [
    ("GitHub", "octokit-openapi-generated-api-github-com.json"),
    ("Gitea", "guru-gitea-io.json"),
    ("Resend", "resend-resend-openapi-resend.json"),
];

/// What to measure with.
#[derive(Clone, Debug)]
pub(crate) struct Inputs {
    /// The folder with the documents.
    pub(crate) corpus: PathBuf,
    /// The folder with the peers' programs; those on the path are found too.
    pub(crate) peers: Option<PathBuf>,
}

/// A document that is there.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The name in tables.
    pub(crate) name: &'static str,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its size in bytes.
    pub(crate) bytes: u64,
}

impl Inputs {
    /// The documents; those that are not there are left out, with a line.
    pub(crate) fn documents(&self) -> Vec<Document> {
        let is_there = |(name, file): (&'static str, &str)| {
            let path = self.corpus.join(file);
            let metadata = path.metadata().ok();
            if metadata.is_none() {
                eprintln!("there is no {}: skipped", path.display());
            }
            metadata.map(|metadata| Document { name, path, bytes: metadata.len() })
        };
        DOCUMENTS.into_iter().filter_map(is_there).collect()
    }
}

/// Where the crates of a document are made, which stays for the next run, as the dependencies that were built there do.
/// Each stage has crates of its own.
fn folder(stage: &str, document: &Document, generator: generator::Generator) -> Result<PathBuf, BenchError> {
    Ok(root()?.join("openapi").join(stage).join(document.name).join(generator.name()))
}

/// Where crates are made and built.
fn root() -> Result<PathBuf, BenchError> {
    let workspace = std::env::current_dir().map_err(BenchError::io("finding the workspace"))?;
    Ok(workspace.join("target/benches"))
}

/// Makes a folder empty.
fn empty(folder: &Path) -> Result<(), BenchError> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(BenchError::io("emptying a folder"))?;
    }
    std::fs::create_dir_all(folder).map_err(BenchError::io("making a folder"))
}
