//! Generates the steps of the tutorial in both of its forms, and mocks of the upstreams, where the files are.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use capsmith_codegen::openapi::Surface;
use capsmith_codegen::{BuildError, Builder, Lints, Output};

/// The forms that the tutorial has: that of version 1.0.0-alpha2 of the format, and that of 1.0.0-beta5.
const FORMS: [&str; 2] = ["alpha2", "beta5"];

/// The steps that cannot be compiled: they use what is not supported yet.
const NOT_YET: [&str; 9] = ["3", "4", "5", "6", "7", "8", "9", "10", "11"];

const UPSTREAMS: [(&str, &str); 2] = [
    ("registry", "naftiko-shipyard-maritime-registry-api.yaml"),
    ("legacy", "naftiko-shipyard-legacy-dockyard-api.yaml"),
];

/// Why the crate cannot be built.
#[derive(Debug)]
#[expect(dead_code, reason = "shown by `Debug`")]
enum Failure {
    Environment(env::VarError),
    File(io::Error),
    Build(BuildError),
}

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(Failure::Environment)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(Failure::Environment)?);
    println!("cargo::rerun-if-env-changed=CAPSMITH_CORPUS");
    println!("cargo::rustc-check-cfg=cfg(tutorial)");
    println!("cargo::rustc-check-cfg=cfg(step, values(any()))");
    let beside = root.join("../../../shared/corpus");
    let tutorial = env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from).join("tutorial");
    println!("cargo::rustc-env=TUTORIAL={}", tutorial.display());
    println!("cargo::rerun-if-changed={}", tutorial.display());
    if tutorial.is_dir() {
        println!("cargo::rustc-cfg=tutorial");
        mocks(&tutorial, &out)?;
        for form in FORMS {
            steps(&tutorial.join(form), &out.join(format!("{form}.rs")))?;
        }
    }
    Ok(())
}

fn mocks(tutorial: &Path, out: &Path) -> Result<(), Failure> {
    let mut text = String::new();
    for (name, file) in UPSTREAMS {
        let document = tutorial.join("openapi").join(file);
        let builder = Builder::new().cargo_directives(false).lints(Lints::Allow).openapi(document).name(name);
        text.push_str(&generate(&builder.surfaces([Surface::Mock]))?.text);
    }
    fs::write(out.join("upstreams.rs"), text).map_err(Failure::File)
}

/// One module for each step. What is wrong with one is printed, and ends the build.
fn steps(folder: &Path, out: &Path) -> Result<(), Failure> {
    let mut text = String::new();
    for entry in fs::read_dir(folder).map_err(Failure::File)? {
        let path = entry.map_err(Failure::File)?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((number, _)) = name.strip_prefix("step-").and_then(|rest| rest.split_once('-')) else { continue };
        if NOT_YET.contains(&number) {
            continue;
        }
        println!("cargo::rustc-cfg=step=\"{number}\"");
        let builder = Builder::new().root(folder).cargo_directives(false).lints(Lints::Allow);
        text.push_str(&generate(&builder.capability(&path).name(format!("step_{number}")))?.text);
    }
    fs::write(out, text).map_err(Failure::File)
}

fn generate(builder: &Builder) -> Result<Output, Failure> {
    let outputs = builder.generate().map_err(Failure::Build)?;
    outputs.into_iter().next().ok_or_else(|| Failure::File(io::Error::other("nothing was generated")))
}
