//! Where the stages of the compiler report to.

use std::cell::RefCell;

use super::{Diagnostic, Severity};

/// The most diagnostics that are kept of each severity: a file that earns more is of no use, and must not take all memory.
const MAX_KEPT: usize = 10_000;

/// Collects the diagnostics of all stages, so that independent mistakes are reported together.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    errors: RefCell<Vec<Diagnostic>>,
    lints: RefCell<Vec<Diagnostic>>,
}

impl Sink {
    /// Keeps a diagnostic.
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        let kept = match diagnostic.severity {
            Severity::Error => &self.errors,
            Severity::Lint | Severity::Note => &self.lints,
        };
        let mut kept = kept.borrow_mut();
        if kept.len() < MAX_KEPT {
            kept.push(diagnostic);
        }
    }

    /// Keeps what another sink has kept.
    pub(crate) fn append(&self, other: Self) {
        for diagnostic in other.errors.into_inner().into_iter().chain(other.lints.into_inner()) {
            self.report(diagnostic);
        }
    }

    /// Everything that was reported, in the order of the file, and whether an error is among it.
    pub(crate) fn finish(self) -> (Vec<Diagnostic>, bool) {
        let mut diagnostics = self.errors.into_inner();
        let failed = !diagnostics.is_empty();
        diagnostics.append(&mut self.lints.into_inner());
        diagnostics.sort_by(|left, right| {
            (left.span, left.severity, left.code.as_str(), &left.message).cmp(&(
                right.span,
                right.severity,
                right.code.as_str(),
                &right.message,
            ))
        });
        diagnostics.dedup();
        (diagnostics, failed)
    }
}
