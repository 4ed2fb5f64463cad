//! The tables about servers, mocks and tools of OpenAPI documents.

use std::fmt::Write as _;

use super::{Report, median};
use crate::load::CONNECTIONS;
use crate::openapi::router;
use crate::openapi::surfaces::Row;
use crate::openapi::{Document, start};

impl Report {
    /// What each surface costs rustc.
    pub(crate) fn surfaces(&mut self, document: &Document, rows: &[Row]) {
        let runs = rows.first().map_or(0, |row| row.check.runs);
        let _ = write!(
            self.text,
            "## Compiling surfaces\n\n`cargo check` of the output for {} ({} bytes) after touching its `lib.rs`, with each set of surfaces and the \
             features of the runtime that these need: dependencies built,\ndev profile, `CARGO_INCREMENTAL=0`; medians of {runs}, the sets in turn. \
             The ratio is the median of the rounds' ratios of time to that of the client (the mark for all four is 2.0).\n\n\
             | surfaces | lines | check s | processor s | MiB | ratio |\n|---|---|---|---|---|---|\n",
            document.name, document.bytes,
        );
        for Row { surfaces, lines, check, ratio } in rows {
            let _ = writeln!(
                self.text,
                "| {surfaces} | {lines} | {:.2} | {:.2} | {:.0} | **{ratio:.2}** |",
                check.seconds, check.processor, check.mebibytes,
            );
        }
        self.text.push('\n');
    }

    /// Routers under load.
    pub(crate) fn routers(&mut self, rows: &[router::Row]) {
        let _ = write!(
            self.text,
            "## Requests to a router\n\nThe router of a document against one by hand with axum. Handlers and generated types are the same, a process each, {CONNECTIONS} \
             keep-alive connections, load generator and servers on\nthe same processors, alternating rounds; medians. `GET /repos/{{owner}}/{{name}}/labels?page=…&per_page=…` \
             answers with five labels, `POST /repos/{{owner}}/{{name}}/milestones` reads an object of\nfive properties and answers with one. \
             The one by hand has axum's `Path`, `Query` and `Json`, refuses unknown parameters, checks what the document demands (lengths, limits, \
             number of items,\n`enum`) and lists everything that is wrong in a problem. It does not look at `Accept` and has no guard against \
             handlers that panic, as the generated one does and has.\n\n\
             | request | router | requests/s | p50 µs | p99 µs | processor µs a request |\n|---|---|---|---|---|---|\n"
        );
        for row in rows {
            for (name, measured) in ["generated", "hand-written"].into_iter().zip(&row.measured) {
                let _ = writeln!(
                    self.text,
                    "| {} | {name} | {:.0} | {:.0} | {:.0} | {:.1} |",
                    row.request,
                    median(&measured.per_second),
                    median(&measured.p50),
                    median(&measured.p99),
                    median(&measured.processor),
                );
            }
        }
        self.text.push_str(
            "\nGenerated ÷ hand-written, requests per second, median of the rounds' ratios (the mark is 0.95):\n\n",
        );
        for row in rows {
            if let [generated, peer] = row.measured.as_slice() {
                let _ = writeln!(self.text, "- {}: **{:.3}**.", row.request, generated.ratio(peer));
            }
        }
        self.text.push('\n');
    }

    /// First answers of a mock and of tools.
    pub(crate) fn start(&mut self, document: &Document, measured: &start::Measured, runs: usize) {
        let start::Measured { process, mock, tools } = measured;
        let _ = write!(
            self.text,
            "## First answers\n\nThe mock and the tools of {} ({} bytes) in a program of all four surfaces, release profile, a process each; medians of {runs}. \
             The mock answers `GET /repos/acme/shop` (the mark is 100 ms).\n\n\
             | | from | ms | bytes |\n|---|---|---|---|\n\
             | mock | start of the process | **{process:.1}** | {:.0} |\n\
             | mock | `mock::router()` | **{:.1}** | {:.0} |\n\
             | `tools/list` | `mcp::router(client)` | {:.1} | {:.0} |\n\n",
            document.name, document.bytes, mock.bytes, mock.milliseconds, mock.bytes, tools.milliseconds, tools.bytes,
        );
    }
}
