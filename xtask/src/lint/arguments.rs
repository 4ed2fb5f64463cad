//! The command line of the task.

use std::path::PathBuf;

use capsmith_codegen::Strictness;

/// What the task is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arguments {
    /// Folders with files, and files.
    pub places: Vec<PathBuf>,
    /// Whether a lint makes the task fail, as an error does.
    pub deny_lints: bool,
    /// How much is asked of capability files; `None`: style alone.
    pub strictness: Option<Strictness>,
    /// How it is told.
    pub format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With the lines around, as the compiler does.
    #[default]
    Text,
    /// A line of JSON each.
    Json,
}

/// Why a command line is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// No folder or file is named.
    #[error("no folder or file is named")]
    NoPlace,
    /// An argument that does not exist.
    #[error("`{0}` is no argument of this task")]
    Unknown(String),
    /// The format is none.
    #[error("`--format` is `text` or `json`")]
    Format,
}

impl Arguments {
    /// Reads the arguments behind the task's name.
    ///
    /// # Errors
    ///
    /// [`ArgumentError`] says what is wrong with them, as a [`LintError`](super::LintError).
    pub fn parse(arguments: &[&str]) -> Result<Self, super::LintError> {
        let mut parsed = Self { places: Vec::new(), deny_lints: false, strictness: None, format: Format::Text };
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            match argument {
                "--deny-lints" => parsed.deny_lints = true,
                "--strict" => parsed.strictness = Some(Strictness::Schema),
                "--format" => {
                    parsed.format = match rest.next() {
                        Some("text") => Format::Text,
                        Some("json") => Format::Json,
                        _ => return Err(ArgumentError::Format.into()),
                    }
                }
                _ if argument.starts_with('-') => return Err(ArgumentError::Unknown(argument.to_owned()).into()),
                _ => parsed.places.push(argument.into()),
            }
        }
        if parsed.places.is_empty() { Err(ArgumentError::NoPlace.into()) } else { Ok(parsed) }
    }
}
