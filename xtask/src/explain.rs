//! `explain`: what a diagnostic means, why it matters, and an example with its repair.
//!
//! The texts are the pages of `docs/diagnostics/`, one a code. Their examples are compiled whenever they are printed, so what the
//! compiler says stands in no page.

mod example;
mod list;
mod page;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Severity};

use self::example::Example;
use self::page::{Page, Part};

pub use self::example::ExampleError;
pub use self::list::{check_list, write_list};

/// The folder of the pages.
const FOLDER: &str = "docs/diagnostics";

/// Why the task failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplainError {
    /// There is no such code.
    #[error("there is no diagnostic `{asked}`{}", suggestion(near))]
    Unknown {
        /// What was asked for.
        asked: String,
        /// Codes that could be meant.
        near: Vec<Code>,
    },
    /// A page cannot be read, or the list cannot be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The example of a page cannot be followed.
    #[error("the example of {}: {source}", code.as_str())]
    Example {
        /// The code of the page.
        code: Code,
        /// Why.
        source: ExampleError,
    },
    /// The list of the codes is not what the codes give.
    #[error("{} is stale; run `{}`", list::PATH, crate::regen::COMMAND)]
    StaleList,
    /// The text cannot be printed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
}

fn suggestion(near: &[Code]) -> String {
    if near.is_empty() {
        return String::from("; `cargo xtask explain` lists all");
    }
    let lines = near.iter().map(|code| format!("\n  {}  {}", code.as_str(), code.summary()));
    format!("; these are like it:{}", lines.collect::<String>())
}

/// Prints what is to be known of each code; without codes, the list of all.
///
/// Codes are taken without regard to case, and without `CAP` and the zeros behind it.
///
/// # Errors
///
/// [`ExplainError::Unknown`] where there is no such code, and whatever keeps its page from being read or printed.
pub fn explain(codes: &[&str], output: &mut impl Write) -> Result<(), ExplainError> {
    for code in Code::ALL.iter().filter(|_| codes.is_empty()) {
        writeln!(output, "{}  {:<5}  {}", code.as_str(), word(*code), code.summary())?;
    }
    for (number, asked) in codes.iter().enumerate() {
        if number > 0 {
            writeln!(output)?;
        }
        print(find(asked)?, output)?;
    }
    Ok(())
}

/// The code that was asked for.
fn find(asked: &str) -> Result<Code, ExplainError> {
    let wanted = asked.trim().to_ascii_uppercase();
    let digits = wanted.trim_start_matches("CAP").trim_start_matches('-');
    let padded = format!("CAP{digits:0>4}");
    if let Some(code) = Code::ALL.iter().find(|code| code.as_str() == padded) {
        return Ok(*code);
    }
    Err(ExplainError::Unknown { asked: asked.to_owned(), near: near(digits, asked) })
}

/// The codes of the same stage where it is a number, and those that speak of it where it is a word.
fn near(digits: &str, asked: &str) -> Vec<Code> {
    const MOST: usize = 24;
    let is_number = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let word = asked.trim().to_lowercase();
    let is_near = |code: &&Code| {
        if is_number {
            code.as_str().trim_start_matches("CAP").starts_with(&digits[..2])
        } else {
            word.len() > 2 && code.summary().to_lowercase().contains(&word)
        }
    };
    Code::ALL.iter().filter(is_near).take(MOST).copied().collect()
}

/// The word for how serious a code is, as the compiler prints it.
fn word(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Lint => "lint",
        Severity::Note => "note",
    }
}

fn print(code: Code, output: &mut impl Write) -> Result<(), ExplainError> {
    let page = read(code)?;
    writeln!(output, "{} ({}): {}", code.as_str(), word(code), code.summary())?;
    for part in &page.parts {
        match part {
            Part::Prose(text) => writeln!(output, "\n{text}")?,
            Part::Block(block) => {
                writeln!(output, "\n{}:\n", block.file)?;
                for line in &block.lines {
                    writeln!(output, "    {line}")?;
                }
            }
        }
    }
    let Some(example) = Example::new(&page).map_err(|source| ExplainError::Example { code, source })? else {
        return Ok(());
    };
    let messages = example.mistake.messages().map_err(|source| ExplainError::Example { code, source })?;
    writeln!(output, "\nWith the lines marked `-` instead of those marked `+` the compiler says:\n")?;
    for message in messages.iter().filter(|message| example::is_of(message, code)) {
        let word = match code.severity() {
            Severity::Error => "error",
            Severity::Lint => "warning",
            Severity::Note => "note",
        };
        for line in format!("{word}: {message}").lines() {
            writeln!(output, "    {line}")?;
        }
    }
    Ok(())
}

/// The page of a code.
fn read(code: Code) -> Result<Page, ExplainError> {
    let path = root().join(FOLDER).join(format!("{}.md", code.as_str()));
    let text = std::fs::read_to_string(&path).map_err(|source| ExplainError::File { path, source })?;
    Ok(Page::parse(&text))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
