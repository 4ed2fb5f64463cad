//! What the answers are that outputs are made of (section 5.7 of the format).

use super::upstreams::Consumed;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::Format;
use crate::naftiko::{Outputs, RawFormat};
use crate::source::Span;

/// The format of an operation's answers. One that cannot be mapped from is reported.
pub(super) fn resolve(operation: &Consumed<'_>, outputs: &Outputs<'_>, sink: &Sink) -> Format {
    format(operation, outputs.key, "without `outputParameters` the answer is handed on as it is", sink)
}

/// The format of the answers of an operation that is called by a step, named at `place`.
pub(super) fn of_step(operation: &Consumed<'_>, place: Span, sink: &Sink) -> Format {
    format(operation, place, "a step has to read the answer", sink)
}

fn format(operation: &Consumed<'_>, place: Span, help: &str, sink: &Sink) -> Format {
    let Some(format) = &operation.raw_format else { return Format::Json };
    let schema = operation.output_schema;
    let unsupported = match (format.value, schema) {
        (RawFormat::Json, _) => return Format::Json,
        (RawFormat::Yaml, _) => return Format::Yaml,
        (RawFormat::Xml, _) => return Format::Xml,
        (RawFormat::Csv, _) => return Format::Csv,
        (RawFormat::Tsv, _) => return Format::Tsv,
        (RawFormat::Psv, _) => return Format::Psv,
        (RawFormat::Binary, _) => return Format::Binary,
        (RawFormat::Html, None) => return Format::Html,
        (RawFormat::Markdown, prefix) => {
            return Format::Markdown { prefix: prefix.map(|prefix| prefix.value.to_owned()) };
        }
        (RawFormat::Html, Some(_)) => "tables that a selector chooses",
        (RawFormat::Avro, _) => "Avro",
        (RawFormat::Protobuf, _) => "protocol buffers",
    };
    let mut diagnostic =
        Diagnostic::new(Code::UnsupportedRawFormat, place, format!("mapping of {unsupported} is not supported yet"))
            .also(format.span, "the format of the answer");
    if let (RawFormat::Html, Some(selector)) = (format.value, schema) {
        diagnostic = diagnostic.also(selector.span, "the selector");
    }
    sink.report(diagnostic.help(help));
    Format::Json
}
