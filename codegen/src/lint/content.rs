//! Texts for people that are programs to a browser.

use super::view::View;
use crate::diagnostic::{Code, Diagnostic, Sink};

/// The fields that are shown to people, by tools that read them as Markdown.
const SHOWN: &[&str] = &["label", "display", "title", "description"];

/// What no text for people has.
const ACTIVE: &[&str] = &["<script", "eval("];

pub(super) fn check(root: View<'_>, sink: &Sink) {
    root.walk(&mut |key, node| {
        let Some(key) = key.filter(|key| SHOWN.contains(&key.text())) else { return };
        let text = node.text().to_ascii_lowercase();
        if let Some(active) = ACTIVE.iter().find(|active| text.contains(**active)) {
            let message = format!("the {} contains `{active}`", key.text());
            sink.report(
                Diagnostic::new(Code::ActiveContent, node.span(), message)
                    .help("it is shown by clients, consoles and documentation, some of which would run it"),
            );
        }
    });
}
