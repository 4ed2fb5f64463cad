//! What can go wrong in a build script.

use std::io;
use std::path::PathBuf;

/// Why [`Builder`](super::Builder) made nothing.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A capability file cannot be read.
    #[error("`{}` cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A generated file cannot be written.
    #[error("`{}` cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Capability files have errors, which have been printed.
    #[error("{} not compile; the errors stand above", subject(files))]
    Capability {
        /// The files.
        files: Vec<String>,
    },
    /// Two files give the same module.
    #[error("two capabilities give the module `{module}`; `name` can give one of them another name")]
    DuplicateModule {
        /// The module.
        module: String,
    },
    /// `name` was called before `capability`.
    #[error("the name `{name}` was given before any capability")]
    NameWithoutCapability {
        /// The name.
        name: String,
    },
    /// The path to the runtime is no path.
    #[error("`{path}` is not a path to a crate")]
    RuntimePath {
        /// What was given.
        path: String,
    },
    /// A variable that Cargo sets for build scripts is not set.
    #[error("`{variable}` is not set; outside of a build script `out_dir` and `root` must be called")]
    NotInABuildScript {
        /// The variable.
        variable: &'static str,
    },
    /// The generated tokens are not Rust, which is a fault of this crate.
    #[error("the generated code is malformed, which is a fault of capsmith-codegen: {source}")]
    Layout {
        /// What rustc would say.
        source: syn::Error,
    },
}

/// A build script that returns the error from `main` has it printed by its `Debug`, so that is readable too.
impl std::fmt::Debug for BuildError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, formatter)
    }
}

fn subject(files: &[String]) -> String {
    let names = files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>();
    let verb = if names.len() == 1 { "does" } else { "do" };
    format!("{} {verb}", names.join(", "))
}
