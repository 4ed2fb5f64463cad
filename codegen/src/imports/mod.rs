//! The capability files of a compilation: the one that is compiled, and those that it imports from.
//!
//! They lie one behind the other in one range of offsets, the compiled one first. So a span says by itself which file it
//! is in, and no stage has to know that there are several. [`separate`] hands each diagnostic to its file in the end.

mod files;

use std::ops::Range;

pub(crate) use self::files::{Files, Missing, TextFile};

use crate::diagnostic::Diagnostic;
use crate::openapi::FileReport;
use crate::source::{Source, Span};

/// The offset behind a file that begins at `start`. `None`: there is no room for it. One offset between two files keeps
/// the end of one apart from the start of the next.
fn end(start: u32, source: &Source) -> Option<u32> {
    u32::try_from(source.text.len()).ok()?.checked_add(1)?.checked_add(start)
}

/// Takes the diagnostics of all files apart: those of the compiled file, and for each other one a report. Places in other
/// files than that of the diagnostic become excerpts of them.
pub(crate) fn separate(
    diagnostics: Vec<Diagnostic>,
    compiled: &Source,
    imported: Vec<Source>,
) -> (Vec<Diagnostic>, Vec<FileReport>) {
    if imported.is_empty() {
        return (diagnostics, Vec::new());
    }
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for source in std::iter::once(compiled).chain(&imported) {
        let start = ranges.last().map_or(0, |range| range.end);
        ranges.push(start..end(start, source).unwrap_or(u32::MAX));
    }
    let mut separated: Vec<Vec<Diagnostic>> = vec![Vec::new(); ranges.len()];
    let source = |file: usize| if file == 0 { compiled } else { &imported[file - 1] };
    let file_of = |span: Span| ranges.partition_point(|range| range.end <= span.start).min(ranges.len() - 1);
    for diagnostic in diagnostics {
        let file = file_of(diagnostic.span);
        separated[file].push(place(diagnostic, file, &ranges, &source, &file_of));
    }
    let mut separated = separated.into_iter();
    let own = separated.next().unwrap_or_default();
    let reports = imported.into_iter().zip(separated);
    (own, reports.map(|(source, diagnostics)| FileReport { source, diagnostics }).collect())
}

/// A diagnostic with the offsets of its own file.
fn place<'s>(
    mut diagnostic: Diagnostic,
    file: usize,
    ranges: &[Range<u32>],
    source: &impl Fn(usize) -> &'s Source,
    file_of: &impl Fn(Span) -> usize,
) -> Diagnostic {
    let local = |span: Span, file: usize| {
        let start = ranges[file].start;
        Span::new(span.start.saturating_sub(start), span.end.saturating_sub(start))
    };
    diagnostic.span = local(diagnostic.span, file);
    let labels = std::mem::take(&mut diagnostic.labels);
    labels.into_iter().fold(diagnostic, |diagnostic, label| match file_of(label.span) {
        other if other == file => diagnostic.also(local(label.span, file), label.text),
        other => diagnostic.elsewhere(source(other), local(label.span, other), &label.text),
    })
}
