//! The examples carry copies of capability files, because a macro reads no file outside its crate.

use std::fs;
use std::path::Path;

#[test]
fn the_examples_use_the_files_of_specs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut compared = 0;
    for example in fs::read_dir(root.join("examples")).unwrap() {
        let Ok(specs) = fs::read_dir(example.unwrap().path().join("specs")) else { continue };
        for copy in specs {
            let copy = copy.unwrap().path();
            let original = root.join("specs").join(copy.file_name().unwrap());
            // An example may have a document of its own.
            let Ok(expected) = fs::read(&original) else { continue };
            assert!(fs::read(&copy).unwrap() == expected, "{} differs from {}", copy.display(), original.display());
            compared += 1;
        }
    }
    assert!(compared >= 2);
}
