//! Expressions, templates and paths of capability files: any text in all the places that hold one.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // JSON takes characters as they are that YAML does not.
    let plain = text.replace(|c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'), "?");
    let quoted = serde_json::Value::from(plain).to_string();
    capsmith_fuzz::compile(&include_str!("../../codegen/tests/expressions.yaml").replace(" @", &format!(" {quoted}")));
});
