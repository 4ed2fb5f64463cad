//! References: any text is followed or refused, and the pointer that is written for a key leads to that key.

#![no_main]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use capsmith_codegen::diagnostic::Code;
use capsmith_codegen::openapi::{Analysis, Options, analyze};
use capsmith_fuzz::{Files, show};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const ROOT: &str = "specs/api.json";

fn read(reference: &str, schemas: &Value) -> Analysis {
    let content = json!({ "application/json": { "schema": { "$ref": reference } } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/": { "get": { "operationId": "o", "responses": { "200": { "description": "d", "content": content } } } } },
        "components": { "schemas": schemas },
    });
    let other = json!({ "a": { "b~/%": { "type": "string", "$anchor": "c" } } }).to_string();
    let files = [(ROOT, document.to_string()), ("specs/other.json", other.clone()), ("beside/other.json", other)];
    let analysis = analyze(&Files(files.map(|(path, text)| (path.to_owned(), text)).into()), ROOT, &Options::default());
    for file in &analysis.files {
        file.diagnostics.iter().for_each(|diagnostic| show(&file.source, diagnostic));
    }
    analysis
}

/// The key as a segment of a pointer in a URI.
fn segment(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1").bytes().fold(String::new(), |mut text, byte| {
        let _ = if byte.is_ascii_alphanumeric() {
            write!(text, "{}", char::from(byte))
        } else {
            write!(text, "%{byte:02X}")
        };
        text
    })
}

fuzz_target!(|text: &str| {
    read(text, &json!({}));
    let schemas: BTreeMap<&str, Value> = BTreeMap::from([(text, json!({ "type": "string" }))]);
    let analysis = read(&format!("#/components/schemas/{}", segment(text)), &json!(schemas));
    let is_lost =
        |code: Code| matches!(code, Code::DanglingReference | Code::CircularReference | Code::RemoteReference);
    assert!(
        !analysis.files[0].diagnostics.iter().any(|found| is_lost(found.code)),
        "{:?}",
        analysis.files[0].diagnostics
    );
});
