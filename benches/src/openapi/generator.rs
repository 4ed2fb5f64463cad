//! Capsmith and its peers, as programs that make a crate of an OpenAPI document.

use std::fs;
use std::path::{Path, PathBuf};

use capsmith_codegen::openapi::{Surface, Surfaces};
use capsmith_codegen::{OpenApiOptions, compile_openapi};
use xtask::find::Folder;
use xtask::runtime::{dependency, features};

use crate::BenchError;

/// A generator of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generator {
    Capsmith,
    Oas3Gen,
    OpenapiToRust,
    Ploidy,
    Progenitor,
}

impl Generator {
    pub(crate) const ALL: [Self; 5] =
        [Self::Capsmith, Self::Oas3Gen, Self::OpenapiToRust, Self::Ploidy, Self::Progenitor];

    /// The name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Capsmith => "capsmith",
            Self::Oas3Gen => "oas3-gen",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Ploidy => "ploidy",
            Self::Progenitor => "progenitor",
        }
    }

    /// Where the program is: this very one for Capsmith, else in `peers` or on the path; `None`: it is not installed.
    pub(crate) fn program(self, peers: Option<&Path>) -> Option<PathBuf> {
        let name = match self {
            Self::Capsmith => return std::env::current_exe().ok(),
            Self::Progenitor => "cargo-progenitor",
            _ => self.name(),
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = peers.map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
        folders.map(|folder| folder.join(name)).find(|program| program.is_file())
    }

    /// The arguments that make a crate of `document` in `output`.
    pub(crate) fn arguments(self, document: &str, output: &str) -> Vec<String> {
        let source = format!("{output}/src");
        let arguments: &[&str] = match self {
            Self::Capsmith => &["generate", document, &source, "client"],
            Self::Oas3Gen => {
                &["generate", "client-mod", "--workspace", "--quiet", "--input", document, "--output", output]
            }
            Self::OpenapiToRust => &["generate", document, "--quiet", "--output-dir", &source],
            Self::Ploidy => &["generate", "rust", document, "--name", "generated", "--output", output],
            Self::Progenitor => {
                &["progenitor", "--input", document, "--output", output, "--name", "generated", "--version", "0.0.0"]
            }
        };
        arguments.iter().map(|argument| (*argument).to_owned()).collect()
    }

    /// Makes a crate of its own of what was generated in `output`.
    pub(crate) fn finish(self, output: &Path) -> Result<(), BenchError> {
        let manifest = match self {
            Self::Capsmith => return finish(output, &[Surface::Client], ""),
            Self::OpenapiToRust => {
                let source = output.join("src");
                fs::rename(source.join("mod.rs"), source.join("lib.rs")).map_err(BenchError::io("naming lib.rs"))?;
                read(&source.join("REQUIRED_DEPS.toml"))?
            }
            Self::Oas3Gen | Self::Ploidy | Self::Progenitor => read(&output.join("Cargo.toml"))?,
        };
        write_manifest(output, manifest)
    }
}

/// Makes a crate of its own of Capsmith's output, with the features of the runtime that the surfaces need and other dependencies, as
/// lines of a manifest.
pub(super) fn finish(output: &Path, surfaces: &[Surface], dependencies: &str) -> Result<(), BenchError> {
    let root = std::env::current_dir().map_err(BenchError::io("finding the workspace"))?;
    // The workspace's versions, so that nothing is resolved or fetched anew.
    fs::copy(root.join("Cargo.lock"), output.join("Cargo.lock")).map_err(BenchError::io("copying Cargo.lock"))?;
    let dependency = dependency(&root, &features(surfaces.iter().copied().collect()));
    write_manifest(output, format!("[dependencies]\n{dependency}\n{dependencies}"))
}

fn write_manifest(output: &Path, mut manifest: String) -> Result<(), BenchError> {
    if !manifest.contains("[package]") {
        manifest.insert_str(0, "[package]\nname = \"generated\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n");
    }
    if !manifest.contains("[workspace]") {
        manifest.push_str("\n[workspace]\n");
    }
    fs::write(output.join("Cargo.toml"), manifest).map_err(BenchError::io("writing Cargo.toml"))
}

fn read(path: &Path) -> Result<String, BenchError> {
    fs::read_to_string(path).map_err(BenchError::io(format!("reading {}", path.display())))
}

/// The role `generate`: a document to `lib.rs` in a folder, with the surfaces that are named.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), BenchError> {
    let (Some(document), Some(output)) = (arguments.next(), arguments.next()) else { return Err(BenchError::Usage) };
    let surfaces = arguments.map(|name| name.parse().map_err(|_| BenchError::Usage)).collect::<Result<_, _>>()?;
    generate(Path::new(&document), Path::new(&output), surfaces)
}

/// Makes `lib.rs` in a folder, as a build script or `xtask` does it.
pub(super) fn generate(document: &Path, output: &Path, surfaces: Surfaces) -> Result<(), BenchError> {
    let file = document.file_name().unwrap_or_default().to_string_lossy();
    let folder = Folder(document.parent().unwrap_or(Path::new("")));
    let mut options = OpenApiOptions::default();
    options.name = Some(MODULE.to_owned());
    options.surfaces = surfaces;
    let compiled = compile_openapi(&folder, &file, &options);
    let text =
        compiled.render(&file, "cargo xtask bench").ok_or_else(|| BenchError::Build(format!("generate {file}")))?;
    fs::create_dir_all(output).map_err(BenchError::io("making a folder"))?;
    fs::write(output.join("lib.rs"), text).map_err(BenchError::io("writing lib.rs"))
}

/// The module of the output.
const MODULE: &str = "api";
