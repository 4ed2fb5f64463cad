//! The door for build scripts.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens as _;

use crate::compile::Lints;
use crate::compile::tools::TOOL_LIST_BUDGET;
use crate::emit::RestDocument;

use self::capability::Joining;
pub use self::error::BuildError;
use self::error::Misuse;
use self::openapi::OpenApi;

mod capability;
mod error;
mod openapi;
mod report;
#[cfg(test)]
mod tests;

/// Compiles capability files and OpenAPI documents in a build script.
///
/// Each file becomes `<module>.rs` in `OUT_DIR`, where the module is named after the file. The build script runs again
/// when a file changes, or one that it refers to. Lints are printed as warnings of the build; errors are printed as
/// snippets, those of all files, before [`compile`](Self::compile) gives back an error.
///
/// In `build.rs`:
///
/// ```no_run
/// use capsmith_codegen::{BuildError, Builder};
///
/// fn main() -> Result<(), BuildError> {
///     Builder::new()
///         .capability("specs/platform-backups.yaml")
///         .openapi("specs/tracker.yaml")
///         .only(["issues/*"])
///         .compile()
/// }
/// ```
///
/// In the crate, which depends on `capsmith` itself:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/platform_backups.rs"));
/// include!(concat!(env!("OUT_DIR"), "/tracker.rs"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `compile` is called"]
pub struct Builder {
    files: Vec<File>,
    /// The first mistake in the calls so far.
    misuse: Option<Misuse>,
    runtime: String,
    lints: Lints,
    out_dir: Option<PathBuf>,
    root: Option<PathBuf>,
    command: String,
    directives: bool,
}

/// A file to compile.
#[derive(Clone, Debug)]
struct File {
    path: PathBuf,
    name: Option<String>,
    tool_list_budget: usize,
    kind: Kind,
}

impl File {
    fn new(path: PathBuf, kind: Kind) -> Self {
        Self { path, name: None, tool_list_budget: TOOL_LIST_BUDGET, kind }
    }
}

/// What a file is.
#[derive(Clone, Debug)]
enum Kind {
    Capability(Option<Joining>),
    OpenApi(OpenApi),
}

/// A file that was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// The name of the module in it.
    pub module: String,
    /// The file's text.
    pub text: String,
    /// The OpenAPI documents of the REST surfaces of a capability, as [`rest_documents`](crate::rest_documents) gives them.
    pub documents: Vec<RestDocument>,
    /// The lints as snippets, where no instructions to Cargo are printed: see [`Builder::cargo_directives`].
    pub lints: Vec<String>,
}

impl Output {
    /// The name of the file: `platform_backups.rs`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.rs", self.module)
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// A builder without files.
    pub fn new() -> Self {
        Self {
            files: Vec::new(),
            misuse: None,
            runtime: String::from("::capsmith"),
            lints: Lints::default(),
            out_dir: None,
            root: None,
            command: String::from("cargo build"),
            directives: true,
        }
    }

