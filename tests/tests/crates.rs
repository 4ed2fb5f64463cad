//! Crates that must compile as they are: with their features, their name for `capsmith` and their edition.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn each_compiles_on_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut names = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("Unicode"))
        .collect::<Vec<_>>();
    names.sort();
    assert!(!names.is_empty());
    let mut failed = Vec::new();
    for name in names {
        let manifest = folder.join(&name).join("Cargo.toml");
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--locked", "--manifest-path"])
            .arg(manifest)
            .output()
            .expect("cargo runs");
        if !output.status.success() {
            failed.push(format!("{name}:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
