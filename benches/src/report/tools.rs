//! The tables of MCP servers.

use std::fmt::Write as _;

use super::{Report, median};
use crate::load::CONNECTIONS;
use crate::openapi::tools::Row;

impl Report {
    /// The generated server first, then its peer.
    pub(crate) fn tools(&mut self, rows: &[Row], starts: usize) {
        let [generated, peer] = rows else { return };
        let _ = write!(
            self.text,
            "## Tools of a document\n\n`tools/call` of `listLabels` of `benches/specs/forge.yaml`, generated and by FastMCP's `from_openapi` (without sessions, JSON \
             answers, no logs). Same upstream, {CONNECTIONS} keep-alive connections, load generator, upstream\nand servers on the same processors, a process \
             each, in alternating rounds; medians. The first answer counts from the start of the process, the median of {starts}; memory is what is resident \
             after it.\n\n\
             | | calls/s | p50 µs | p99 µs | processor µs a call | first answer ms | idle memory KiB |\n\
             |---|---|---|---|---|---|---|\n"
        );
        for Row { server, measured, start, idle } in rows {
            let _ = writeln!(
                self.text,
                "| {server} | {:.0} | {:.0} | {:.0} | {:.1} | {start:.1} | {idle} |",
                median(&measured.per_second),
                median(&measured.p50),
                median(&measured.p99),
                median(&measured.processor),
            );
        }
        #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
        let memory = peer.idle as f64 / generated.idle.max(1) as f64;
        let _ = writeln!(
            self.text,
            "\nGenerated ÷ FastMCP, calls per second, median of the rounds' ratios: **{:.1}** (the mark is 25). FastMCP ÷ generated: first answer \
             **{:.0}** (100), memory **{memory:.1}** (10).\n",
            generated.measured.ratio(&peer.measured),
            peer.start / generated.start,
        );
    }
}
