//! What is told: a table for people, and the same as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::find::Found;

/// Names of documents are cut to this many characters in the table.
const NAME: usize = 60;

/// What became of all documents.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// What there is beside the list of documents.
    pub totals: Totals,
    /// Each document, in the order of the folders on the command line and of the paths.
    pub documents: Vec<Outcome>,
}

/// Sums over all documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// How many documents there are.
    pub documents: usize,
    /// How many have problems.
    pub failed: usize,
    /// How many gave Rust.
    pub generated: usize,
    /// How many of these rustc accepts without a warning.
    pub checked: usize,
    /// Operations that the documents declare.
    pub declared: usize,
    /// Operations that the clients have.
    pub emitted: usize,
    /// Operations that the servers have.
    pub served: usize,
    /// Operations that no server can tell from others.
    pub client_only: usize,
    /// Lints of the compiler.
    pub warnings: usize,
    /// Seconds for generation, from start to end.
    pub generate_seconds: f64,
    /// Seconds for rustc, from start to end, with what the clients depend on; 0 without `--check`.
    pub check_seconds: f64,
    /// Lines of the output.
    pub lines: usize,
    /// Bytes of the output.
    pub bytes: usize,
}

/// What became of a document.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Outcome {
    /// Where the document is, as the command line leads to it.
    pub document: String,
    /// Operations that it declares; null: it cannot be counted without the compiler.
    pub declared: Option<usize>,
    /// Operations that the client has; null: there is no client.
    pub emitted: Option<usize>,
    /// Operations that the server has; null: there is no server.
    pub served: Option<usize>,
    /// Operations that no server can tell from others.
    pub client_only: usize,
    /// Whether there is output.
    pub generated: bool,
    /// How often each lint was found, by its code.
    pub lints: BTreeMap<&'static str, usize>,
    /// Whether rustc accepts the output without a warning; null: it was not asked.
    pub checked: Option<bool>,
    /// Seconds for generation.
    pub seconds: f64,
    /// Lines of the output.
    pub lines: usize,
    /// Bytes of the output.
    pub bytes: usize,
    /// What is wrong, as text for people: the compiler's errors, rustc's, or operations that are missing. Empty: nothing.
    pub problems: Vec<String>,
}

impl Outcome {
    /// A document about which nothing is known yet.
    pub(super) fn new(document: &Found) -> Self {
        Self {
            document: document.file().display().to_string(),
            declared: None,
            emitted: None,
            served: None,
            client_only: 0,
            generated: false,
            lints: BTreeMap::new(),
            checked: None,
            seconds: 0.0,
            lines: 0,
            bytes: 0,
            problems: Vec::new(),
        }
    }

    fn warnings(&self) -> usize {
        self.lints.values().sum()
    }
}

impl Report {
    pub(super) fn new(documents: Vec<Outcome>, generate_seconds: f64, check_seconds: f64) -> Self {
        let sum = |of: fn(&Outcome) -> usize| documents.iter().map(of).sum();
        let totals = Totals {
            documents: documents.len(),
            failed: sum(|outcome| usize::from(!outcome.problems.is_empty())),
            generated: sum(|outcome| usize::from(outcome.generated)),
            checked: sum(|outcome| usize::from(outcome.checked == Some(true))),
            declared: sum(|outcome| outcome.declared.unwrap_or_default()),
            emitted: sum(|outcome| outcome.emitted.unwrap_or_default()),
            served: sum(|outcome| outcome.served.unwrap_or_default()),
            client_only: sum(|outcome| outcome.client_only),
            warnings: sum(Outcome::warnings),
            generate_seconds,
            check_seconds,
            lines: sum(|outcome| outcome.lines),
            bytes: sum(|outcome| outcome.bytes),
        };
        Self { totals, documents }
    }

    /// The table with a row for each document and one for all.
    pub(super) fn table(&self) -> String {
        let names: Vec<String> = self.documents.iter().map(|outcome| shorten(&outcome.document)).collect();
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(8);
        let mut text = String::new();
        let mut row = |name: &str, cells: [String; 8]| {
            let [operations, served, generated, warnings, checked, time, lines, bytes] = cells;
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{name:width$} {operations:>13} {served:>7} {generated:>9} {warnings:>8} {checked:>7} {time:>9} {lines:>9} {bytes:>11}"
            );
        };
        let heads = ["operations", "served", "generated", "warnings", "checked", "time", "lines", "bytes"];
        row("document", heads.map(str::to_owned));
        for (name, outcome) in names.iter().zip(&self.documents) {
            row(name, cells(outcome));
        }
        let totals = &self.totals;
        let checked = if totals.check_seconds > 0.0 { totals.checked.to_string() } else { "-".to_owned() };
        let cells = [
            format!("{}/{}", totals.emitted, totals.declared),
            totals.served.to_string(),
            totals.generated.to_string(),
            totals.warnings.to_string(),
            checked,
            format!("{:.1} s", totals.generate_seconds),
            totals.lines.to_string(),
            totals.bytes.to_string(),
        ];
        row(&format!("{} documents", totals.documents), cells);
        if totals.check_seconds > 0.0 {
            let _ = writeln!(text, "rustc: {:.1} s", totals.check_seconds);
        }
        text
    }
}

fn cells(outcome: &Outcome) -> [String; 8] {
    let number = |number: Option<usize>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let verdict = |good: bool| if good { "yes" } else { "NO" }.to_owned();
    [
        format!("{}/{}", number(outcome.emitted), number(outcome.declared)),
        outcome.served.map_or_else(|| "-".to_owned(), |served| served.to_string()),
        verdict(outcome.generated),
        outcome.warnings().to_string(),
        outcome.checked.map_or_else(|| "-".to_owned(), verdict),
        format!("{:.0} ms", outcome.seconds * 1_000.0),
        outcome.lines.to_string(),
        outcome.bytes.to_string(),
    ]
}

/// A name that is cut at its beginning, where paths are alike.
fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= NAME {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(length + 1 - NAME).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn outcome(name: &str) -> Outcome {
        Outcome::new(&Found { folder: PathBuf::new(), path: name.to_owned(), bytes: 0, module: String::new() })
    }

    #[test]
    fn the_table_has_a_row_for_each_document_and_one_for_all() {
        let good = Outcome {
            declared: Some(12),
            emitted: Some(12),
            served: Some(12),
            generated: true,
            lints: BTreeMap::from([("CAP1302", 2), ("CAP1301", 1)]),
            checked: Some(true),
            seconds: 0.25,
            lines: 100,
            bytes: 4_000,
            ..outcome(&format!("{}.yaml", "long".repeat(20)))
        };
        let bad = Outcome { declared: Some(3), problems: vec!["no".into()], ..outcome("bad.yaml") };
        let table = Report::new(vec![good, bad], 0.3, 2.0).table();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[1][1..], ["12/12", "12", "yes", "3", "yes", "250", "ms", "100", "4000"]);
        assert!(rows[1][0].starts_with('…') && rows[1][0].chars().count() == NAME);
        assert_eq!(rows[2], ["bad.yaml", "?/3", "-", "NO", "0", "-", "0", "ms", "0", "0"]);
        assert_eq!(rows[3], ["2", "documents", "12/15", "12", "1", "3", "1", "0.3", "s", "100", "4000"]);
        assert_eq!(rows[4], ["rustc:", "2.0", "s"]);
    }
}
