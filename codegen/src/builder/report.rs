//! What the builder prints: instructions to Cargo on standard output, snippets on standard error.

use std::env;
use std::io::IsTerminal as _;
use std::path::Path;

use super::BuildError;
use crate::diagnostic::{Diagnostic, Style};
use crate::source::Source;

/// Tells Cargo to run the build script again when the file changes.
pub(super) fn track(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Prints what stops the build, and tells whether there is something.
pub(super) fn failures<'d>(failures: impl Iterator<Item = (&'d Source, &'d Diagnostic)>, build_script: bool) -> bool {
    let (shown, hidden) = cut(failures);
    for (source, failure) in &shown {
        eprintln!("{}\n", snippet("error", failure, source, style(build_script)));
    }
    if hidden > 0 {
        eprintln!("error: there are {hidden} more mistakes, which are not shown\n");
    }
    !shown.is_empty()
}

/// Prints lints as warnings of the build; outside of a build script they are given back as snippets.
pub(super) fn lints<'d>(lints: impl Iterator<Item = (&'d Source, &'d Diagnostic)>, build_script: bool) -> Vec<String> {
    let (shown, hidden) = cut(lints);
    let rest = (hidden > 0).then(|| format!("there are {hidden} more lints, which are not shown"));
    if !build_script {
        let snippets = shown.iter().map(|(source, lint)| snippet("warning", lint, source, style(build_script)));
        return snippets.chain(rest.map(|rest| format!("warning: {rest}"))).collect();
    }
    for line in shown.iter().map(|(source, lint)| one_line(lint, source)).chain(rest) {
        println!("cargo::warning={line}");
    }
    Vec::new()
}

/// Prints snippets.
pub(super) fn snippets(snippets: &[String]) {
    for snippet in snippets {
        eprintln!("{snippet}\n");
    }
}

/// The first ones, and how many more there are.
fn cut<T>(diagnostics: impl Iterator<Item = T>) -> (Vec<T>, usize) {
    let mut diagnostics = diagnostics;
    let shown = diagnostics.by_ref().take(Diagnostic::MOST_SHOWN).collect();
    (shown, diagnostics.count())
}

/// Prints an error that has no place in a file.
pub(super) fn error(error: &BuildError) {
    eprintln!("error: {error}\n");
}

fn snippet(severity: &str, diagnostic: &Diagnostic, source: &Source, style: Style) -> String {
    match style {
        Style::Plain => format!("{severity}: {}", diagnostic.render(source, Style::Plain)),
        Style::Coloured => diagnostic.render(source, Style::Coloured),
    }
}

/// Cargo takes one line for one warning.
fn one_line(diagnostic: &Diagnostic, source: &Source) -> String {
    let position = source.position(diagnostic.span.start);
    let message = diagnostic.message.replace(['\r', '\n'], " ");
    format!("{}:{}:{}: {message} [{}]", source.name, position.line, position.column, diagnostic.code.as_str())
}

/// Cargo passes on what a build script prints, so whether that is a terminal cannot be seen there.
fn style(build_script: bool) -> Style {
    let says = |variable: &str, value: &str| env::var_os(variable).is_some_and(|set| set == value);
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let file = !build_script && !std::io::stderr().is_terminal();
    if file || refused || says("CARGO_TERM_COLOR", "never") || says("TERM", "dumb") {
        Style::Plain
    } else {
        Style::Coloured
    }
}
