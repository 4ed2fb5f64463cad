//! The tables about clients of OpenAPI documents.

use std::fmt::Write as _;

use super::{Report, median};
use crate::openapi::command::Median;
use crate::openapi::compile::{self, Outcome};
use crate::openapi::generate;
use crate::openapi::generator::Generator;
use crate::openapi::{Document, calls, decode, growth};

impl Report {
    /// Time and memory of generation.
    pub(crate) fn generation(&mut self, documents: &[Document], rows: &[generate::Row], runs: usize) {
        let _ = write!(
            self.text,
            "## Generating clients\n\nFrom a document to a crate, each run a process; medians of {runs}, the generators in turn. \
             Ratios are to the fastest and the smallest peer that generates the document.\n\n{}\
             | document | generator | s | processor s | MiB | lines |\n|---|---|---|---|---|---|\n",
            describe(documents),
        );
        for row in rows {
            let (document, generator, lines) = (row.document, row.generator.name(), row.lines);
            let _ = match row.cost {
                Some(Median { seconds, processor, mebibytes, .. }) => {
                    writeln!(
                        self.text,
                        "| {document} | {generator} | {seconds:.3} | {processor:.3} | {mebibytes:.0} | {lines} |"
                    )
                }
                None => writeln!(self.text, "| {document} | {generator} | fails | | | |"),
            };
        }
        self.text.push('\n');
        for document in documents {
            let rows = rows.iter().filter(|row| row.document == document.name);
            let costs: Vec<_> = rows.filter_map(|row| Some((row.generator, row.cost?))).collect();
            self.ratios(document.name, &ratios("", &costs));
        }
        self.text.push('\n');
    }

    /// How the time of reading grows.
    pub(crate) fn growth(&mut self, rows: &[growth::Row], runs: usize) {
        let _ = write!(
            self.text,
            "## Reading long documents\n\nFrom a text to the resolved API, milliseconds of the processor, for documents of one kind that get longer: medians of {runs}. \
             Four times the length should take four times as long, and takes sixteen where something is quadratic.\n\n\
             | kind | {} | growth |\n|---|---|---|---|---|\n",
            growth::FACTORS.map(|factor| format!("{factor} ×")).join(" | "),
        );
        for row in rows {
            let times = row.milliseconds.map(|time| format!("{time:.1}")).join(" | ");
            let _ = writeln!(self.text, "| {} | {times} | {:.1} |", row.kind, row.growth());
        }
        self.text.push('\n');
    }

    /// What the clients cost rustc.
    pub(crate) fn compilation(&mut self, documents: &[Document], rows: &[compile::Row]) {
        let _ = write!(
            self.text,
            "## Compiling clients\n\n`cargo check` and `cargo build` of the generated crate after touching its `lib.rs`: \
             dependencies built, dev profile, `CARGO_INCREMENTAL=0`; memory is rustc's peak.\nMedians of n. \
             A peer whose output does not compile has the number of rustc's errors. Ratios are to the fastest and the smallest peer.\n\n{}\
             | document | generator | lines | check s | processor s | MiB | n | build s | processor s | MiB | n |\n\
             |---|---|---|---|---|---|---|---|---|---|---|\n",
            describe(documents),
        );
        for row in rows {
            let [check, build] = row.commands.each_ref().map(cells);
            let _ = writeln!(
                self.text,
                "| {} | {} | {} | {check} | {build} |",
                row.document,
                row.generator.name(),
                row.lines
            );
        }
        self.text.push('\n');
        for document in documents {
            let of = |command: usize| -> Vec<(Generator, Median)> {
                let rows = rows.iter().filter(|row| row.document == document.name);
                let measured = rows.filter_map(|row| match row.commands.get(command) {
                    Some(Outcome::Measured(median)) => Some((row.generator, *median)),
                    _ => None,
                });
                measured.collect()
            };
            let known = [ratios("check, ", &of(0)), ratios("build, ", &of(1))].concat();
            self.ratios(document.name, &known);
        }
        self.text.push('\n');
    }

    /// Reading and writing of payloads.
    pub(crate) fn decoding(&mut self, rows: &[decode::Row], rounds: usize) {
        let _ = write!(
            self.text,
            "## Reading and writing JSON\n\nGenerated types against serde's derives on the same shapes, `serde_json` on both sides, \
             microseconds; medians of {rounds} alternating rounds, of the ratio as well (the mark for reading is 1.2).\n\n\
             | payload | bytes | read | derived | ratio | write | derived | ratio |\n|---|---|---|---|---|---|---|---|\n"
        );
        for decode::Row { payload, bytes, generated, derived, ratios } in rows {
            let _ = writeln!(
                self.text,
                "| {payload} | {bytes} | {:.2} | {:.2} | **{:.2}** | {:.2} | {:.2} | **{:.2}** |",
                generated[0], derived[0], ratios[0], generated[1], derived[1], ratios[1],
            );
        }
        self.text.push('\n');
    }

    /// Calls of a client.
    pub(crate) fn calls(&mut self, measured: &calls::Measured, callers: usize, bytes: usize) {
        let _ = write!(
            self.text,
            "## Calls of a client\n\n`GET /repos/{{owner}}/{{name}}/issues?state=…&per_page=…`, an answer of {bytes} bytes read into types: the \
             generated client against the same call by hand with reqwest and serde's\nderives. Same upstream, a process of its own, {callers} calls \
             at a time, alternating rounds; medians of {}.\n\n| | calls/s |\n|---|---|\n| generated | {:.0} |\n| hand-written | {:.0} |\n\n\
             Generated ÷ hand-written, median of the rounds' ratios: **{:.3}**.\n",
            measured.generated.len(),
            median(&measured.generated),
            median(&measured.handwritten),
            measured.ratio(),
        );
    }

    /// A line of those ratios that could be measured.
    fn ratios(&mut self, document: &str, ratios: &[String]) {
        if !ratios.is_empty() {
            let _ = writeln!(self.text, "- {document}, capsmith ÷ peer: {}.", ratios.join(", "));
        }
    }
}

/// Time and memory through those of the best peer.
fn ratios(what: &str, costs: &[(Generator, Median)]) -> Vec<String> {
    let best = |is_own: bool, of: fn(&Median) -> f64| {
        let costs = costs.iter().filter(|(generator, _)| (*generator == Generator::Capsmith) == is_own);
        costs.map(|(_, median)| of(median)).fold(f64::INFINITY, f64::min)
    };
    let ratio = |of: fn(&Median) -> f64| best(true, of) / best(false, of);
    let ratios = [("time", ratio(|median| median.seconds)), ("memory", ratio(|median| median.mebibytes))];
    let known = ratios.into_iter().filter(|(_, ratio)| ratio.is_finite() && *ratio > 0.0);
    known.map(|(name, ratio)| format!("{what}{name} **{ratio:.3}**")).collect()
}

fn describe(documents: &[Document]) -> String {
    let of = |document: &Document| format!("{} {} bytes", document.name, document.bytes);
    format!("Documents: {}.\n\n", documents.iter().map(of).collect::<Vec<_>>().join("; "))
}

fn cells(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Measured(Median { seconds, processor, mebibytes, runs }) => {
            format!("{seconds:.2} | {processor:.2} | {mebibytes:.0} | {runs}")
        }
        Outcome::Failed(why) => format!("{why} | | | "),
    }
}
