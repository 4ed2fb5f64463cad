//! The join of a capability file with the OpenAPI document of its upstream.
//!
//! A consumed operation and an operation of the document are the same when method and path agree (`route`, `matching`).
//! The document then says what the file leaves open (`merge`): types and further parameters of the inputs, the body, what
//! is answered (`answer`), and descriptions. What both say must agree. Surfaces are derived afterwards, and so
//! have all of it without knowing where it comes from.

mod answer;
mod matching;
mod merge;
mod parameters;
mod plain;
mod route;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::api::Api;
use crate::ir::types::Types;
use crate::openapi::{self, FileReport, Loader, Places, Spot, analyze_chosen};
use crate::resolve::inputs::derived_body;
use crate::resolve::upstreams::Upstreams;
use crate::source::Span;
use crate::suggest;

use self::matching::Match;
pub(crate) use self::plain::plain;

/// What a capability file is joined with, and how.
#[derive(Clone)]
#[non_exhaustive]
pub struct Join<'l> {
    /// Gives the files of the document.
    pub loader: &'l dyn Loader,
    /// The path of the document, as the loader knows it.
    pub document: String,
    /// Consumed operations that need not be in the document, by `operation` or `namespace.operation`.
    pub unmatched: Vec<String>,
    /// What is done about references to other hosts.
    pub remote_references: openapi::RemoteReferences,
}

impl<'l> Join<'l> {
    /// A join with the document at `document`.
    #[must_use]
    pub fn new(loader: &'l dyn Loader, document: impl Into<String>) -> Self {
        Self {
            loader,
            document: document.into(),
            unmatched: Vec::new(),
            remote_references: openapi::RemoteReferences::default(),
        }
    }
}

/// What a join gives besides what it changes in the operations. Nothing where there is none.
#[derive(Default)]
pub(crate) struct Joined {
    /// The operations that were found, with their types; `None`: the document has errors.
    pub(crate) document: Option<Api>,
    /// The files of the document.
    pub(crate) files: Vec<FileReport>,
}

impl Joined {
    /// Marks a place of the document.
    pub(crate) fn mark(&self, diagnostic: Diagnostic, spot: Spot, text: &str) -> Diagnostic {
        match self.files.get(spot.file) {
            Some(file) => diagnostic.elsewhere(&file.source, spot.span, text),
            None => diagnostic,
        }
    }

    /// The types of the operations that were found.
    pub(crate) fn types(&self) -> Option<&Types> {
        self.document.as_ref().map(|document| &document.types)
    }
}

/// Joins the operations of all upstreams with a document. Mistakes are reported.
pub(crate) fn join(join: &Join<'_>, upstreams: &mut Upstreams<'_>, sink: &Sink) -> Joined {
    let options = openapi::Options::default().remote_references(join.remote_references);
    let (mut matches, mut chosen, mut routes) = (Vec::new(), Vec::new(), Vec::new());
    let (analysis, places) = analyze_chosen(join.loader, &join.document, &options, &mut |found| {
        matches = matching::find(upstreams, found);
        routes = found.iter().map(|route| route.spot).collect();
        chosen = matches.iter().filter_map(Match::found).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen.clone()
    });
    let joined = Joined { document: analysis.api, files: analysis.files };
    let Some(api) = &joined.document else { return joined };
    let document = &joined;
    let allowed = Allowed::new(join, upstreams, sink);
    for (index, found) in matches.iter().enumerate() {
        let is_allowed = allowed.is_allowed(index);
        match found {
            Match::Found(route) => {
                let Ok(position) = chosen.binary_search(route) else { continue };
                if let (Some(operation), Some(places)) = (api.operations.get(position), places.get(position)) {
                    allowed.report_needless(index, upstreams, document, places, sink);
                    merge::merge(upstreams, index, &merge::Theirs { api, operation, places, document }, sink);
                }
            }
            Match::Broken => {}
            _ if is_allowed => report_derived_body(upstreams, index, sink),
            Match::Ambiguous(candidates) => {
                let spots: Vec<Spot> = candidates.iter().map(|route| routes[*route]).collect();
                report_ambiguous(upstreams, index, &spots, document, sink);
            }
            Match::Missing { near } => {
                let near = near.map(|(route, why)| (routes[route], why));
                report_missing(upstreams, index, near, document, sink);
            }
        }
    }
    joined
}

