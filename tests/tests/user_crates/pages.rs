//! The pages that users read, and what stands in them: programs, YAML, the message of an error, and links.

mod links;
mod programs;

use std::fs;
use std::path::{Path, PathBuf};

/// A page of the documentation.
struct Page {
    /// From the root of the repository.
    path: PathBuf,
    text: String,
}

impl Page {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(root().join(path)).expect("Unicode");
        Self { path: path.to_owned(), text }
    }

    /// The name of the file without its ending.
    fn name(&self) -> &str {
        self.path.file_stem().and_then(|name| name.to_str()).expect("Unicode")
    }

    /// The blocks of a language, in order.
    fn blocks(&self, language: &str) -> Vec<&str> {
        let opening = format!("```{language}\n");
        self.text.split(opening.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

/// The pages of a folder, by name.
fn pages_in(folder: &str) -> Vec<Page> {
    let files = fs::read_dir(root().join(folder)).expect("the folder is there");
    let names = files.map(|file| PathBuf::from(file.expect("a file").file_name()));
    let mut paths: Vec<PathBuf> = names
        .filter(|name| name.extension().is_some_and(|ending| ending == "md"))
        .map(|name| Path::new(folder).join(name))
        .collect();
    paths.sort();
    paths.iter().map(|path| Page::read(path)).collect()
}

/// The readme, and the pages that it leads to.
fn pages() -> Vec<Page> {
    let mut pages = vec![Page::read(Path::new("README.md"))];
    pages.extend(pages_in("docs"));
    pages
}
