//! How far the task is. Nothing is shown where standard error is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for one stage of the task; it disappears with the stage.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A stage of so many documents.
    pub(super) fn new(stage: &'static str, documents: usize) -> Self {
        let bar = ProgressBar::new(documents as u64).with_message(stage);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// So many documents are done.
    pub(super) fn advance(&self, documents: usize) {
        self.bar.inc(documents as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