/// The operations that need not be in the document.
struct Allowed {
    /// For each operation.
    operations: Vec<bool>,
}

impl Allowed {
    /// Reports names of operations that do not exist.
    fn new(join: &Join<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Self {
        let mut operations = vec![false; upstreams.operations.len()];
        for name in &join.unmatched {
            let mut is_known = false;
            for (index, operation) in upstreams.operations.iter().enumerate() {
                let namespace = upstreams.list.get(operation.upstream).map_or("", |upstream| &upstream.namespace);
                if *name == operation.name || *name == format!("{namespace}.{}", operation.name) {
                    operations[index] = true;
                    is_known = true;
                }
            }
            if !is_known {
                let names = || upstreams.operations.iter().map(|operation| operation.name.as_str());
                let message = format!("`{name}`, which may be without a match, is no operation of the file");
                sink.report(
                    Diagnostic::new(Code::UnknownUnmatched, Span::default(), message)
                        .maybe_help(suggest::did_you_mean(name, names())),
                );
            }
        }
        Self { operations }
    }

    fn is_allowed(&self, operation: usize) -> bool {
        self.operations.get(operation).copied().unwrap_or(false)
    }

    fn report_needless(
        &self,
        operation: usize,
        upstreams: &Upstreams<'_>,
        document: &Joined,
        places: &Places,
        sink: &Sink,
    ) {
        if self.is_allowed(operation) {
            let name = upstreams.consumed[operation].name;
            let message = format!("`{}` may be without a match, but has one", name.value);
            let diagnostic = Diagnostic::new(Code::NeedlessUnmatched, name.span, message);
            sink.report(document.mark(diagnostic, places.operation, "the match"));
        }
    }
}

/// Says of an operation that stays as the file has it what would be said without a join.
fn report_derived_body(upstreams: &Upstreams<'_>, operation: usize, sink: &Sink) {
    let consumed = &upstreams.consumed[operation];
    if consumed.places.iter().any(|place| place.is_derived_body) {
        sink.report(derived_body(consumed.name));
    }
}

/// The operation as messages name it: method and path.
fn title(upstreams: &Upstreams<'_>, operation: usize) -> String {
    let operation = &upstreams.operations[operation];
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn report_ambiguous(upstreams: &Upstreams<'_>, operation: usize, candidates: &[Spot], document: &Joined, sink: &Sink) {
    let consumed = &upstreams.consumed[operation];
    let message = format!("`{}` could be more than one operation of the document", consumed.name.value);
    let diagnostic =
        Diagnostic::new(Code::AmbiguousMatch, consumed.path_span, message).label(title(upstreams, operation));
    let diagnostic = candidates
        .iter()
        .take(MOST_CANDIDATES)
        .fold(diagnostic, |diagnostic, spot| document.mark(diagnostic, *spot, "could be meant"));
    sink.report(diagnostic.help("the paths agree equally far; a base URI and a server URL that agree tell them apart"));
}

/// The most candidates that a message shows.
const MOST_CANDIDATES: usize = 4;

fn report_missing(
    upstreams: &Upstreams<'_>,
    operation: usize,
    near: Option<(Spot, matching::Near)>,
    document: &Joined,
    sink: &Sink,
) {
    let consumed = &upstreams.consumed[operation];
    let name = consumed.name.value;
    let message = format!("the document has no operation like `{name}`");
    let diagnostic =
        Diagnostic::new(Code::UnmatchedOperation, consumed.path_span, message).label(title(upstreams, operation));
    let diagnostic = match near {
        Some((spot, matching::Near::Method)) => document.mark(diagnostic, spot, "the same path, another method"),
        Some((spot, matching::Near::Path)) => document.mark(diagnostic, spot, "the nearest path"),
        None => {
            document.mark(diagnostic, Spot { file: 0, span: paths_key(&document.files) }, "nothing of the kind here")
        }
    };
    sink.report(diagnostic.help(format!("if it need not be there: `unmatched = [\"{name}\"]`")));
}

/// Where the document's paths begin.
fn paths_key(files: &[FileReport]) -> Span {
    let text = files.first().map_or("", |file| file.source.text.as_str());
    let found = text.find("\npaths:").map(|at| at + 1).or_else(|| text.find("\"paths\"")).unwrap_or_default();
    let start = u32::try_from(found).unwrap_or_default();
    Span::new(start, start.saturating_add(5))
}
