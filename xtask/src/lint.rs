//! `lint`: what is wrong with capability files and OpenAPI documents, without generating anything.
//!
//! Besides all that the compiler tells, capability files are held against the rules of style, and with `--strict` against what the published
//! schemas of the format demand.

mod arguments;
mod output;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Diagnostic, Severity};
use capsmith_codegen::source::Source;
use capsmith_codegen::{FileKind, Strictness, Surroundings, breaks_schema, openapi, resolve};

pub use self::arguments::{ArgumentError, Arguments, Format};
use crate::find::{FileError, Folder, below};

/// The keys by which files are recognised.
const KEYS: &[&str] = &["naftiko", "ikanos", "capability", "openapi", "swagger"];

/// Why the task failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LintError {
    /// The command line is wrong.
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
    /// A folder or file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is nothing to look at.
    #[error("there are no capability files and no OpenAPI documents in {}", list(places))]
    NoFiles {
        /// The places that were searched.
        places: Vec<PathBuf>,
    },
    /// What was found cannot be printed.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
    /// Files have errors, or lints where these are denied; they have been printed.
    #[error("{failed} of {files} files failed")]
    Failed {
        /// How many failed.
        failed: usize,
        /// How many there are.
        files: usize,
    },
}

fn list(places: &[PathBuf]) -> String {
    let places: Vec<String> = places.iter().map(|place| format!("`{}`", place.display())).collect();
    places.join(", ")
}

/// A file to look at: the folder that it may refer to others within, and its path there.
type Place = (PathBuf, String);

/// A file with what there is to say about it.
type Report = (Source, Vec<Diagnostic>);

/// What was found in all files.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    files: usize,
    errors: usize,
    lints: usize,
    failed: usize,
}

/// Looks at all files, and prints what is wrong with them and a summary.
///
/// # Errors
///
/// [`LintError::Failed`] where a file has errors, or lints and these are denied, after everything has been printed; and whatever
/// keeps the task from its work.
pub fn lint(arguments: &Arguments, output: &mut impl Write) -> Result<(), LintError> {
    let places = find(&arguments.places)?;
    if places.is_empty() {
        return Err(LintError::NoFiles { places: arguments.places.clone() });
    }
    let mut totals = Totals { files: places.len(), ..Totals::default() };
    for (folder, path) in &places {
        let (mut errors, mut lints) = (0, 0);
        for (source, diagnostics) in look(folder, path, arguments.strictness)? {
            for diagnostic in &diagnostics {
                output::diagnostic(arguments.format, diagnostic, &source, output)?;
                match diagnostic.severity {
                    Severity::Error => errors += 1,
                    Severity::Lint => lints += 1,
                    Severity::Note => {}
                }
            }
        }
        totals.errors += errors;
        totals.lints += lints;
        totals.failed += usize::from(errors > 0 || (lints > 0 && arguments.deny_lints));
    }
    if arguments.format == Format::Text {
        let Totals { files, errors, lints, .. } = totals;
        writeln!(output, "{files} files, {errors} errors, {lints} lints")?;
    }
    match totals.failed {
        0 => Ok(()),
        failed => Err(LintError::Failed { failed, files: totals.files }),
    }
}

/// The files that are meant. A file that is named is taken whatever it is; in folders those are that say what they are.
fn find(places: &[PathBuf]) -> Result<Vec<Place>, LintError> {
    let mut found = Vec::new();
    for place in places {
        if std::fs::metadata(place).map_err(FileError::of(place))?.is_file() {
            let folder = place.parent().unwrap_or(Path::new("")).to_owned();
            found.push((folder, place.file_name().unwrap_or_default().to_string_lossy().into_owned()));
        } else {
            found.extend(below(place, KEYS)?.into_iter().map(|(path, _)| (place.clone(), path)));
        }
    }
    Ok(found)
}

/// What there is to say about a file, and about those that it refers to.
fn look(folder: &Path, path: &str, strictness: Option<Strictness>) -> Result<Vec<Report>, LintError> {
    let file = folder.join(path);
    let text = std::fs::read_to_string(&file).map_err(FileError::of(&file))?;
    let kind = FileKind::of(&text);
    let shown = |source: Source| Source::new(folder.join(&source.name).display().to_string(), source.text);
    if kind == Some(FileKind::OpenApi) {
        let analysis = openapi::analyze(&Folder(folder), path, &openapi::Options::default());
        return Ok(analysis.files.into_iter().map(|file| (shown(file.source), file.diagnostics)).collect());
    }
    let source = Source::new(file.display().to_string(), text);
    let files = Folder(folder);
    let analysis = resolve::analyze_in(&source, None, &Surroundings::new(&files, path));
    let mut diagnostics = analysis.diagnostics;
    if kind == Some(FileKind::Parts) {
        diagnostics.retain(|diagnostic| diagnostic.code != Code::NothingToCompile);
    }
    let style = capsmith_codegen::lint(&source, strictness.unwrap_or_default());
    if strictness == Some(Strictness::Schema) {
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| breaks_schema(diagnostic.code)) {
            diagnostic.severity = Severity::Error;
        }
    }
    // What the compiler has told of a place need not be told again.
    let told: HashSet<_> = diagnostics.iter().map(|diagnostic| diagnostic.span).collect();
    let is_new = |found: &Diagnostic| found.code != Code::SchemaViolation || !told.contains(&found.span);
    diagnostics.extend(style.into_iter().filter(is_new).map(|mut found| {
        if breaks_schema(found.code) {
            found.severity = Severity::Error;
        }
        found
    }));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    // Lints of imported files are told of them, but some mistakes only show where they are imported.
    let imported = analysis.files.into_iter().map(|file| {
        let errors = file.diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
        (shown(file.source), errors.collect())
    });
    Ok(std::iter::once((source, diagnostics)).chain(imported).collect())
}
