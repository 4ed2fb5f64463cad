//! Capability files: diagnostics that stand somewhere, and a module that is Rust.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| capsmith_fuzz::compile(text));
