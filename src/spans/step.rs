//! One step of an operation.

use http::StatusCode;
use tracing::Span;
use tracing::field::Empty;

use super::{INTERNAL, fail, name};

/// A step of an operation at work.
pub(crate) struct Step {
    pub(crate) span: Span,
}

impl Step {
    pub(crate) fn begin(step: &'static str) -> Self {
        let span = tracing::info_span!(
            "step",
            otel.kind = INTERNAL,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.step = step,
            "error.type" = Empty,
        );
        name(&span, || step.to_owned());
        Self { span }
    }

    /// Tells that the step failed, by the status that its operation has.
    pub(crate) fn fail(self, status: StatusCode) {
        fail(&self.span, status.as_str());
    }
}
