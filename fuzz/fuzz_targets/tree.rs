//! YAML and JSON: what `serde_json` reads is read, and what cannot be read is said to be so.

#![no_main]

use std::collections::BTreeMap;

use capsmith_codegen::FileKind;
use capsmith_codegen::diagnostic::Code;
use capsmith_codegen::openapi::{Options, analyze};
use capsmith_fuzz::{Files, show};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let files = Files(BTreeMap::from([("file".to_owned(), text.to_owned())]));
    let analysis = analyze(&files, "file", &Options::default());
    let diagnostics = &analysis.files[0].diagnostics;
    diagnostics.iter().for_each(|diagnostic| show(&analysis.files[0].source, diagnostic));
    assert!(analysis.api.is_some() || !diagnostics.is_empty(), "a file without an API and without a reason");
    let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let is_wrong = |code: Code| matches!(code, Code::Syntax | Code::KeyNotText | Code::SeveralDocuments);
    assert!(!is_json || diagnostics.iter().all(|found| !is_wrong(found.code)), "{diagnostics:?}");
    if FileKind::of(text) == Some(FileKind::OpenApi) {
        assert!(diagnostics.iter().all(|found| found.code != Code::NotOpenApi || text.contains("swagger")));
    }
});
