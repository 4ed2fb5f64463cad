//! Why a text is not what its operation declares.

/// Why bytes cannot be read as a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// They break the rules of the format.
    #[error("not {format}{}: {message}", place(*.line))]
    Malformed {
        /// The format's name.
        format: &'static str,
        /// The line, from 1 on, where it is known.
        line: Option<u64>,
        /// What is wrong.
        message: String,
    },
    /// Elements, lists or mappings are nested too deep.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// They say in few bytes what takes too much memory as JSON: aliases of aliases, say.
    #[error("takes more than {} MiB as JSON", limit / 1024 / 1024)]
    TooLarge {
        /// The most memory in bytes, roughly.
        limit: usize,
    },
    /// They are in an encoding of which nothing is known.
    #[error("the charset `{0}` is not known")]
    UnknownCharset(String),
    /// The text is not in the encoding that it is said to be in.
    #[error("the text is not in {0}")]
    NotEncoded(&'static str),
    /// The feature of this crate that reads the format is not enabled.
    #[error("the feature `{0}` of capsmith is not enabled")]
    NotEnabled(&'static str),
}

fn place(line: Option<u64>) -> String {
    line.map(|line| format!(" (line {line})")).unwrap_or_default()
}
