//! Findings as text for people, and as lines of JSON for editors.

use std::io::{self, IsTerminal as _, Write};

use capsmith_codegen::diagnostic::{Diagnostic, Severity, Style};
use capsmith_codegen::source::Source;
use serde::Serialize;

use super::Format;

/// A finding as an editor takes it. Lines and columns begin with 1; columns count characters.
#[derive(Serialize)]
struct Finding<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    severity: &'static str,
    code: &'static str,
    message: &'d str,
    help: &'d [String],
}

/// Prints a finding.
pub(super) fn diagnostic(
    format: Format,
    diagnostic: &Diagnostic,
    source: &Source,
    output: &mut impl Write,
) -> io::Result<()> {
    let (word, severity) = match diagnostic.severity {
        Severity::Error => ("error", "error"),
        Severity::Lint => ("warning", "lint"),
        Severity::Note => ("note", "note"),
    };
    match format {
        Format::Text if is_coloured() => writeln!(output, "{}\n", diagnostic.render(source, Style::Coloured)),
        Format::Text => writeln!(output, "{word}: {}\n", diagnostic.render(source, Style::Plain)),
        Format::Json => {
            let (start, end) = (source.position(diagnostic.span.start), source.position(diagnostic.span.end));
            let finding = Finding {
                file: &source.name,
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                severity,
                code: diagnostic.code.as_str(),
                message: &diagnostic.message,
                help: &diagnostic.help,
            };
            writeln!(output, "{}", serde_json::to_string(&finding)?)
        }
    }
}

fn is_coloured() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
