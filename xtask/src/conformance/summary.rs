//! What the suite prints at its end.

use std::fmt;

/// The scenarios of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Summary {
    passed: Vec<String>,
    failed: Vec<String>,
    /// Scenarios that run but are not required, and why, of which these fail.
    beside: Vec<String>,
}

impl Summary {
    pub(super) fn passes(&self) -> bool {
        self.failed.is_empty() && !self.passed.is_empty()
    }
}

/// Reads the summary: a line for each scenario, and behind it those that are not scored. `None`: there is none.
pub(super) fn read(printed: &str) -> Option<Summary> {
    let (_, summary) = printed.split_once("=== SUMMARY ===")?;
    let (scenarios, beside) = summary.split_once("Not scored for").unwrap_or((summary, ""));
    let beside: Vec<(bool, &str)> = beside.lines().filter_map(outcome).collect();
    let name = |line: &str| line.split([':', ' ']).next().unwrap_or_default().to_owned();
    let is_required = |scenario: &String| beside.iter().all(|(_, line)| name(line) != *scenario);
    let of = |wanted: bool| {
        let lines = scenarios.lines().filter_map(outcome).filter(|(passed, _)| *passed == wanted);
        lines.map(|(_, line)| name(line)).filter(is_required).collect::<Vec<_>>()
    };
    let (passed, failed) = (of(true), of(false));
    let beside = beside.iter().filter(|(passed, _)| !passed).map(|(_, line)| (*line).to_owned()).collect();
    Some(Summary { passed, failed, beside })
}

/// Whether a line is about a scenario that passes, and the rest of it.
fn outcome(line: &str) -> Option<(bool, &str)> {
    let line = line.trim();
    let passed = line.strip_prefix("✓ ").map(|rest| (true, rest));
    passed.or_else(|| line.strip_prefix("✗ ").map(|rest| (false, rest)))
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, beside } = self;
        writeln!(formatter, "{} of {} scenarios pass", passed.len(), passed.len() + failed.len())?;
        failed.iter().try_for_each(|scenario| writeln!(formatter, "  fails: {scenario}"))?;
        beside.iter().try_for_each(|scenario| writeln!(formatter, "  fails, not required: {scenario}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\
Running scenario ✗ nothing

=== SUMMARY ===
✓ ping: 2 passed, 0 failed
✗ caching: 7 passed, 1 failed
✓ tools-list: 3 passed, 0 failed
✗ tasks-lifecycle: 1 passed, 8 failed
✓ tasks-headers: 1 passed, 0 failed

Total: 14 passed, 9 failed

Not scored for 2026-07-28: 2 scenario(s) run, 1 failing. These do not affect conformance.
  ✗ tasks-lifecycle (extension)
  ✓ tasks-headers (extension)
";

    #[test]
    fn what_is_required_is_told_from_the_rest() {
        let summary = read(PRINTED).unwrap();
        assert!(!summary.passes());
        let text = "2 of 3 scenarios pass\n  fails: caching\n  fails, not required: tasks-lifecycle (extension)\n";
        assert_eq!(summary.to_string(), text);
        let mended = read(&PRINTED.replace("✗ caching: 7", "✓ caching: 8")).unwrap();
        assert!(mended.passes(), "{mended}");
    }

    #[test]
    fn a_run_without_scenarios_does_not_pass() {
        assert_eq!(read("no server"), None);
        assert!(!read("=== SUMMARY ===\n\nTotal: 0 passed, 0 failed\n").unwrap().passes());
    }
}
