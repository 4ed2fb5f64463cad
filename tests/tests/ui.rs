//! What a user of the macro sees when something is wrong. `ui/README.md` says how to add a case.

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
