//! Capability files as they are found in the wild, where they are at hand.

use std::path::{Path, PathBuf};

use super::*;

/// The folder beside the workspace with files of others, which are no part of it.
fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let folder = workspace.parent()?.join("shared/corpus");
    folder.is_dir().then_some(folder)
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.ends_with("_openapi") {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
}

#[test]
fn files_in_the_wild_compile_or_say_why_not() {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside the workspace");
        return;
    };
    let mut files = Vec::new();
    yaml_files(&corpus.join("naftiko"), &mut files);
    yaml_files(&corpus.join("tutorial"), &mut files);
    let (mut alpha2, mut compiled) = (0, 0);
    for path in &files {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let is_alpha2 = text.contains("naftiko: 1.0.0-alpha2") || text.contains("naftiko: \"1.0.0-alpha2\"");
        let source = Source::new(path.display().to_string(), text);
        let analysis = analyze(&source, None);
        let failed = analysis.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        assert_eq!(analysis.capability.is_none(), failed, "{}", path.display());
        for diagnostic in analysis.diagnostics.iter().take(20) {
            assert!(diagnostic.render(&source, Style::Plain).contains(&format!("{}:", source.name)));
        }
        alpha2 += u32::from(is_alpha2);
        compiled += u32::from(is_alpha2 && !failed);
    }
    println!("{} files; {compiled} of {alpha2} of version alpha2 compile", files.len());
    assert!(compiled * 4 >= alpha2 * 3, "only {compiled} of {alpha2} files of version alpha2 compile");
}
