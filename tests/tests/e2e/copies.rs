//! Examples, tests and benchmarks carry copies of files of `specs/`, because a macro reads no file outside its crate.

use std::fs;
use std::path::Path;

#[test]
fn copies_are_the_files_of_specs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let examples = fs::read_dir(root.join("examples")).unwrap().map(|example| example.unwrap().path());
    let mut compared = 0;
    for package in examples.chain(["benches", "tests"].map(|package| root.join(package))) {
        let folders = ["specs", "capabilities"].map(|folder| fs::read_dir(package.join(folder)));
        for copy in folders.into_iter().flatten().flatten() {
            let copy = copy.unwrap().path();
            let original = root.join("specs").join(copy.file_name().unwrap());
            // There may be a document of its own.
            let Ok(expected) = fs::read(&original) else { continue };
            assert!(fs::read(&copy).unwrap() == expected, "{} differs from {}", copy.display(), original.display());
            compared += 1;
        }
    }
    assert!(compared >= 7);
}
