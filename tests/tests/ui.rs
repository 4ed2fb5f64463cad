//! What a user of the macro sees when something is wrong. `ui/README.md` says how to add a case.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use capsmith_codegen::diagnostic::Code;

/// Codes of the format that no macro shows.
const ELSEWHERE: [(Code, &str); 7] = [
    (Code::TooLong, "the file would be one of the repository"),
    (Code::ScriptStep, "a note is told by `cargo xtask lint` alone; rustc demands the method"),
    (Code::MissingTags, "a matter of taste, told by `cargo xtask lint` alone"),
    (Code::UndescribedPart, "a matter of taste, told by `cargo xtask lint` alone"),
    (Code::ExampleAddress, "a matter of taste, told by `cargo xtask lint` alone"),
    (Code::NoScopes, "a matter of taste, told by `cargo xtask lint` alone"),
    (Code::SchemaViolation, "told by `cargo xtask lint --strict` alone"),
];

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

/// Whether a code is one of capability files, or of what they are joined with.
fn is_of_the_format(code: Code) -> bool {
    !("CAP1000".."CAP1600").contains(&code.as_str())
}

#[test]
fn every_code_of_the_format_has_a_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let files = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    let shown = files.filter(|file| file.extension().is_some_and(|extension| extension == "stderr"));
    let shown: String = shown.map(|file| fs::read_to_string(file).expect("text")).collect();
    let has_fixture = |code: &Code| shown.contains(&format!("[{}]", code.as_str()));
    let excepted: HashSet<Code> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    let codes = Code::ALL.iter().copied().filter(|code| is_of_the_format(*code));
    let missing = codes.filter(|code| !has_fixture(code) && !excepted.contains(code));
    assert_eq!(missing.map(Code::as_str).collect::<Vec<_>>(), [""; 0], "codes without a fixture");
    let needless = ELSEWHERE.iter().filter(|(code, _)| has_fixture(code));
    assert_eq!(needless.map(|(code, _)| code.as_str()).collect::<Vec<_>>(), [""; 0], "exceptions that have a fixture");
}
