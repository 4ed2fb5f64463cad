//! OpenAPI documents of one or several files: diagnostics that stand somewhere, and a module that is Rust.

#![no_main]

use capsmith_codegen::{OpenApiOptions, compile_openapi};
use capsmith_fuzz::{Files, show};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (files, root) = Files::split(text);
    if root.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return;
    }
    let compiled = compile_openapi(&files, root, &OpenApiOptions::default());
    for (source, diagnostic) in compiled.failures().chain(compiled.warnings()) {
        show(source, diagnostic);
    }
    assert_eq!(compiled.api.is_none(), compiled.failures().next().is_some(), "an API if and only if there is no error");
    if let Some(items) = compiled.items() {
        syn::parse2::<syn::File>(items).expect("a module");
    }
});
