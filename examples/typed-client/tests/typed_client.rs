//! The example prints what it says.

use std::process::Command;

#[test]
fn it_creates_lists_and_fails_as_typed() {
    let output = Command::new(env!("CARGO_BIN_EXE_typed-client")).output().expect("the example runs");
    assert!(output.status.success(), "{output:?}");
    let expected = "\
Added `Emma`: shelved, 474 pages.
`Persuasion` is shelved and has 249 pages.
`Middlemarch` is lent and has 880 pages.
`Villette` is shelved and has 573 pages.
`Emma` is shelved and has 474 pages.
not_found: There is no such item.
";
    assert_eq!(String::from_utf8(output.stdout).expect("text"), expected);
}
