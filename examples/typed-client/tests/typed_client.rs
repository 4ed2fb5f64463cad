//! The example prints what it says.

use std::process::Command;

#[test]
fn it_creates_lists_and_fails_as_typed() {
    let output = Command::new(env!("CARGO_BIN_EXE_typed-client")).output().expect("the example runs");
    assert!(output.status.success(), "{output:?}");
    let expected = "\
Started `before-migration`: pending, 0 bytes.
`daily-1` is success and 1000 bytes large.
`daily-2` is success and 2000 bytes large.
`daily-3` is success and 3000 bytes large.
`daily-5` is success and 5000 bytes large.
`daily-6` is success and 6000 bytes large.
not_found: There is no backup `lost`
";
    assert_eq!(String::from_utf8(output.stdout).expect("text"), expected);
}
