//! The join of a capability file with the OpenAPI document of its upstream.
//!
//! A consumed operation and an operation of the document are the same when method and path agree (`route`, `matching`).
//! What has no match is a mistake if something near is there, and otherwise a gap in the document (`report`).
//! The document then says what the file leaves open (`merge`): types and further parameters of the inputs, the body, what
//! is answered (`answer`), and descriptions. What both say must agree. Surfaces are derived afterwards, and so
//! have all of it without knowing where it comes from.

mod answer;
mod matching;
mod merge;
mod parameters;
mod plain;
mod report;
mod route;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::api::Api;
use crate::ir::types::Types;
use crate::openapi::{self, FileReport, Loader, Places, Route, Spot, analyze_chosen};
use crate::resolve::upstreams::Upstreams;
use crate::source::Span;
use crate::suggest;

use self::matching::{Match, Near};
pub(crate) use self::plain::plain;
use self::report::{Report, report_derived_body};

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
    let (mut matches, mut chosen, mut routes): (_, _, Vec<Route>) = (Vec::new(), Vec::new(), Vec::new());
    let (analysis, places) = analyze_chosen(join.loader, &join.document, &options, &mut |found| {
        matches = matching::find(upstreams, found);
        routes = found.to_vec();
        chosen = matches.iter().filter_map(Match::found).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen.clone()
    });
    let joined = Joined { document: analysis.api, files: analysis.files };
    let Some(api) = &joined.document else { return joined };
    let document = &joined;
    let allowed = Allowed::new(join, upstreams, sink);
    let report = Report { routes: &routes, document, sink };
    if let Some(first) = first_of_none(&matches, &allowed) {
        report.unrelated(upstreams, first);
        return joined;
    }
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
            Match::Ambiguous(candidates) if !is_allowed => report.ambiguous(upstreams, index, candidates),
            Match::Missing { near } if !is_allowed => report.missing(upstreams, index, *near),
            Match::Ambiguous(_) | Match::Missing { .. } => report_derived_body(upstreams, index, sink),
        }
    }
    joined
}

/// The first operation of those that are looked for, if the document has nothing, and nothing near, of any of them: then
/// it is another API's.
fn first_of_none(matches: &[Match], allowed: &Allowed) -> Option<usize> {
    let is_absent = |found: &Match| matches!(found, Match::Missing { near: None | Some((_, Near::Ending)) });
    let sought = || matches.iter().enumerate().filter(|(index, _)| !allowed.is_allowed(*index));
    let has_any = matches.iter().any(|found| found.found().is_some()) || !sought().all(|(_, found)| is_absent(found));
    sought().next().map(|(index, _)| index).filter(|_| !has_any)
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
