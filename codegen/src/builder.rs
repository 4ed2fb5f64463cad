//! The door for build scripts.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::compile::{Compiled, Lints, Options, compile};
use crate::file::{self, Header};
use crate::source::Source;

pub use self::error::BuildError;

mod error;
mod report;
#[cfg(test)]
mod tests;

/// Compiles capability files in a build script.
///
/// Each file becomes `<module>.rs` in `OUT_DIR`, where the module is named after the file. The build script runs again
/// when a file changes. Lints are printed as warnings of the build; errors are printed as snippets, all of them, before
/// [`compile`](Self::compile) gives back an error.
///
/// In `build.rs`:
///
/// ```no_run
/// use capsmith_codegen::{BuildError, Builder};
///
/// fn main() -> Result<(), BuildError> {
///     Builder::new().capability("specs/platform-backups.yaml").compile()
/// }
/// ```
///
/// In the crate, which depends on `capsmith` itself:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/platform_backups.rs"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `compile` is called"]
pub struct Builder {
    files: Vec<File>,
    misplaced_name: Option<String>,
    runtime: String,
    lints: Lints,
    out_dir: Option<PathBuf>,
    root: Option<PathBuf>,
    command: String,
    directives: bool,
}

/// A capability file to compile.
#[derive(Clone, Debug)]
struct File {
    path: PathBuf,
    name: Option<String>,
}

/// A file that was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// The name of the module in it.
    pub module: String,
    /// The file's text.
    pub text: String,
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
            misplaced_name: None,
            runtime: String::from("::capsmith"),
            lints: Lints::default(),
            out_dir: None,
            root: None,
            command: String::from("cargo build"),
            directives: true,
        }
    }

    /// Adds a capability file, by its path relative to the crate.
    pub fn capability(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(File { path: path.into(), name: None });
        self
    }

    /// Names the module of the capability that was added last. Without it the module is named after the file.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        match self.files.last_mut() {
            Some(file) => file.name = Some(name.into()),
            None => self.misplaced_name = Some(name.into()),
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

    /// Sets whether instructions to Cargo are printed: what to track, and warnings. They are, unless set. Outside of a
    /// build script lints are then printed as snippets.
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
        if let Some(name) = &self.misplaced_name {
            return Err(BuildError::NameWithoutCapability { name: name.clone() });
        }
        let root = match &self.root {
            Some(root) => root.clone(),
            None => folder_of("CARGO_MANIFEST_DIR")?,
        };
        let mut outputs: Vec<Output> = Vec::new();
        let mut failed = Vec::new();
        for file in &self.files {
            let source = self.read(&root, file)?;
            let Some(output) = self.output(&source, file)? else {
                failed.push(source.name);
                continue;
            };
            if outputs.iter().any(|other| other.module == output.module) {
                return Err(BuildError::DuplicateModule { module: output.module });
            }
            outputs.push(output);
        }
        if failed.is_empty() { Ok(outputs) } else { Err(BuildError::Capability { files: failed }) }
    }

    fn read(&self, root: &Path, file: &File) -> Result<Source, BuildError> {
        let path = root.join(&file.path);
        if self.directives {
            report::track(&path);
        }
        let text = fs::read_to_string(&path).map_err(|source| BuildError::Read { path: file.path.clone(), source })?;
        Ok(Source::new(shown(&path, root), text))
    }

    /// The output of a file; `None` where it has errors, which have been printed.
    fn output(&self, source: &Source, file: &File) -> Result<Option<Output>, BuildError> {
        let runtime = syn::parse_str::<syn::Path>(&self.runtime)
            .map_err(|_| BuildError::RuntimePath { path: self.runtime.clone() })?;
        let options = Options { name: file.name.clone(), runtime: quote::quote! { #runtime }, lints: self.lints };
        let compiled = compile(source, &options);
        report::diagnostics(&compiled, source, self.directives);
        if compiled.failures().next().is_some() {
            return Ok(None);
        }
        let Compiled { capability: Some(capability), items: Some(items), .. } = compiled else {
            return Ok(None);
        };
        let header = Header { input: &source.name, text: &source.text, command: &self.command };
        let text = file::render(&items, header).map_err(|source| BuildError::Layout { source })?;
        let module = capability.module.as_str().trim_start_matches("r#");
        Ok(Some(Output { module: module.to_owned(), text }))
    }
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