    /// Names the module of the file that was added last. Without it the module is named after the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        match self.files.last_mut() {
            Some(file) => file.name = Some(name),
            None => self.misused(Misuse::NameWithoutFile(name)),
        }
        self
    }

    /// Sets how long the lists of MCP tools may be that come of the file that was added last, in bytes, before there is a lint;
    /// [`TOOL_LIST_BUDGET`] unless set.
    pub fn tool_list_budget(mut self, bytes: usize) -> Self {
        match self.files.last_mut() {
            Some(file) => file.tool_list_budget = bytes,
            None => self.misused(Misuse::SettingWithoutFile("tool_list_budget")),
        }
        self
    }

    /// Sets the path by which generated code names the `capsmith` crate, `::capsmith` unless set. A crate that renames
    /// the dependency needs it.
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = path.into();
        self
    }

    /// Sets what to do with lints, [`Lints::Allow`] unless set.
    pub fn lints(mut self, lints: Lints) -> Self {
        self.lints = lints;
        self
    }

    /// Sets the folder to write to, `OUT_DIR` of the environment unless set.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Sets the folder that paths are relative to, `CARGO_MANIFEST_DIR` of the environment unless set.
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Sets the command that generated files name as the one to make them again, `cargo build` unless set.
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    /// Sets whether instructions to Cargo are printed: what to track, and warnings. They are, unless set. Otherwise
    /// [`compile`](Self::compile) prints lints as snippets, and [`generate`](Self::generate) gives them back.
    pub fn cargo_directives(mut self, print: bool) -> Self {
        self.directives = print;
        self
    }

    /// Compiles the files and writes the output. A file is written only when its text has changed, so that nothing is
    /// built again without need.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read or written, or has errors. The errors of all files are printed before.
    pub fn compile(&self) -> Result<(), BuildError> {
        let outputs = self.generate()?;
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => folder_of("OUT_DIR")?,
        };
        for output in outputs {
            report::snippets(&output.lints);
            write_if_changed(&folder.join(output.file_name()), &output.text)?;
        }
        Ok(())
    }

    /// Compiles the files without writing anything. In all else this is [`compile`](Self::compile).
    ///
    /// # Errors
    ///
    /// Where a file cannot be read or has errors. The errors of all files are printed before.
    pub fn generate(&self) -> Result<Vec<Output>, BuildError> {
        if let Some(misuse) = &self.misuse {
            return Err(BuildError::from(misuse.clone()));
        }
        let root = match &self.root {
            Some(root) => root.clone(),
            None => folder_of("CARGO_MANIFEST_DIR")?,
        };
        let mut outputs: Vec<Output> = Vec::new();
        let mut failed = Vec::new();
        let mut unread = None;
        for file in &self.files {
            match self.output(&root, file) {
                Ok(Some(output)) if outputs.iter().any(|other| other.module == output.module) => {
                    return Err(BuildError::DuplicateModule { module: output.module });
                }
                Ok(Some(output)) => outputs.push(output),
                Ok(None) => failed.push(shown(&root.join(&file.path), &root)),
                Err(error @ BuildError::Read { .. }) => {
                    // The last one is given back; those before it would be lost.
                    if let Some(earlier) = unread.replace(error) {
                        report::error(&earlier);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        match unread {
            Some(error) => Err(error),
            None if failed.is_empty() => Ok(outputs),
            None => Err(BuildError::Compile { files: failed }),
        }
    }

    /// The output of a file; `None` where it has errors, which have been printed.
    fn output(&self, root: &Path, file: &File) -> Result<Option<Output>, BuildError> {
        let path = root.join(&file.path);
        self.track(&path);
        match &file.kind {
            Kind::Capability(joining) => self.capability_output(root, &path, file, joining.as_ref()),
            Kind::OpenApi(settings) => self.openapi_output(root, &path, file, settings),
        }
    }

    fn runtime_path(&self) -> Result<TokenStream, BuildError> {
        let path = syn::parse_str::<syn::Path>(&self.runtime)
            .map_err(|_| BuildError::RuntimePath { path: self.runtime.clone() })?;
        Ok(path.into_token_stream())
    }

    fn track(&self, path: &Path) {
        if self.directives {
            report::track(path);
        }
    }

    fn misused(&mut self, misuse: Misuse) {
        self.misuse.get_or_insert(misuse);
    }
}

/// The name of a module as part of a file's name.
fn bare(module: &str) -> String {
    module.trim_start_matches("r#").to_owned()
}

/// Writes a file unless it has this text already.
fn write_if_changed(path: &Path, text: &str) -> Result<(), BuildError> {
    if fs::read(path).is_ok_and(|current| current == text.as_bytes()) {
        return Ok(());
    }
    fs::write(path, text).map_err(|source| BuildError::Write { path: path.to_owned(), source })
}

fn folder_of(variable: &'static str) -> Result<PathBuf, BuildError> {
    env::var_os(variable).map(PathBuf::from).ok_or(BuildError::NotInABuildScript { variable })
}

/// The path that messages and headers show, the same on every machine: relative to the crate, with `/`.
fn shown(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect::<Vec<_>>();
    parts.join("/")
}
