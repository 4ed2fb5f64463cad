//! What the builder prints: instructions to Cargo on standard output, snippets on standard error.

use std::env;
use std::io::IsTerminal as _;
use std::path::Path;

use crate::compile::Compiled;
use crate::diagnostic::{Diagnostic, Style};
use crate::source::Source;

/// Tells Cargo to run the build script again when the file changes.
pub(super) fn track(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Prints the diagnostics of a file.
pub(super) fn diagnostics(compiled: &Compiled, source: &Source, directives: bool) {
    for failure in compiled.failures() {
        eprintln!("{}\n", snippet("error", failure, source, style(directives)));
    }
    for warning in compiled.warnings() {
        if directives {
            println!("cargo::warning={}", one_line(warning, source));
        } else {
            eprintln!("{}\n", snippet("warning", warning, source, style(directives)));
        }
    }
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
