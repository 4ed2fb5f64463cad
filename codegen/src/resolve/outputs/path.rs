//! Paths of outputs.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::json_path::JsonPath;
use crate::jsonpath;
use crate::naftiko::{Output, Text};
use crate::resolve::steps::is_path;

/// The path that an output is mapped from: `mapping`, or a `value` that is one.
pub(super) fn of<'a>(output: &Output<'a>) -> Option<Text<'a>> {
    output.mapping.or(output.value.filter(|value| is_path(value.value)))
}

/// The value of an output that is no path.
pub(super) fn value<'a>(output: &Output<'a>) -> Option<Text<'a>> {
    output.value.filter(|value| !is_path(value.value))
}

/// Reads a path. `None`: it is none, which is reported.
pub(super) fn parse(text: &Text<'_>, sink: &Sink) -> Option<JsonPath> {
    match jsonpath::parse(text.value) {
        Ok(parsed) => {
            // Most files write the root as `$.`, and the format has it so.
            for habit in parsed.habits.into_iter().filter(|_| text.value != "$.") {
                sink.report(
                    Diagnostic::new(Code::LooseJsonPath, text.part(habit.range), habit.message).help(habit.suggestion),
                );
            }
            Some(parsed.path)
        }
        Err(fault) => {
            let message = format!("`{}` is no path of JSONPath: {}", text.value, fault.message);
            sink.report(
                Diagnostic::new(Code::MalformedJsonPath, text.part(fault.range), message).maybe_help(fault.suggestion),
            );
            None
        }
    }
}
