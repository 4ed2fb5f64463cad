//! What can go wrong in a build script.

use std::io;
use std::path::PathBuf;

use crate::ir::RustPathError;

/// Why [`Builder`](super::Builder) made nothing.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A capability file or an OpenAPI document cannot be read.
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
    /// Files have errors, which have been printed.
    #[error("{} not compile; the errors stand above", subject(files))]
    Compile {
        /// The files.
        files: Vec<String>,
    },
    /// Two files give the same module.
    #[error("two files give the module `{module}`; `name` can give one of them another name")]
    DuplicateModule {
        /// The module.
        module: String,
    },
    /// `name` was called before there was a file to name.
    #[error("the name `{name}` was given before any file")]
    NameWithoutFile {
        /// The name.
        name: String,
    },
    /// A setting was made before there was a file that it could be of.
    #[error("`{setting}` was called before any file")]
    SettingWithoutFile {
        /// The method.
        setting: &'static str,
    },
    /// A setting of OpenAPI documents was made where the file added last is none.
    #[error("`{setting}` was called, but the file that was added last is no OpenAPI document")]
    SettingWithoutDocument {
        /// The method.
        setting: &'static str,
    },
    /// A setting of capabilities was made where the file added last is none, or one without a join.
    #[error("`{setting}` was called, but the file that was added last is no capability that it could be of")]
    SettingWithoutCapability {
        /// The method.
        setting: &'static str,
    },
    /// What was given for a type is no path of one.
    #[error("`{setting}`: {source}")]
    TypePath {
        /// The method.
        setting: &'static str,
        /// What is wrong with it.
        source: RustPathError,
    },
    /// What was given to derive is no path.
    #[error("`{path}` is not a path to a trait")]
    DerivePath {
        /// What was given.
        path: String,
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
}

/// A mistake in the calls of a builder, which is told when the builder is used.
#[derive(Clone, Debug)]
pub(super) enum Misuse {
    NameWithoutFile(String),
    SettingWithoutFile(&'static str),
    SettingWithoutDocument(&'static str),
    SettingWithoutCapability(&'static str),
    TypePath(&'static str, RustPathError),
    DerivePath(String),
}

impl From<Misuse> for BuildError {
    fn from(misuse: Misuse) -> Self {
        match misuse {
            Misuse::NameWithoutFile(name) => Self::NameWithoutFile { name },
            Misuse::SettingWithoutFile(setting) => Self::SettingWithoutFile { setting },
            Misuse::SettingWithoutDocument(setting) => Self::SettingWithoutDocument { setting },
            Misuse::SettingWithoutCapability(setting) => Self::SettingWithoutCapability { setting },
            Misuse::TypePath(setting, source) => Self::TypePath { setting, source },
            Misuse::DerivePath(path) => Self::DerivePath { path },
        }
    }
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
