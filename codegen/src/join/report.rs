//! What is said about operations without a match.

use super::Joined;
use super::matching::Near;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::openapi::{FileReport, Route, Spot};
use crate::resolve::inputs::derived_body;
use crate::resolve::upstreams::Upstreams;
use crate::source::Span;

/// The most candidates that a message shows.
const MOST_CANDIDATES: usize = 4;

/// What is needed to say it.
pub(super) struct Report<'r> {
    /// The routes of the document.
    pub(super) routes: &'r [Route],
    pub(super) document: &'r Joined,
    pub(super) sink: &'r Sink,
}

impl Report<'_> {
    /// An operation matches several of the document equally well.
    pub(super) fn ambiguous(&self, upstreams: &Upstreams<'_>, operation: usize, candidates: &[usize]) {
        let name = upstreams.consumed[operation].name.value;
        let message = format!("`{name}` could be more than one operation of the document");
        let diagnostic = at_path(Code::AmbiguousMatch, upstreams, operation, message);
        let diagnostic = candidates.iter().take(MOST_CANDIDATES).fold(diagnostic, |diagnostic, route| {
            self.document.mark(diagnostic, self.routes[*route].spot, "could be meant")
        });
        let help = "the paths agree equally far; a base URI and a server URL that agree tell them apart";
        self.sink.report(diagnostic.help(help));
    }

    /// An operation is not in the document: a mistake if something near is there, and else a gap in the document.
    pub(super) fn missing(&self, upstreams: &Upstreams<'_>, operation: usize, near: Option<(usize, Near)>) {
        let name = upstreams.consumed[operation].name.value;
        let message = format!("the document has no operation like `{name}`");
        let unmatched = format!("`unmatched = [\"{name}\"]`");
        let (code, spot, there, help) = match near {
            Some((route, Near::Method)) => (
                Code::UnmatchedOperation,
                self.routes[route].spot,
                "the same path, another method",
                format!("if it need not be there: {unmatched}"),
            ),
            Some((route, Near::Spelling)) => (
                Code::UnmatchedOperation,
                self.routes[route].spot,
                "nearly the same path",
                format!("did you mean `{}`? If it need not be there: {unmatched}", self.routes[route].path),
            ),
            Some((route, Near::Ending)) => {
                (Code::UndocumentedOperation, self.routes[route].spot, "the nearest path", untyped(&unmatched))
            }
            None => (Code::UndocumentedOperation, self.paths(), "nothing of the kind here", untyped(&unmatched)),
        };
        let diagnostic = self.document.mark(at_path(code, upstreams, operation, message), spot, there);
        self.sink.report(diagnostic.help(help));
        if code == Code::UndocumentedOperation {
            report_derived_body(upstreams, operation, self.sink);
        }
    }

    /// None of the operations that are looked for is in the document. The first of them is shown.
    pub(super) fn unrelated(&self, upstreams: &Upstreams<'_>, first: usize) {
        let message = "the document has none of the operations that the file consumes";
        let diagnostic = at_path(Code::UnrelatedDocument, upstreams, first, message.to_owned());
        let diagnostic = self.document.mark(diagnostic, self.paths(), "nothing of the kind here");
        let server = self.routes.first().and_then(|route| route.servers.first());
        let base_uri =
            upstreams.list.get(upstreams.operations[first].upstream).and_then(|upstream| upstream.base_uri.fixed());
        let urls = server.zip(base_uri).filter(|(server, base_uri)| server != base_uri);
        let urls = urls.map(|(server, base_uri)| {
            format!("the document describes `{server}`, and the file consumes `{base_uri}`: is it the right document?")
        });
        self.sink.report(diagnostic.maybe_help(urls));
    }

    /// Where the document's paths begin.
    fn paths(&self) -> Spot {
        Spot { file: 0, span: paths_key(&self.document.files) }
    }
}

/// Says of an operation that stays as the file has it what would be said without a join.
pub(super) fn report_derived_body(upstreams: &Upstreams<'_>, operation: usize, sink: &Sink) {
    let consumed = &upstreams.consumed[operation];
    if consumed.places.iter().any(|place| place.is_derived_body) {
        sink.report(derived_body(consumed.name));
    }
}

/// A diagnostic at the path of an operation, which is labelled with its method and path.
fn at_path(code: Code, upstreams: &Upstreams<'_>, operation: usize, message: String) -> Diagnostic {
    let (span, operation) = (upstreams.consumed[operation].path_span, &upstreams.operations[operation]);
    let title = format!("{} {}", operation.method.as_str(), operation.path);
    Diagnostic::new(code, span, message).label(title)
}

fn untyped(unmatched: &str) -> String {
    format!("it stays as the file has it, without types; {unmatched} says that it need not be there")
}

fn paths_key(files: &[FileReport]) -> Span {
    let text = files.first().map_or("", |file| file.source.text.as_str());
    let found = text.find("\npaths:").map(|at| at + 1).or_else(|| text.find("\"paths\"")).unwrap_or_default();
    let start = u32::try_from(found).unwrap_or_default();
    Span::new(start, start.saturating_add(5))
}
