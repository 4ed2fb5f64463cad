//! Reads the real documents of the corpus: each without an error, and no operation lost.
//!
//! The corpus is no part of the project. It is looked for in `CAPSMITH_CORPUS`, then beside the workspace; where it is absent
//! the tests say so and pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use capsmith_codegen::ir::types::Kind;
use capsmith_codegen::openapi::{Analysis, LoadError, Loader, Options, RemoteReferences, analyze};

/// The files below a directory.
struct Directory(PathBuf);

impl Loader for Directory {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Unreadable(error.to_string()),
        })
    }
}

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let path = std::env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: there is no corpus (CAPSMITH_CORPUS)");
    None
}

/// What a document came to, in a line; adds its diagnostics to the histogram.
fn summary(name: &str, analysis: &Analysis, started: Instant, histogram: &mut BTreeMap<&'static str, usize>) -> String {
    let elapsed = started.elapsed();
    for diagnostic in analysis.files.iter().flat_map(|file| &file.diagnostics) {
        *histogram.entry(diagnostic.code.as_str()).or_default() += 1;
    }
    let Some(api) = &analysis.api else {
        let file = analysis.files.iter().find(|file| !file.diagnostics.is_empty());
        let first = file.and_then(|file| {
            file.diagnostics
                .iter()
                .find(|diagnostic| diagnostic.severity == capsmith_codegen::diagnostic::Severity::Error)
        });
        return format!("{name}: FAILED {}", first.map_or_else(String::new, |first| first.message.clone()));
    };
    let names = api.types.iter().filter_map(|(_, found)| found.name.as_ref());
    let mut seen = std::collections::HashSet::new();
    for name in names.chain(api.types.aliases.iter().map(|alias| &alias.name)) {
        assert!(seen.insert(name), "{name:?} stands for two types");
    }
    let count = |test: fn(&Kind) -> bool| api.types.iter().filter(|(_, found)| test(&found.kind)).count();
    format!(
        "{name}: {} operations, {} structs, {} enums, {} unions, {} tuples, {} aliases, {} paginated, {} files, {} diagnostics, {elapsed:.1?}",
        api.operations.len(),
        count(|kind| matches!(kind, Kind::Struct(_))),
        count(|kind| matches!(kind, Kind::Enum(_))),
        count(|kind| matches!(kind, Kind::Union(_))),
        count(|kind| matches!(kind, Kind::Tuple(_))),
        api.types.aliases.len(),
        api.operations.iter().filter(|operation| operation.pagination.is_some()).count(),
        analysis.files.len(),
        analysis.files.iter().map(|file| file.diagnostics.len()).sum::<usize>(),
    )
}

#[test]
fn every_document_is_read_and_no_operation_lost() {
    let Some(corpus) = corpus() else {
        return;
    };
    let index = std::fs::read_to_string(corpus.join("openapi-index.tsv")).unwrap();
    let mut rows = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let column = |name: &str| header.iter().position(|found| *found == name).unwrap();
    let (file, operations, features) = (column("file"), column("ops"), column("features"));
    let only = std::env::var("CAPSMITH_ONLY").unwrap_or_default();
    let loader = Directory(corpus.join("openapi"));
    let mut histogram = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows.filter(|row| row[file].contains(&only)) {
        let started = Instant::now();
        let analysis = analyze(&loader, row[file], &Options::default().remote_references(RemoteReferences::Untyped));
        let line = summary(row[file], &analysis, started, &mut histogram);
        println!("{line}");
        let found = analysis.api.map(|api| api.operations.len());
        // The index does not count what stands behind a reference.
        let has_references =
            ["path-item-ref", "components.pathItems"].iter().any(|feature| row[features].contains(feature));
        let expected = row[operations].parse().ok();
        if found != expected && !(has_references && found > expected) {
            wrong.push(format!("{line}; {} expected", row[operations]));
        }
    }
    println!("{histogram:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn documents_of_several_files_are_read() {
    let Some(corpus) = corpus() else {
        return;
    };
    let corpus = corpus.join("openapi-multifile");
    let mut histogram = BTreeMap::new();
    let mut failed = Vec::new();
    let digitalocean = Directory(corpus.join("given-digitalocean/specification"));
    let opensearch = Directory(corpus.join("given-opensearch/spec"));
    let mut roots = vec![(&digitalocean, "DigitalOcean-public.v2.yaml".to_owned())];
    let namespaces = std::fs::read_dir(opensearch.0.join("namespaces")).unwrap();
    let mut names: Vec<String> = namespaces.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    roots.extend(names.into_iter().map(|name| (&opensearch, format!("namespaces/{name}"))));
    for (loader, root) in roots {
        let started = Instant::now();
        let analysis = analyze(loader, &root, &Options::default());
        let line = summary(&root, &analysis, started, &mut histogram);
        println!("{line}");
        let is_dangling = |code: &str| code.starts_with("CAP11");
        let dangling = analysis
            .files
            .iter()
            .flat_map(|file| &file.diagnostics)
            .filter(|diagnostic| is_dangling(diagnostic.code.as_str()))
            .count();
        if analysis.api.is_none_or(|api| api.operations.is_empty()) || dangling > 0 {
            failed.push(format!("{line}; {dangling} references lead nowhere"));
        }
    }
    println!("{histogram:#?}");
    assert!(failed.is_empty(), "{failed:#?}");
}
