//! Files that are known to be defective: which errors each has, and why these are defects of the file and not of the compiler.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Severity};
use serde::Deserialize;

use super::Outcome;

/// Why a list of expectations cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExpectationError {
    /// The list cannot be read.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The list.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The list is malformed.
    #[error("`{}`: {source}", path.display())]
    Syntax {
        /// The list.
        path: PathBuf,
        /// Why.
        source: Box<toml::de::Error>,
    },
    /// An entry says nothing, names what is no error, or names a file that another one names too.
    #[error("`{}`: {file}: {reason}", path.display())]
    Entry {
        /// The list.
        path: PathBuf,
        /// The file that the entry is about.
        file: String,
        /// What is wrong with the entry.
        reason: String,
    },
}

/// The files that are expected to fail.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    entries: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    capability: Vec<Entry>,
}

/// What is expected of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Its path in the folder that is read.
    file: String,
    /// All codes of its errors.
    codes: Vec<String>,
    /// Why these are defects of the file.
    reason: String,
}

impl Expectations {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or an entry of it is malformed.
    pub fn read(path: &Path) -> Result<Self, ExpectationError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| ExpectationError::File { path: path.to_owned(), source })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, ExpectationError> {
        let list: List = toml::from_str(text)
            .map_err(|source| ExpectationError::Syntax { path: path.to_owned(), source: Box::new(source) })?;
        let mut entries = BTreeMap::new();
        for entry in list.capability {
            let refuse = |reason: String| {
                Err(ExpectationError::Entry { path: path.to_owned(), file: entry.file.clone(), reason })
            };
            if entry.codes.is_empty() || entry.reason.trim().is_empty() {
                return refuse("an entry has `codes` and a `reason`".to_owned());
            }
            if let Some(code) = entry.codes.iter().find(|code| !is_error(code)) {
                return refuse(format!("`{code}` is the code of no error"));
            }
            if entries.contains_key(&entry.file) {
                return refuse("the file is listed twice".to_owned());
            }
            entries.insert(entry.file.clone(), entry);
        }
        Ok(Self { entries })
    }

    /// Takes away what is expected from an outcome's problems, and adds what was expected and did not happen.
    pub(super) fn judge(&self, outcome: &mut Outcome) {
        let Some(entry) = self.entries.get(&outcome.file) else { return };
        outcome.expected = Some(entry.reason.clone());
        let mut expected: Vec<&str> = entry.codes.iter().map(String::as_str).collect();
        expected.sort_unstable();
        let found: Vec<&str> = outcome.errors.keys().copied().collect();
        if expected == found {
            // Where there are errors there is no output, so these are all problems that there are.
            outcome.problems.clear();
            return;
        }
        let found = if found.is_empty() { "it compiles".to_owned() } else { format!("it has {}", found.join(", ")) };
        outcome.problems.push(format!("{} is expected, but {found}: correct the list\n", expected.join(", ")));
    }

    /// The entries whose file is none of those that were read.
    pub(super) fn of_none<'f>(&self, files: impl Iterator<Item = &'f str>) -> Vec<String> {
        let mut missing = self.entries.clone();
        for file in files {
            missing.remove(file);
        }
        missing.into_keys().collect()
    }
}

fn is_error(code: &str) -> bool {
    Code::ALL.iter().any(|known| known.as_str() == code && known.severity() == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_corpus_can_be_used() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities.toml");
        assert!(!Expectations::read(&path).expect("it is right").entries.is_empty());
    }

    fn message(text: &str) -> String {
        Expectations::parse(text, Path::new("list.toml")).expect_err("it is wrong").to_string()
    }

    #[test]
    fn entries_say_what_and_why() {
        let entry = "[[capability]]\nfile = 'a/b.yaml'\ncodes = ['CAP0301']\nreason = 'It calls what is not there.'\n";
        assert_eq!(Expectations::parse(entry, Path::new("list.toml")).expect("it is right").entries.len(), 1);
        assert!(message(&entry.repeat(2)).ends_with("a/b.yaml: the file is listed twice"));
        assert!(message(&entry.replace("CAP0301", "CAP0112")).ends_with("`CAP0112` is the code of no error"));
        assert!(message(&entry.replace("'CAP0301'", "")).ends_with("an entry has `codes` and a `reason`"));
        assert!(message(&entry.replace("file", "fiel")).contains("unknown field `fiel`"));
    }
}
