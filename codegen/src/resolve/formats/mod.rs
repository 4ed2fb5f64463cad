//! What the answers of operations are, from which outputs are made (section 5.7 of the format).

mod schema;

use super::upstreams::Consumed;
use crate::css;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::Files;
use crate::ir::Format;
use crate::naftiko::{ConsumedOperation, Outputs, RawFormat, Spanned, Text};
use crate::source::Span;

/// The format of an operation's answers, as far as outputs can be made of it.
pub(super) enum Declared {
    /// Outputs can be made of it.
    Known(Format),
    /// It is one of binary messages, and nothing says of which.
    WithoutSchema(Spanned<RawFormat>),
}

/// What an operation declares, which stands in the file at `path`. Mistakes are reported.
pub(super) fn declare(operation: &ConsumedOperation<'_>, path: &str, files: &Files<'_>, sink: &Sink) -> Declared {
    let schema = operation.output_schema;
    let Some(declared) = operation.raw_format else {
        report_useless(schema, "JSON", sink);
        return Declared::Known(Format::Json);
    };
    let plain = |format: Format, name: &str| {
        report_useless(schema, name, sink);
        format
    };
    Declared::Known(match declared.value {
        RawFormat::Json => plain(Format::Json, "JSON"),
        RawFormat::Yaml => plain(Format::Yaml, "YAML"),
        RawFormat::Xml => plain(Format::Xml, "XML"),
        RawFormat::Csv => plain(Format::Csv, "CSV"),
        RawFormat::Tsv => plain(Format::Tsv, "TSV"),
        RawFormat::Psv => plain(Format::Psv, "PSV"),
        RawFormat::Binary => plain(Format::Binary, "bytes"),
        RawFormat::Markdown => Format::Markdown { prefix: schema.map(|prefix| prefix.value.to_owned()) },
        RawFormat::Html => Format::Html { selectors: schema.map(|text| selectors(&text, sink)).unwrap_or_default() },
        RawFormat::Avro => {
            let Some(location) = schema else { return Declared::WithoutSchema(declared) };
            Format::Avro { schema: schema::avro(&location, path, files, sink).unwrap_or_default() }
        }
        RawFormat::Protobuf => {
            let Some(location) = schema else { return Declared::WithoutSchema(declared) };
            schema::protobuf(&location, path, files, sink).map_or(Format::Json, Format::Protobuf)
        }
    })
}

/// The format of the answers that outputs are made of. One that cannot be read is reported.
pub(super) fn resolve(operation: &Consumed<'_>, outputs: &Outputs<'_>, sink: &Sink) -> Format {
    format(operation, outputs.key, Some("without `outputParameters` the answer is handed on as it is"), sink)
}

/// The format of the answers of an operation that is called by a step, named at `place`.
pub(super) fn of_step(operation: &Consumed<'_>, place: Span, sink: &Sink) -> Format {
    format(operation, place, None, sink)
}

fn format(operation: &Consumed<'_>, place: Span, way_out: Option<&str>, sink: &Sink) -> Format {
    match &operation.format {
        Declared::Known(format) => format.clone(),
        Declared::WithoutSchema(format) => {
            let message = "the answer can only be mapped by its schema, which nothing names";
            let example = match format.value {
                RawFormat::Avro => "ship.avsc",
                _ => "ship.proto#Ship",
            };
            sink.report(
                Diagnostic::new(Code::MissingField, place, message)
                    .also(format.span, "the format of the answer")
                    .help(format!("name the file beside it: `outputSchema: {example}`"))
                    .maybe_help(way_out.map(str::to_owned)),
            );
            Format::Json
        }
    }
}

fn selectors(text: &Text<'_>, sink: &Sink) -> Vec<crate::ir::css::Selector> {
    css::parse(text.value).unwrap_or_else(|fault| {
        let message = format!("`{}` is no selector of CSS: {}", text.value, fault.message);
        sink.report(
            Diagnostic::new(Code::MalformedOutputSchema, text.part(fault.range), message).maybe_help(fault.suggestion),
        );
        Vec::new()
    })
}

fn report_useless(schema: Option<Text<'_>>, format: &str, sink: &Sink) {
    if let Some(schema) = schema {
        let message = format!("`outputSchema` has no effect: answers in {format} need none");
        sink.report(
            Diagnostic::new(Code::UselessOutputSchema, schema.span, message)
                .help("`outputSchema` belongs to `outputRawFormat: avro`, `protobuf`, `html` or `markdown`"),
        );
    }
}
