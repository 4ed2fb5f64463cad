use std::fs;
use std::path::{Path, PathBuf};

use super::{BuildError, Builder, Output};

/// A crate and its output folder, removed at the end.
struct Crate(PathBuf);

impl Crate {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("capsmith-builder-{name}-{}", std::process::id()));
        fs::create_dir_all(root.join("out")).expect("the folder is made");
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        fs::copy(specs.join("qovery-backups.yaml"), root.join("backups.yaml")).expect("the file is copied");
        Self(root)
    }

    fn builder(&self) -> Builder {
        Builder::new().root(&self.0).out_dir(self.0.join("out")).cargo_directives(false)
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn modules(outputs: &[Output]) -> Vec<&str> {
    outputs.iter().map(|output| output.module.as_str()).collect()
}

#[test]
fn each_capability_gets_a_file_named_like_its_module() {
    let here = Crate::new("files");
    let builder = here.builder().capability("backups.yaml").capability("./backups.yaml").name("again");
    builder.compile().expect("it compiles");
    for (module, file) in [("backups", "out/backups.rs"), ("again", "out/again.rs")] {
        let text = fs::read_to_string(here.0.join(file)).expect("it was written");
        assert!(text.contains(&format!("\npub mod {module} {{")), "{text}");
        assert!(text.contains(" from backups.yaml; do not edit."));
    }
}

#[test]
fn a_file_is_written_only_when_it_changes() {
    let here = Crate::new("unchanged");
    let builder = here.builder().capability("backups.yaml");
    builder.compile().expect("it compiles");
    let file = here.0.join("out/backups.rs");
    let mut permissions = fs::metadata(&file).expect("it is there").permissions();
    let written = fs::metadata(&file).and_then(|data| data.modified()).expect("a time");
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).expect("they are set");
    builder.compile().expect("there is nothing to write");
    let again = fs::metadata(&file).and_then(|data| data.modified()).expect("a time");
    assert_eq!(written, again);
}

#[test]
fn another_name_for_the_runtime_is_used_throughout() {
    let here = Crate::new("runtime");
    let builder = here.builder().capability("backups.yaml").runtime("::renamed");
    let outputs = builder.generate().expect("it compiles");
    assert!(outputs[0].text.contains("::renamed::Settings"));
    assert!(!outputs[0].text.contains("::capsmith::"));
    let error = here.builder().capability("backups.yaml").runtime("not a path").generate().expect_err("no path");
    assert_eq!(error.to_string(), "`not a path` is not a path to a crate");
}

#[test]
fn misuse_is_an_error_with_a_way_out() {
    let here = Crate::new("misuse");
    let error = |builder: Builder| builder.generate().expect_err("misuse").to_string();
    assert_eq!(
        error(here.builder().name("x").capability("backups.yaml")),
        "the name `x` was given before any capability"
    );
    assert_eq!(
        error(here.builder().capability("backups.yaml").capability("backups.yaml")),
        "two capabilities give the module `backups`; `name` can give one of them another name"
    );
    assert!(error(here.builder().capability("missing.yaml")).starts_with("`missing.yaml` cannot be read: "));
}

#[test]
fn all_files_are_checked_before_the_build_fails() {
    let here = Crate::new("errors");
    fs::write(here.0.join("one.yaml"), "naftiko: [").expect("the file is written");
    fs::write(here.0.join("two.yaml"), "naftiko: 0").expect("the file is written");
    let error = here
        .builder()
        .capability("one.yaml")
        .capability("backups.yaml")
        .capability("two.yaml")
        .compile()
        .expect_err("two do not compile");
    assert!(matches!(&error, BuildError::Capability { files } if *files == ["one.yaml", "two.yaml"]));
    assert_eq!(format!("{error:?}"), "`one.yaml`, `two.yaml` do not compile; the errors stand above");
    assert!(!here.0.join("out/backups.rs").exists());
}

#[test]
fn a_good_file_gives_one_output() {
    let here = Crate::new("one");
    let outputs = here.builder().capability("backups.yaml").generate().expect("it compiles");
    assert_eq!(modules(&outputs), ["backups"]);
    assert_eq!(outputs[0].file_name(), "backups.rs");
}
