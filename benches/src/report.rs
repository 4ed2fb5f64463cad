//! The report: Markdown tables with the machine described.

mod openapi;
mod soak;
mod surfaces;
mod tools;

use std::fmt::Write as _;

use crate::load::CONNECTIONS;
use crate::throughput::Measured;

/// The median of `values`; 0 for none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The text of the report, as it grows.
pub(crate) struct Report {
    text: String,
    /// What is measured, as a line of each section.
    state: String,
}

impl Report {
    pub(crate) fn new() -> Self {
        let mut text = String::from("# Benchmarks\n\n");
        let _ = writeln!(
            text,
            "Written by `cargo xtask bench`. Absolute figures are those of one machine on one day; the ratios are what to \
             read.\nEach section says at which commit it was measured: what has changed since is not in its figures.\n\
             The machine: {}, {} processors, {}, {}.\n",
            processor(),
            std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
            memory(),
            compiler(),
        );
        Self { text, state: format!("Measured at commit {}.", commit()) }
    }

    /// The report. Sections of `present`, an earlier one, that were not measured again stay.
    pub(crate) fn markdown(&self, present: &str) -> String {
        let (_, old) = sections(present);
        let (head, new) = sections(&self.text);
        let dated = |section: &str| {
            let title = title(section);
            format!("{title}\n\n{}{}", self.state, section.get(title.len()..).unwrap_or_default())
        };
        let mut new: Vec<String> = new.into_iter().map(dated).collect();
        let mut parts = vec![head.to_owned()];
        for section in old {
            let again = new.iter().position(|other| title(other) == title(section));
            parts.push(again.map_or_else(|| section.to_owned(), |index| new.remove(index)));
        }
        parts.extend(new);
        let mut text = parts.iter().map(|part| part.trim_end()).collect::<Vec<_>>().join("\n\n");
        text.push('\n');
        text
    }

    /// `measured`, `start` and `idle`: the generated server first, then its peer.
    pub(crate) fn rest(&mut self, measured: &[Measured], start: [f64; 2], idle: [u64; 2]) {
        let [generated, peer] = measured else { return };
        let _ = write!(
            self.text,
            "## A REST route\n\n\
             `GET /v1/organizations/…/backups` of the PlanetScale capability, against the same route by hand with axum and \
             reqwest and the same timeouts. Same upstream (2 KB\nof JSON), {CONNECTIONS} keep-alive connections, load generator, upstream and server on \
             the same processors, a process each, in alternating rounds; medians.\n\n\
             | | requests/s | p50 µs | p99 µs | processor µs a request | first answer ms | idle memory KiB |\n\
             |---|---|---|---|---|---|---|\n"
        );
        for (index, (name, measured)) in [("generated", generated), ("hand-written", peer)].into_iter().enumerate() {
            let _ = writeln!(
                self.text,
                "| {name} | {:.0} | {:.0} | {:.0} | {:.1} | {:.1} | {} |",
                median(&measured.per_second),
                median(&measured.p50),
                median(&measured.p99),
                median(&measured.processor),
                start[index],
                idle[index],
            );
        }
        let _ = writeln!(
            self.text,
            "\nGenerated ÷ hand-written, requests per second, median of the rounds' ratios: **{:.3}** (the mark is 0.95). The \
             generated process\nserves REST and MCP, the hand-written one this one route.\n",
            generated.ratio(peer)
        );
    }

    pub(crate) fn mcp(&mut self, measured: &[Measured]) {
        let [tool] = measured else { return };
        let _ = writeln!(
            self.text,
            "## An MCP tool\n\n`tools/call` of `list-backups` over streamable HTTP, the upstream's answer parsed and given back as \
             structured content and text.\n\n| calls/s | p50 µs | p99 µs | processor µs a call |\n|---|---|---|---|\n| {:.0} | \
             {:.0} | {:.0} | {:.1} |\n",
            median(&tool.per_second),
            median(&tool.p50),
            median(&tool.p99),
            median(&tool.processor),
        );
    }

    pub(crate) fn expansion(&mut self, rows: &[(&str, usize, f64)]) {
        self.text.push_str(
            "## One macro expansion\n\nText to tokens by the optimised compiler; medians of 51.\n\n| file | lines | ms |\n|---|---|---|\n",
        );
        for (file, lines, milliseconds) in rows {
            let _ = writeln!(self.text, "| {file} | {lines} | {milliseconds:.2} |");
        }
        self.text.push('\n');
    }

    pub(crate) fn rebuild(&mut self, rows: &[(&str, f64)]) {
        self.text.push_str(
            "## After touching the YAML\n\nA crate that is one `include_capability!` and a `main`, dependencies built, dev profile; \
             medians of 5.\n\n| | s |\n|---|---|\n",
        );
        for (what, seconds) in rows {
            let _ = writeln!(self.text, "| {what} | {seconds:.2} |");
        }
    }
}

/// What stands before the first section, and the sections.
fn sections(text: &str) -> (&str, Vec<&str>) {
    let starts: Vec<usize> = text.match_indices("\n## ").map(|(index, _)| index + 1).collect();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    let sections = starts.iter().copied().zip(ends).map(|(start, end)| &text[start..end]).collect();
    (&text[..starts.first().copied().unwrap_or(text.len())], sections)
}

fn title(section: &str) -> &str {
    section.lines().next().unwrap_or_default()
}

/// The commit of the checkout and its day, and whether anything has been changed since.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output =
            std::process::Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    };
    let Some(commit) = git(&["log", "-1", "--format=`%h` of %cs"]) else { return "unknown".to_owned() };
    let is_changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|changes| !changes.is_empty());
    format!("{}{}", commit.trim(), if is_changed { ", with changes" } else { "" })
}

fn processor() -> String {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    model.map_or_else(|| "unknown processor".to_owned(), |model| model.trim().to_owned())
}

fn memory() -> String {
    let information = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = information
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    kib.map_or_else(|| "unknown memory".to_owned(), |kib| format!("{} GiB", kib.div_ceil(1024 * 1024)))
}

fn compiler() -> String {
    let output = std::process::Command::new("rustc").arg("--version").output();
    output.map_or_else(
        |_| "unknown compiler".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).split(" (").next().unwrap_or_default().trim().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn sections_that_are_not_measured_again_stay() {
        let text = "# New\n\n## B\n\n2\n\n## C\n\n3\n".to_owned();
        let report = Report { text, state: "Measured today.".to_owned() };
        let merged = report.markdown("# Old\n\n## A\n\nMeasured before.\n\n1\n\n## B\n\nMeasured before.\n\n1\n");
        let again = "## B\n\nMeasured today.\n\n2\n\n## C\n\nMeasured today.\n\n3\n";
        assert_eq!(merged, format!("# New\n\n## A\n\nMeasured before.\n\n1\n\n{again}"));
        assert_eq!(report.markdown(""), format!("# New\n\n{again}"));
    }
}
