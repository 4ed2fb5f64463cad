//! Answers of upstreams in all formats: read or refused, and what was read can be written and read again.

#![no_main]

use capsmith::formats::{Format, to_json};
use libfuzzer_sys::fuzz_target;

const FORMATS: [Format; 8] = [
    Format::Yaml,
    Format::Xml,
    Format::Csv,
    Format::Tsv,
    Format::Psv,
    Format::Html { selectors: &[] },
    Format::Markdown { prefix: None },
    Format::Binary,
];

fuzz_target!(|bytes: &[u8]| {
    for format in FORMATS {
        if let Ok(value) = to_json(&format, bytes, None) {
            let written = serde_json::to_string(&value).expect("JSON is written");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&written).expect("JSON is read"), value, "{format:?}");
        }
    }
});
