//! What to measure, from the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::BenchError;
use crate::openapi::Inputs;

/// A part of the report that can be measured alone. A measurement of some parts leaves the others in the file as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// REST and MCP servers of a capability.
    Servers,
    /// Time of a macro expansion.
    Expansion,
    /// Time of a build after a change.
    Rebuild,
    /// Generation of clients from OpenAPI documents.
    Generate,
    /// Time of reading against the length of a document.
    Growth,
    /// What these clients cost rustc.
    Compile,
    /// What further surfaces cost rustc.
    Surfaces,
    /// Reading and writing of payloads.
    Decode,
    /// Calls of a client.
    Calls,
    /// Requests to a router.
    Router,
    /// First answers of a mock and of tools.
    Start,
    /// Calls of the tools of a document.
    Tools,
    /// Memory of a server that is kept busy.
    Soak,
}

impl Section {
    const ALL: [(&str, Self); 13] = [
        ("servers", Self::Servers),
        ("expansion", Self::Expansion),
        ("rebuild", Self::Rebuild),
        ("generate", Self::Generate),
        ("growth", Self::Growth),
        ("compile", Self::Compile),
        ("surfaces", Self::Surfaces),
        ("decode", Self::Decode),
        ("calls", Self::Calls),
        ("router", Self::Router),
        ("start", Self::Start),
        ("tools", Self::Tools),
        ("soak", Self::Soak),
    ];

    /// The names of all, for people.
    pub(crate) fn names() -> String {
        Self::ALL.map(|(name, _)| name).join(", ")
    }
}

/// What to measure.
pub(crate) struct Settings {
    /// Length of one round of one server.
    pub(crate) round: Duration,
    /// How long a server is kept busy for the sake of its memory.
    pub(crate) soak: Duration,
    /// Rounds of each server, in turn with its peer.
    pub(crate) rounds: usize,
    /// The file that gets the report.
    pub(crate) write: Option<String>,
    /// Documents and peers.
    pub(crate) inputs: Inputs,
    /// Empty: all.
    sections: Vec<Section>,
}

impl Settings {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, BenchError> {
        let inputs = Inputs {
            corpus: "../shared/corpus/openapi".into(),
            peers: std::env::var_os("CAPSMITH_PEERS").map(PathBuf::from),
        };
        let mut settings = Self {
            round: Duration::from_secs(1),
            soak: Duration::from_secs(600),
            rounds: 21,
            write: None,
            inputs,
            sections: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or(BenchError::Usage)?;
            match argument.as_str() {
                "--seconds" => settings.round = seconds(&value)?,
                "--soak" => settings.soak = seconds(&value)?,
                "--rounds" => settings.rounds = value.parse().map_err(|_| BenchError::Usage)?,
                "--write" => settings.write = Some(value),
                "--corpus" => settings.inputs.corpus = value.into(),
                "--peers" => settings.inputs.peers = Some(value.into()),
                "--section" => {
                    let section = Section::ALL.iter().find(|(name, _)| *name == value).ok_or(BenchError::Usage)?;
                    settings.sections.push(section.1);
                }
                _ => return Err(BenchError::Usage),
            }
        }
        Ok(settings)
    }

    /// The sections, in the order of the report.
    pub(crate) fn sections(&self) -> impl Iterator<Item = Section> {
        let is_asked = |section: &Section| self.sections.is_empty() || self.sections.contains(section);
        Section::ALL.into_iter().map(|(_, section)| section).filter(is_asked)
    }
}

fn seconds(value: &str) -> Result<Duration, BenchError> {
    value.parse().map(Duration::from_secs).map_err(|_| BenchError::Usage)
}
