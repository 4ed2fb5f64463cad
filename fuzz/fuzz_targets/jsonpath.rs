//! JSONPath: any text is a path or has a fault at a place in it.

#![no_main]

use capsmith_codegen::jsonpath::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(parsed) => {
            for habit in parsed.habits {
                assert!(text.get(habit.range.clone()).is_some(), "{habit:?}");
            }
        }
        Err(fault) => assert!(text.get(fault.range.clone()).is_some(), "{fault:?}"),
    }
});
