//! Rules that need nothing but the text of a capability file.
//!
//! Some hold for every file and are checked whenever one is compiled: `binds`, `content`, `security`, `semantics`. Others are
//! matters of taste (`style`), or of what other tools accept (`schema`), and are checked when [`lint`] is called, so that builds
//! do not drown in them. All walk the tree and know nothing of what the compiler makes of it.

mod binds;
mod content;
mod schema;
mod security;
mod semantics;
mod style;
#[cfg(test)]
mod tests;
mod view;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::Source;
use crate::tree::{self, Tree};

use self::view::View;

/// How much [`lint`] asks of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strictness {
    /// Matters of style.
    #[default]
    Style,
    /// Matters of style, and all that the published schemas of the format demand.
    Schema,
}

/// What there is to say about a capability file beyond what compiling it tells: matters of style, and departures from the
/// published schemas.
///
/// Everything it finds is a lint, in the order of the file. A text that is no capability file gives nothing, since compiling it tells
/// so.
///
/// ```
/// use capsmith_codegen::source::Source;
/// use capsmith_codegen::{Strictness, lint};
///
/// let text = "naftiko: 1.0.0-alpha2\ninfo: { label: Weather, description: The weather of tomorrow }\n";
/// let lints = lint(&Source::new("weather.yaml", text), Strictness::Style);
/// assert_eq!(lints[0].message, "`info` has no `tags`");
/// ```
#[must_use]
pub fn lint(source: &Source, strictness: Strictness) -> Vec<Diagnostic> {
    let sink = Sink::default();
    let Some(tree) = tree::parse(source, &Sink::default()) else { return Vec::new() };
    let root = View::root(&tree);
    if ["naftiko", "ikanos"].iter().all(|key| root.get(key).is_none()) {
        return Vec::new();
    }
    style::check(root, &sink);
    if strictness == Strictness::Schema {
        schema::check(root, &sink);
    }
    sink.finish().0
}

/// Whether a diagnostic of this code says that the published schemas refuse a file for which the compiler has a meaning.
#[must_use]
pub fn breaks_schema(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownField | Code::Extension | Code::RenamedField | Code::IrregularName | Code::SchemaViolation
    )
}

/// The rules that hold whenever a file is compiled.
pub(crate) fn check(tree: &Tree<'_>, sink: &Sink) {
    let root = View::root(tree);
    binds::check(root, sink);
    content::check(root, sink);
    security::check(root, sink);
    semantics::check(root, sink);
}
