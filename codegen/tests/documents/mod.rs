//! Documents as texts, for several tests and the benchmark of growth.
#![allow(dead_code, reason = "each program uses some")]

pub(crate) mod growing;

use std::fmt::Write as _;

use capsmith_codegen::openapi::{Analysis, LoadError, Loader, Options, analyze};

struct Single(String);

impl Loader for Single {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        if path == "api.json" { Ok(self.0.clone()) } else { Err(LoadError::NotFound) }
    }
}

pub(crate) fn read(text: &str) -> Analysis {
    analyze(&Single(text.to_owned()), "api.json", &Options::default())
}

/// `count` pieces with commas between them.
pub(crate) fn list(count: usize, piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        let comma = if number > 0 { "," } else { "" };
        write!(text, "{comma}{}", piece(number)).unwrap();
    }
    text
}

pub(crate) fn document(paths: &str, components: &str) -> String {
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{{paths}}},"components":{{{components}}}}}"#
    )
}

/// A document whose only operation answers with schema `A`, of some schemas.
pub(crate) fn schemas(schemas: &str) -> String {
    let answer =
        r##"{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}"##;
    document(
        &format!(r#""/a":{{"get":{{"operationId":"a","responses":{answer}}}}}"#),
        &format!(r#""schemas":{{{schemas}}}"#),
    )
}

/// A document whose only operation has these fields.
pub(crate) fn operation(fields: &str) -> String {
    document(&format!(r#""/a":{{"post":{{"operationId":"a",{fields}}}}}"#), "")
}

pub(crate) fn reference(name: impl std::fmt::Display) -> String {
    format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##)
}
