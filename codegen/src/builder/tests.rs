use std::fs;
use std::path::{Path, PathBuf};

use super::{BuildError, Builder, Output};
use crate::compile::Lints;
use crate::openapi::RemoteReferences;

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
    assert_eq!(error(here.builder().name("x").capability("backups.yaml")), "the name `x` was given before any file");
    assert_eq!(
        error(here.builder().capability("backups.yaml").capability("backups.yaml")),
        "two files give the module `backups`; `name` can give one of them another name"
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
    assert!(matches!(&error, BuildError::Compile { files } if *files == ["one.yaml", "two.yaml"]));
    assert_eq!(format!("{error:?}"), "`one.yaml`, `two.yaml` do not compile; the errors stand above");
    assert!(!here.0.join("out/backups.rs").exists());
}

#[test]
fn a_missing_file_does_not_hide_what_comes_after_it() {
    let here = Crate::new("missing");
    let builder = here.builder().capability("one.yaml").capability("backups.yaml").capability("two.yaml");
    // Only a build that went on after the first can know of the last.
    let error = builder.generate().expect_err("two are missing");
    assert!(error.to_string().starts_with("`two.yaml` cannot be read: "), "{error}");
}

#[test]
fn a_good_file_gives_one_output() {
    let here = Crate::new("one");
    let outputs = here.builder().capability("backups.yaml").generate().expect("it compiles");
    assert_eq!(modules(&outputs), ["backups"]);
    assert_eq!(outputs[0].file_name(), "backups.rs");
}

/// A document with a part in a file of its own, and something to lint.
const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get:
      operationId: items.list
      tags: [Items]
      responses:
        '200': { description: Items, content: { application/json: { schema: { $ref: 'parts/item.yaml#/Item' } } } }
  /orders:
    get: { operationId: orders.list, responses: {} }
";
const PART: &str =
    "Item: { type: object, properties: { id: { type: string, format: uuid }, size: { type: nubmer } } }\n";

fn shop(here: &Crate) -> Builder {
    fs::create_dir_all(here.0.join("specs/parts")).expect("the folder is made");
    fs::write(here.0.join("specs/shop.yaml"), DOCUMENT).expect("the file is written");
    fs::write(here.0.join("specs/parts/item.yaml"), PART).expect("the file is written");
    here.builder().openapi("specs/shop.yaml")
}

#[test]
fn documents_and_capabilities_are_built_together() {
    let here = Crate::new("openapi");
    let outputs = shop(&here).capability("backups.yaml").generate().expect("it compiles");
    assert_eq!(modules(&outputs), ["shop", "backups"]);
    assert!(outputs[0].text.contains(" from specs/shop.yaml; do not edit."));
    assert!(outputs[0].text.contains("pub struct Item "), "{}", outputs[0].text);
    let [lint] = outputs[0].lints.as_slice() else { panic!("{:?}", outputs[0].lints) };
    assert!(lint.starts_with("warning: ") && lint.contains("--> specs/parts/item.yaml:1:"), "{lint}");
}

#[test]
fn settings_are_those_of_the_document_added_last() {
    let here = Crate::new("settings");
    let settings = shop(&here)
        .name("first")
        .only(["tag:Items"])
        .replace_type("parts/item.yaml#/Item", "a::Item")
        .format("uuid", "b::Uuid")
        .derive("::c::Trait")
        .remote_references(RemoteReferences::Untyped);
    let outputs = settings.openapi("specs/shop.yaml").name("second").generate().expect("it compiles");
    assert_eq!(modules(&outputs), ["first", "second"]);
    assert!(!outputs[0].text.contains("pub struct Item ") && outputs[1].text.contains("pub struct Item "));
    assert!(!outputs[0].lints.iter().any(|lint| lint.contains("nubmer")), "{:?}", outputs[0].lints);
}

#[test]
fn misuse_of_settings_is_an_error_with_a_way_out() {
    let here = Crate::new("misused");
    let error = |builder: Builder| builder.generate().expect_err("misuse").to_string();
    let last = "was called, but the file that was added last is no OpenAPI document";
    assert_eq!(error(here.builder().only(["a"])), format!("`only` {last}"));
    assert_eq!(error(here.builder().capability("backups.yaml").derive("Hash")), format!("`derive` {last}"));
    assert_eq!(error(shop(&here).derive("not one")), "`not one` is not a path to a trait");
    assert!(error(shop(&here).format("uuid", "Uuid")).starts_with("`format`: `Uuid` depends on where it stands"));
    assert!(error(shop(&here).only(["shops.*"]).lints(Lints::Deny)).starts_with("`specs/shop.yaml` does not compile"));
    assert!(error(here.builder().openapi("specs/none.yaml")).starts_with("`specs/none.yaml` cannot be read: "));
}

#[test]
fn denied_lints_name_the_document_that_they_stop() {
    let here = Crate::new("denied");
    let error = shop(&here).lints(Lints::Deny).generate().expect_err("a lint");
    assert!(matches!(&error, BuildError::Compile { files } if *files == ["specs/shop.yaml"]));
}

#[test]
fn a_joined_capability_knows_its_document() {
    let here = Crate::new("joined");
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for file in ["platform-backups.yaml", "planetscale-platform.yaml"] {
        fs::copy(specs.join(file), here.0.join(file)).expect("the file is copied");
    }
    let joined = || here.builder().capability("platform-backups.yaml").join("planetscale-platform.yaml");
    let text = joined().generate().expect("it compiles").remove(0).text;
    assert!(text.contains("from platform-backups.yaml joined with planetscale-platform.yaml; do not edit."), "{text}");
    assert!(text.contains("pub struct NewBackup"), "{text}");
    assert!(!text.contains("pub struct DeployRequest"), "a type that no operation reaches");
    let changed = fs::read_to_string(here.0.join("planetscale-platform.yaml")).expect("it is there") + "\n";
    fs::write(here.0.join("planetscale-platform.yaml"), changed).expect("it is written");
    let again = joined().generate().expect("it compiles").remove(0).text;
    assert_ne!(text.lines().nth(2), again.lines().nth(2), "the header tells states of the document apart");

    let error = |builder: Builder| builder.generate().expect_err("a mistake").to_string();
    assert_eq!(
        error(joined().unmatched(["listbackup"])),
        "`platform-backups.yaml` does not compile; the errors stand above"
    );
    assert!(
        error(here.builder().capability("platform-backups.yaml").join("none.yaml"))
            .starts_with("`none.yaml` cannot be read")
    );
    let misuse = "`unmatched` was called, but the file that was added last is no capability that it could be of";
    assert_eq!(error(here.builder().capability("platform-backups.yaml").unmatched(["listbackups"])), misuse);
    assert!(error(here.builder().join("planetscale-platform.yaml")).starts_with("`join` was called"));
}
