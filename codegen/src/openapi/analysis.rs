//! The entry: a document in, the API and what there is to say about it out.

use super::choice::{Choose, Places};
use super::files::{self, Files};
use super::model::Document;
use super::operation;
use super::options::Options;
use super::place::Place;
use super::reader::{Reader, Version};
use crate::arena::Arena;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ir::api::Api;
use crate::source::Source;

/// Gives the files of a document.
///
/// The compiler touches no file itself. Paths are relative to a directory that the implementation knows, are separated by `/`,
/// and never contain `.`, `..` or an empty segment: nothing outside the directory is asked for.
pub trait Loader {
    /// The text of a file.
    ///
    /// # Errors
    ///
    /// [`LoadError`] when there is no such file or it cannot be read.
    fn load(&self, path: &str) -> Result<String, LoadError>;
}

/// Why a file cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// There is no such file.
    #[error("there is no such file")]
    NotFound,
    /// It is there and cannot be read.
    #[error("{0}")]
    Unreadable(String),
}

/// What became of a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Analysis {
    /// The API; `None` when an error was found.
    pub api: Option<Api>,
    /// The files that were read, the document's own first.
    pub files: Vec<FileReport>,
}

/// A file that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FileReport {
    /// The file.
    pub source: Source,
    /// What there is to say about it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl FileReport {
    /// Whether an error is among the diagnostics.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Reads an OpenAPI document and all that it refers to.
///
/// `root` is the path of the document, as `loader` knows it.
///
/// ```
/// use capsmith_codegen::openapi::{LoadError, Loader, Options, analyze};
///
/// struct Single(&'static str);
///
/// impl Loader for Single {
///     fn load(&self, path: &str) -> Result<String, LoadError> {
///         if path == "weather.yaml" { Ok(self.0.to_owned()) } else { Err(LoadError::NotFound) }
///     }
/// }
///
/// let document = "
/// openapi: 3.1.0
/// info: { title: Weather, version: '1' }
/// paths:
///   /now:
///     get:
///       operationId: now
///       responses: { '200': { description: The weather } }
/// ";
/// let analysis = analyze(&Single(document), "weather.yaml", &Options::default());
/// let api = analysis.api.expect("a document without errors");
/// assert_eq!(api.operations[0].name.as_str(), "now");
/// ```
#[must_use]
pub fn analyze(loader: &dyn Loader, root: &str, options: &Options) -> Analysis {
    run(loader, root, options, None).0
}

/// As [`analyze`], for the operations that `choose` chooses, and with their places.
pub(crate) fn analyze_chosen(
    loader: &dyn Loader,
    root: &str,
    options: &Options,
    choose: &mut Choose<'_>,
) -> (Analysis, Vec<Places>) {
    run(loader, root, options, Some(choose))
}

fn run(loader: &dyn Loader, root: &str, options: &Options, choose: Option<&mut Choose<'_>>) -> (Analysis, Vec<Places>) {
    let sources = Arena::default();
    let (read, reports) = {
        let trees = Arena::default();
        let read = read(&sources, &trees, loader, root, options, choose);
        (read, files::finish(trees))
    };
    let (mut api, places) = match read {
        Ok((api, places)) => (Ok(api), places),
        Err(reason) => (Err(reason), Vec::new()),
    };
    if reports.iter().any(|(_, failed)| *failed) {
        api = Err(None);
    }
    let mut files: Vec<FileReport> = sources
        .into_vec()
        .into_iter()
        .zip(reports)
        .map(|(source, (diagnostics, _))| FileReport { source, diagnostics })
        .collect();
    if let Err(Some(reason)) = &api {
        let message = format!("`{root}` cannot be read: {reason}");
        let diagnostic = Diagnostic::new(Code::UnreadableDocument, crate::source::Span::default(), message);
        files.push(FileReport { source: Source::new(root, ""), diagnostics: vec![diagnostic] });
    }
    (Analysis { api: api.ok(), files }, places)
}

/// The API. The error is the reason why the document itself is not there, if that is why.
fn read<'t, 's: 't>(
    sources: &'s Arena<Source>,
    trees: &'t Arena<files::Loaded<'s>>,
    loader: &'s dyn Loader,
    root: &str,
    options: &Options,
    choose: Option<&mut Choose<'_>>,
) -> Result<(Api, Vec<Places>), Option<String>> {
    let files = Files::new(sources, trees, loader);
    let place = files.root(root).map_err(files::Missing::reason)?;
    let version = version(&files, place).ok_or(None)?;
    let reader = Reader::new(files, version, place, options);
    Ok(operation::lower(&reader, place, root, choose))
}

/// The version that a document declares. `None`: it is none that can be read, which has been reported.
fn version<'t>(files: &Files<'t, '_>, place: Place<'t>) -> Option<Version> {
    let document = Document::read(place);
    let report = |place: Place<'t>, code, message: String, help: &str| {
        files.report(place.file, Diagnostic::new(code, place.span(), message).help(help));
        None
    };
    let Some(declared) = document.openapi() else {
        return match document.swagger() {
            Some(swagger) => report(
                swagger,
                Code::UnsupportedOpenApiVersion,
                format!("Swagger {} is not supported", swagger.text().unwrap_or_default()),
                "convert the document to OpenAPI 3",
            ),
            None => report(
                place,
                Code::NotOpenApi,
                "this is no OpenAPI document".into(),
                "an OpenAPI document has the field `openapi`",
            ),
        };
    };
    let text = declared.text().unwrap_or_default().trim();
    let is =
        |version: &str| text.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']));
    if is("3.0") || text == "3" {
        Some(Version::V3_0)
    } else if is("3.1") {
        Some(Version::V3_1)
    } else if is("3.2") {
        Some(Version::V3_2)
    } else {
        report(
            declared,
            Code::UnsupportedOpenApiVersion,
            format!("OpenAPI {text} is not supported"),
            "the versions 3.0, 3.1 and 3.2 are",
        )
    }
}
