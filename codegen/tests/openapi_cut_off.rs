//! A real document that its publisher cut off, cut off elsewhere and otherwise damaged: diagnostics, and no panic.
//!
//! The document is no part of the project. It is looked for in `CAPSMITH_SEEDS`, then beside the workspace; where it is absent
//! the test says so and passes.

mod documents;

use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::Style;
use documents::read;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const DOCUMENT: &str = "planetscale-platform-api-openapi.truncated.yml";

fn document() -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/seeds");
    let folder = std::env::var_os("CAPSMITH_SEEDS").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join(DOCUMENT)).ok();
    if text.is_none() {
        println!("skipped: there is no {DOCUMENT} (CAPSMITH_SEEDS)");
    }
    text
}

/// Reads a text, shows what there is to say about it, and gives the codes.
fn codes(text: &str) -> Vec<&'static str> {
    let analysis = read(text);
    let file = &analysis.files[0];
    for diagnostic in &file.diagnostics {
        assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
        assert!(diagnostic.render(&file.source, Style::Plain).contains(diagnostic.code.as_str()));
    }
    assert!(analysis.api.is_some() || !file.diagnostics.is_empty(), "no API, and no reason");
    file.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

/// The nearest place before an offset where a character begins.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[test]
fn what_is_missing_is_named() {
    let Some(text) = document() else { return };
    let codes = codes(&text);
    assert!(codes.contains(&"CAP1102"), "the components are cut off, so references lead nowhere: {codes:?}");
}

#[test]
fn damage_does_no_harm() {
    let Some(text) = document() else { return };
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() });
    let place = || (0..=text.len()).prop_map(|offset| boundary(&text, offset));
    runner
        .run(&(place(), place(), place()), |(from, to, end)| {
            let (from, to) = (from.min(to), from.max(to));
            // Cut off; with a piece left out; with a piece twice.
            codes(&text[..end]);
            codes(&[&text[..from], &text[to..]].concat());
            codes(&[&text[..to], &text[from..]].concat());
            Ok(())
        })
        .unwrap();
}
