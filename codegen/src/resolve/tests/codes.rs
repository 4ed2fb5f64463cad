//! Every code has a file that earns it.

use std::collections::HashSet;

use super::aggregates::AGGREGATES;
use super::cases::{Case, NAMES, PARAMETERS, SURFACES};
use super::control::CONTROL;
use super::mcp::MCP;
use super::outputs::OUTPUTS;
use super::scripts::SCRIPTS;
use super::shapes::SHAPE;
use super::skills::SKILLS;
use super::steps::STEPS;
use super::unsupported::UNSUPPORTED;
use super::*;
use crate::source::MAX_LENGTH;

/// Codes that need a file of their own.
fn whole_files() -> Vec<(Code, String)> {
    vec![
        (Code::TooLong, "x".repeat(MAX_LENGTH + 1)),
        (Code::EmptyDocument, "# nothing\n".to_owned()),
        (Code::TooDeep, "- ".repeat(1_000)),
        (Code::NothingToCompile, "naftiko: 1.0.0-alpha2\ncapability: {}\n".to_owned()),
        (Code::NothingToCompile, "ikanos: 1.0.0-beta5\naggregates: []\n".to_owned()),
        (Code::UndeclaredInFragment, FRAGMENT.to_owned()),
    ]
}

/// A file for others to import.
const FRAGMENT: &str = "\
naftiko: 1.0.0-alpha2
consumes:
  - type: http
    namespace: shelf
    baseUri: https://shelf.example.org
    authentication: { type: bearer, token: '{{SHELF_TOKEN}}' }
";

const ALL: [&[Case]; 12] =
    [SHAPE, NAMES, PARAMETERS, SURFACES, OUTPUTS, AGGREGATES, SKILLS, CONTROL, MCP, STEPS, SCRIPTS, UNSUPPORTED];

fn codes(text: &str) -> HashSet<Code> {
    analysis(text).diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect()
}

fn check(cases: &[Case]) {
    for case in cases {
        let code = case.code.as_str();
        let mistake = edited(case.mistake);
        assert!(codes(&mistake).contains(&case.code), "{code} is not reported: {:#?}", analysis(&mistake).diagnostics);
        let failed = analysis(&mistake).capability.is_none();
        assert!(failed || case.code.severity() != Severity::Error, "{code} is an error, and yet there is a program");
        let near_miss = edited(case.near_miss);
        assert!(
            !codes(&near_miss).contains(&case.code),
            "{code} is reported for its near miss: {:#?}",
            messages(&near_miss, case.code)
        );
    }
}

#[test]
fn shape() {
    check(SHAPE);
}

#[test]
fn names() {
    check(NAMES);
}

#[test]
fn parameters() {
    check(PARAMETERS);
}

#[test]
fn surfaces() {
    check(SURFACES);
}

#[test]
fn outputs() {
    check(OUTPUTS);
}

#[test]
fn resources_and_prompts() {
    check(MCP);
}

#[test]
fn aggregates() {
    check(AGGREGATES);
}

#[test]
fn steps() {
    check(STEPS);
}

#[test]
fn scripts() {
    check(SCRIPTS);
}

#[test]
fn skills() {
    check(SKILLS);
}

#[test]
fn control() {
    check(CONTROL);
}

#[test]
fn unsupported() {
    check(UNSUPPORTED);
}

#[test]
fn every_code_has_a_case() {
    let mut covered: HashSet<Code> = HashSet::new();
    for (code, text) in whole_files() {
        assert!(codes(&text).contains(&code), "{}", code.as_str());
        covered.insert(code);
    }
    for cases in ALL {
        covered.extend(cases.iter().map(|case| case.code));
    }
    // A file that is not found never gets as far as here: that is tested where files are looked for.
    covered.insert(Code::FileNotFound);
    // Those of imports and of OpenAPI need several files, and have fixtures of their own.
    let codes = Code::ALL.iter().filter(|code| code.as_str() < "CAP1000" && !code.as_str().starts_with("CAP071"));
    let missing: Vec<&str> = codes.filter(|code| !covered.contains(code)).map(|code| code.as_str()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn errors_are_what_was_made_and_nothing_else() {
    for cases in ALL {
        for case in cases.iter().filter(|case| case.code.severity() == Severity::Error) {
            let errors: HashSet<Code> =
                codes(&edited(case.mistake)).into_iter().filter(|code| code.severity() == Severity::Error).collect();
            assert_eq!(errors, HashSet::from([case.code]), "{}", case.code.as_str());
        }
    }
}

#[test]
fn independent_mistakes_are_reported_together_in_order() {
    let text = edited(&[
        ("1.0.0-alpha2", "1.0.0-alpha9"),
        ("{{env.SHELF_TOKEN}}", "{{env.SHELF_TOKE}}"),
        ("https://shelf.example.org", "shelf.example.org"),
        ("call: shelf.get-book", "call: shelf.get-bok"),
        ("port: 9090", "port: 99999"),
    ]);
    let found: Vec<&str> = analysis(&text).diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(found, ["CAP0105", "CAP1701", "CAP0501", "CAP0201", "CAP0301", "CAP0506"]);
}
