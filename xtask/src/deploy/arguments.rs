//! The command line of the task.

use std::path::PathBuf;

/// What the task is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arguments {
    /// The capability file.
    pub file: PathBuf,
    /// The binary that serves it; the name of the deployment if absent.
    pub binary: Option<String>,
    /// The name of all objects; made from the module's if absent.
    pub name: Option<String>,
    /// The image; the name with the capability's version if absent.
    pub image: Option<String>,
    /// Host names by which callers from outside of the cluster reach it.
    pub hosts: Vec<String>,
    /// Environment variables that are no secrets, and their values.
    pub settings: Vec<(String, String)>,
    /// The folder to write to.
    pub output: PathBuf,
}

/// Why a command line is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// No file is named, or several.
    #[error("name one capability file")]
    File,
    /// An argument that does not exist.
    #[error("`{0}` is no argument of this task")]
    Unknown(String),
    /// An argument lacks its value.
    #[error("`{0}` needs a value")]
    NoValue(String),
    /// A setting is none.
    #[error("`--set` takes `VARIABLE=value`, not `{0}`")]
    Setting(String),
}

impl Arguments {
    /// What is done for a file by default: written to `deploy/`.
    #[must_use]
    pub fn of(file: impl Into<PathBuf>) -> Self {
        Self {
            file: file.into(),
            binary: None,
            name: None,
            image: None,
            hosts: Vec::new(),
            settings: Vec::new(),
            output: "deploy".into(),
        }
    }

    /// Reads the arguments behind the task's name.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn parse(arguments: &[&str]) -> Result<Self, ArgumentError> {
        let mut parsed = Self::of("");
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            let mut value =
                || rest.next().map(str::to_owned).ok_or_else(|| ArgumentError::NoValue(argument.to_owned()));
            match argument {
                "--binary" => parsed.binary = Some(value()?),
                "--name" => parsed.name = Some(value()?),
                "--image" => parsed.image = Some(value()?),
                "--host" => parsed.hosts.push(value()?),
                "--set" => parsed.settings.push(setting(&value()?)?),
                "--output" => parsed.output = value()?.into(),
                _ if argument.starts_with('-') => return Err(ArgumentError::Unknown(argument.to_owned())),
                _ if parsed.file.as_os_str().is_empty() => parsed.file = argument.into(),
                _ => return Err(ArgumentError::File),
            }
        }
        if parsed.file.as_os_str().is_empty() { Err(ArgumentError::File) } else { Ok(parsed) }
    }
}

fn setting(text: &str) -> Result<(String, String), ArgumentError> {
    let is_variable = |name: &str| {
        let is_letter = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
        name.starts_with(is_letter) && name.chars().all(|letter| is_letter(letter) || letter.is_ascii_digit())
    };
    match text.split_once('=') {
        Some((name, value)) if is_variable(name) => Ok((name.to_owned(), value.to_owned())),
        _ => Err(ArgumentError::Setting(text.to_owned())),
    }
}
