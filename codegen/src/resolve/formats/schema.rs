//! Schemas in files of their own: those of Avro and of protocol buffers.

use crate::avro;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::{Files, TextFile};
use crate::ir;
use crate::naftiko::Text;
use crate::openapi::{is_remote, join_paths};
use crate::protobuf::{self, Problem, Protos};
use crate::source::Span;

/// The schema of Avro in the file that `location` names.
pub(super) fn avro(location: &Text<'_>, path: &str, files: &Files<'_>, sink: &Sink) -> Option<String> {
    let path = find(location, location.value, path, sink)?;
    let file = match files.text(&path) {
        Ok(file) => file,
        Err(reason) => return report_missing(location, &path, &reason, sink),
    };
    let tree = files.tree(file.source, file.start)?;
    match avro::normalize(&tree) {
        Ok(schema) => Some(schema),
        Err(avro::Fault { span, message, suggestion }) => {
            report(location, span, "schema of Avro", &message, suggestion, sink);
            None
        }
    }
}

/// The messages of protocol buffers that `location` names: a file, and a message of it behind `#`.
pub(super) fn protobuf(
    location: &Text<'_>,
    path: &str,
    files: &Files<'_>,
    sink: &Sink,
) -> Option<ir::protobuf::Schema> {
    let (named, message) = match location.value.split_once('#') {
        Some((named, message)) => (named, Some(message)),
        None => (location.value, None),
    };
    let path = find(location, named, path, sink)?;
    let protos = match Protos::load(&path, files) {
        Ok(protos) => protos,
        Err(Problem::Missing(reason)) => return report_missing(location, &path, &reason, sink),
        Err(Problem::Fault(file, fault)) => {
            let span = file.part(&fault.range);
            report(location, span, "file of protocol buffers", &fault.message, fault.suggestion, sink);
            return None;
        }
    };
    match protobuf::schema(&protos, message) {
        Ok(schema) => Some(schema),
        Err((index, fault)) => {
            let in_file = |file: TextFile<'_>| file.part(&fault.range);
            // What is wrong with the choice of a message stands where it is chosen.
            let span = if fault.range.is_empty() { None } else { protos.file(index).map(in_file) };
            let span = span.unwrap_or(location.span);
            report(location, span, "file of protocol buffers", &fault.message, fault.suggestion, sink);
            None
        }
    }
}

/// The path of a schema, as the loader knows it.
fn find(location: &Text<'_>, named: &str, path: &str, sink: &Sink) -> Option<String> {
    let named = named.trim();
    let named = named.strip_prefix("file:///./").or_else(|| named.strip_prefix("file://./")).unwrap_or(named);
    let found = if is_remote(named) { None } else { join_paths(path, named) };
    if found.is_none() {
        let message = format!("`{}` names no file that belongs to this one", location.value);
        sink.report(
            Diagnostic::new(Code::OutputSchemaNotFound, location.span, message)
                .help("give a path relative to this file, which stays in the crate"),
        );
    }
    found
}

fn report_missing<T>(location: &Text<'_>, path: &str, reason: &str, sink: &Sink) -> Option<T> {
    let message = format!("the schema `{path}` cannot be read: {reason}");
    sink.report(
        Diagnostic::new(Code::OutputSchemaNotFound, location.span, message)
            .help("paths are relative to the file that has the `outputSchema`"),
    );
    None
}

fn report(location: &Text<'_>, span: Span, what: &str, message: &str, suggestion: Option<String>, sink: &Sink) {
    let diagnostic =
        Diagnostic::new(Code::MalformedOutputSchema, span, format!("the {what} cannot be used: {message}"))
            .maybe_help(suggestion);
    let is_elsewhere = span != location.span;
    sink.report(if is_elsewhere { diagnostic.also(location.span, "used here") } else { diagnostic });
}
