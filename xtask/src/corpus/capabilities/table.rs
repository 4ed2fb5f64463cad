//! What became of the files, by provider and by code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use capsmith_codegen::diagnostic::Code;

use super::{Outcome, Report};

/// A row: of a provider, or of all.
#[derive(Default)]
struct Row<'r> {
    files: usize,
    compiled: usize,
    joined: usize,
    contradicted: usize,
    checked: Option<usize>,
    expected: usize,
    failed: usize,
    lints: usize,
    /// In how many files each error is.
    errors: BTreeMap<&'r str, usize>,
}

impl<'r> Row<'r> {
    fn add(&mut self, outcome: &'r Outcome) {
        self.files += 1;
        self.compiled += usize::from(outcome.generated);
        if let Some(join) = &outcome.join {
            self.joined += 1;
            self.contradicted += usize::from(!join.contradictions.is_empty());
        }
        if let Some(checked) = outcome.checked {
            *self.checked.get_or_insert(0) += usize::from(checked);
        }
        self.expected += usize::from(outcome.expected.is_some() && outcome.problems.is_empty());
        self.failed += usize::from(!outcome.problems.is_empty());
        self.lints += outcome.lints.values().sum::<usize>();
        for code in outcome.errors.keys() {
            *self.errors.entry(code).or_default() += 1;
        }
    }

    fn write(&self, name: &str, width: usize, text: &mut String) {
        let Self { files, compiled, joined, contradicted, expected, failed, lints, .. } = self;
        let checked = self.checked.map_or_else(|| "-".to_owned(), |checked| checked.to_string());
        let codes: Vec<String> = self.errors.iter().map(|(code, files)| format!("{code}×{files}")).collect();
        // Writing to a string cannot fail.
        let line = format!(
            "{name:width$} {files:>6} {compiled:>9} {joined:>7} {contradicted:>12} {checked:>8} {expected:>9} {failed:>7} {lints:>7}  {}",
            codes.join(" ")
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// A row for each provider and one for all, and a row for each code of an error.
pub(super) fn table(report: &Report) -> String {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    let mut all = Row::default();
    for outcome in &report.capabilities {
        rows.entry(outcome.provider()).or_default().add(outcome);
        all.add(outcome);
    }
    let last = format!("{} providers", rows.len());
    let width = rows.keys().map(|name| name.len()).max().unwrap_or_default().max(last.len());
    let mut text = format!(
        "{:width$} {:>6} {:>9} {:>7} {:>12} {:>8} {:>9} {:>7} {:>7}  errors\n",
        "provider", "files", "compiled", "joined", "contradicted", "checked", "expected", "failed", "lints"
    );
    for (name, row) in &rows {
        row.write(name, width, &mut text);
    }
    Row { errors: BTreeMap::new(), ..all }.write(&last, width, &mut text);
    codes(report, &mut text);
    text
}

/// In how many files and of how many providers each error is.
fn codes(report: &Report, text: &mut String) {
    let mut codes: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for outcome in &report.capabilities {
        for code in outcome.errors.keys() {
            let (files, providers) = codes.entry(code).or_default();
            *files += 1;
            providers.insert(outcome.provider());
        }
    }
    if codes.is_empty() {
        return;
    }
    let _ = writeln!(text, "\ncode     files providers");
    for (code, (files, providers)) in codes {
        let summary = Code::ALL.iter().find(|known| known.as_str() == code).map_or("", |known| known.summary());
        let _ = writeln!(text, "{code} {files:>6} {:>9}  {summary}", providers.len());
    }
}
