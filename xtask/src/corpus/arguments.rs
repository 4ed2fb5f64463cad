//! The command line of the task.

use std::num::NonZero;
use std::path::PathBuf;

use capsmith_codegen::openapi::{RemoteReferences, Surface, Surfaces};

/// What the task is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arguments {
    /// Folders with documents, and documents.
    pub places: Vec<PathBuf>,
    /// Whether capability files are meant, and not OpenAPI documents.
    pub capabilities: bool,
    /// The list of capability files that are expected to fail.
    pub expect: Option<PathBuf>,
    /// The folder with the OpenAPI documents that capability files are joined with.
    pub join: Option<PathBuf>,
    /// Whether rustc checks what is generated.
    pub check: bool,
    /// What is generated; the client alone by default.
    pub surfaces: Surfaces,
    /// Where the report goes.
    pub report: Option<PathBuf>,
    /// How many documents are compiled at a time, and how many crates are checked at a time.
    pub jobs: NonZero<usize>,
    /// What is done about references to other hosts.
    ///
    /// Users get an error by default. A corpus is made of documents of others, of which a few name schemas on the web; the question here is
    /// whether the rest of such a document compiles. So the default here is that what uses them is untyped, with a lint that the table counts.
    pub remote_references: RemoteReferences,
}

/// Why a command line is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// No folder is named.
    #[error("no folder is named")]
    NoPlace,
    /// An argument that does not exist.
    #[error("`{0}` is no argument of this task")]
    Unknown(String),
    /// An argument that has no effect on what is compiled.
    #[error("`{argument}` is for {kind}, {hint}")]
    Misplaced {
        /// The argument.
        argument: &'static str,
        /// What it has an effect on.
        kind: &'static str,
        /// What to do about it.
        hint: &'static str,
    },
    /// An argument without its value.
    #[error("`{0}` needs a value")]
    NoValue(String),
    /// A value that its argument does not take.
    #[error("`{argument}` does not take `{value}`: {expected}")]
    Value {
        /// The argument.
        argument: &'static str,
        /// What it was given.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
}

impl Arguments {
    /// Reads the arguments behind the task's name.
    ///
    /// # Errors
    ///
    /// [`ArgumentError`] says what is wrong with them.
    pub fn parse(arguments: &[&str]) -> Result<Self, ArgumentError> {
        let mut parsed = Self {
            places: Vec::new(),
            capabilities: false,
            expect: None,
            join: None,
            check: false,
            surfaces: Surfaces::from_iter([Surface::Client]),
            report: None,
            jobs: std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
            remote_references: RemoteReferences::Untyped,
        };
        let mut of_documents = None;
        let mut rest = arguments.iter().copied();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| ArgumentError::NoValue(argument.to_owned()));
            match argument {
                "--capabilities" => parsed.capabilities = true,
                "--expect" => parsed.expect = Some(value()?.into()),
                "--join" => parsed.join = Some(value()?.into()),
                "--check" => parsed.check = true,
                "--report" => parsed.report = Some(value()?.into()),
                "--surface" => {
                    parsed.surfaces = surfaces(value()?)?;
                    of_documents = Some("--surface");
                }
                "--jobs" => parsed.jobs = jobs(value()?)?,
                "--remote-references" => {
                    parsed.remote_references = remote_references(value()?)?;
                    of_documents = Some("--remote-references");
                }
                _ if argument.starts_with('-') => return Err(ArgumentError::Unknown(argument.to_owned())),
                _ => parsed.places.push(argument.into()),
            }
        }
        parsed.check_kind(of_documents)?;
        if parsed.places.is_empty() { Err(ArgumentError::NoPlace) } else { Ok(parsed) }
    }

    /// Refuses what would have no effect: an argument that is for documents where capability files are meant, and the other
    /// way round.
    fn check_kind(&self, of_documents: Option<&'static str>) -> Result<(), ArgumentError> {
        let of_capabilities = [(self.expect.is_some(), "--expect"), (self.join.is_some(), "--join")]
            .into_iter()
            .find(|(given, _)| *given);
        match (self.capabilities, of_documents, of_capabilities) {
            (true, Some(argument), _) => Err(ArgumentError::Misplaced {
                argument,
                kind: "OpenAPI documents",
                hint: "which `--capabilities` does not compile",
            }),
            (false, _, Some((_, argument))) => Err(ArgumentError::Misplaced {
                argument,
                kind: "capability files",
                hint: "which `--capabilities` asks for",
            }),
            _ => Ok(()),
        }
    }
}

fn surfaces(list: &str) -> Result<Surfaces, ArgumentError> {
    let surface = |name: &str| {
        let expected = "surfaces are client, server, mcp and mock, separated by commas";
        let wrong = |_| ArgumentError::Value { argument: "--surface", value: name.to_owned(), expected };
        name.parse::<Surface>().map_err(wrong)
    };
    list.split(',').map(surface).collect()
}

fn jobs(value: &str) -> Result<NonZero<usize>, ArgumentError> {
    let expected = "a number above 0";
    value.parse().map_err(|_| ArgumentError::Value { argument: "--jobs", value: value.to_owned(), expected })
}

fn remote_references(value: &str) -> Result<RemoteReferences, ArgumentError> {
    match value {
        "refuse" => Ok(RemoteReferences::Refuse),
        "untyped" => Ok(RemoteReferences::Untyped),
        _ => {
            let expected = "`refuse` or `untyped`";
            Err(ArgumentError::Value { argument: "--remote-references", value: value.to_owned(), expected })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(arguments: &[&str]) -> String {
        Arguments::parse(arguments).expect_err("they are wrong").to_string()
    }

    #[test]
    fn everything_can_be_said() {
        let arguments = [
            "a",
            "--check",
            "--surface",
            "client,mock",
            "--report",
            "r.json",
            "--jobs",
            "3",
            "--remote-references",
            "refuse",
            "b",
        ];
        let parsed = Arguments::parse(&arguments).expect("they are right");
        assert_eq!(parsed.places, [PathBuf::from("a"), PathBuf::from("b")]);
        assert!(parsed.check);
        assert_eq!(parsed.surfaces, Surfaces::from_iter([Surface::Client, Surface::Mock]));
        assert_eq!(parsed.report, Some(PathBuf::from("r.json")));
        assert_eq!(parsed.jobs.get(), 3);
        assert_eq!(parsed.remote_references, RemoteReferences::Refuse);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(message(&[]), "no folder is named");
        assert_eq!(message(&["a", "--chek"]), "`--chek` is no argument of this task");
        assert_eq!(message(&["a", "--report"]), "`--report` needs a value");
        assert_eq!(message(&["a", "--jobs", "0"]), "`--jobs` does not take `0`: a number above 0");
        assert!(message(&["a", "--surface", "grpc"]).contains("`grpc`: surfaces are"));
    }

    #[test]
    fn what_would_have_no_effect_is_refused() {
        assert_eq!(
            message(&["a", "--expect", "list.toml"]),
            "`--expect` is for capability files, which `--capabilities` asks for"
        );
        assert_eq!(message(&["a", "--join", "b"]), "`--join` is for capability files, which `--capabilities` asks for");
        for (argument, value) in [("--surface", "mock"), ("--remote-references", "refuse")] {
            let expected = format!("`{argument}` is for OpenAPI documents, which `--capabilities` does not compile");
            assert_eq!(message(&["a", argument, value, "--capabilities"]), expected);
        }
    }
}
