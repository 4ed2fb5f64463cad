//! Capability files: diagnostics that stand somewhere, and a module that is Rust.

#![no_main]

use capsmith_codegen::source::Source;
use capsmith_codegen::{Options, compile};
use capsmith_fuzz::show;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let source = Source::new("capability.yaml", text);
    let compiled = compile(&source, &Options::default());
    for diagnostic in &compiled.diagnostics {
        show(&source, diagnostic);
    }
    let has_errors = compiled.failures().next().is_some();
    assert_eq!(compiled.items.is_none(), has_errors, "a module if and only if there is no error");
    if let Some(items) = compiled.items {
        syn::parse2::<syn::File>(items).expect("a module");
    }
});
