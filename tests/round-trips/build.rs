//! Generates the documents, and a list of their operations.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use capsmith_codegen::openapi::RemoteReferences;
use capsmith_codegen::{BuildError, Builder, FileKind, Lints, Output};

/// Documents of others that differ in version, size and what they use.
const CORPUS: [&str; 12] = [
    "ae-plex-openapi-plex-play-queue-api-openapi.yaml",
    "ae-prisma-openapi-prisma-postgres-management-openapi.yaml",
    "eklipse2k8-oas3-gen-crates-oas3-gen-fixtures-oas-3-1-2-pet-benchmark.json",
    "figma-rest-api-spec-openapi-openapi.yaml",
    "guru-codat-io-bank-feeds.json",
    "guru-enode-io.json",
    "guru-mercure-local.json",
    "guru-nytimes-com-most-popular-api.json",
    "jentic-apis-openapi-hubspot-com-cms-hubdb-v3-openapi.json",
    "jentic-apis-openapi-opendatasoft-com-main-v2-0-openapi.json",
    "jentic-apis-openapi-strava-com-main-3-0-0-openapi.json",
    "redocly-museum-openapi-example-openapi.yaml",
];

/// Why the crate cannot be built.
#[derive(Debug)]
#[expect(dead_code, reason = "shown by `Debug`")]
enum Failure {
    Environment(env::VarError),
    File(io::Error),
    Build(BuildError),
    Operations(String),
}

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(Failure::Environment)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(Failure::Environment)?);
    let (mut list, mut names) = (String::new(), String::new());
    for document in documents(&root).map_err(Failure::File)? {
        println!("cargo::rerun-if-changed={}", document.display());
        let builder = Builder::new().cargo_directives(false).lints(Lints::Allow).openapi(&document);
        let outputs = builder.remote_references(RemoteReferences::Untyped).generate().map_err(Failure::Build)?;
        for output in outputs {
            fs::write(out.join(output.file_name()), &output.text).map_err(Failure::File)?;
            let rows = rows(&output).ok_or_else(|| Failure::Operations(output.module.clone()))?;
            // Writing to a string does not fail.
            let _ = writeln!(list, "round_trips! {{ {}; {} {rows} }}", output.module, settings(&output.text));
            let _ = write!(names, "{}::trips, ", output.module);
        }
    }
    let _ = writeln!(list, "/// The documents.\npub const DOCUMENTS: &[fn() -> Trips] = &[{names}];");
    fs::write(out.join("documents.rs"), list).map_err(Failure::File)
}

/// The documents of the tests and of `specs/`, and those of others where they are.
fn documents(root: &Path) -> io::Result<Vec<PathBuf>> {
    println!("cargo::rerun-if-env-changed=CAPSMITH_CORPUS");
    let mut documents = Vec::new();
    for own in [root.join("../specs"), root.join("../../specs")] {
        println!("cargo::rerun-if-changed={}", own.display());
        for entry in fs::read_dir(own)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "yaml") && is_document(&path)? {
                documents.push(path);
            }
        }
    }
    documents.sort();
    let beside = root.join("../../../shared/corpus");
    let corpus = env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from).join("openapi");
    documents.extend(CORPUS.iter().map(|name| corpus.join(name)).filter(|path| path.is_file()));
    Ok(documents)
}

fn is_document(path: &Path) -> io::Result<bool> {
    Ok(FileKind::of(&fs::read_to_string(path)?) == Some(FileKind::OpenApi))
}

/// The fields of `Config`, base URLs and credentials, and `Callers` where the server wants them.
fn settings(text: &str) -> String {
    let fields = text.split_once("pub struct Config {").map_or("", |(_, fields)| fields);
    let named = |ending: &str| {
        let lines = fields.lines().map(str::trim).take_while(|line| *line != "}");
        let lines = lines.filter(|line| line.starts_with("pub ") && line.ends_with(ending));
        let names: Vec<_> = lines.filter_map(|line| line.strip_prefix("pub ")?.split(':').next()).collect();
        names.join(" ")
    };
    let callers = if text.contains("pub struct Callers {") { "Callers" } else { "" };
    format!("[{}] [{}] [{callers}]", named("::BaseUrl,"), named("::Credential>,"))
}

/// The operations as the dispatcher has them: index, inputs, method.
fn rows(output: &Output) -> Option<String> {
    let (_, rest) = output.text.split_once("serve_handlers!")?;
    let (_, rest) = rest.split_once(';')?;
    let (rows, _) = rest.split_once('}')?;
    Some(rows.replace("operations::", "").replace(',', ""))
}
