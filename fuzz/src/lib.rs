//! What the targets share: documents in memory, and what holds of every diagnostic.

use std::collections::BTreeMap;

use capsmith_codegen::diagnostic::{Diagnostic, Style};
use capsmith_codegen::openapi::{LoadError, Loader};
use capsmith_codegen::source::Source;

/// The files of a document by their paths.
pub struct Files(pub BTreeMap<String, String>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let is_name = |segment: &str| !matches!(segment, "" | "." | "..");
        assert!(path.split('/').all(is_name), "`{path}` is no path within the tree");
        self.0.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

impl Files {
    /// The files in a text, each after a line `=== path`, and the path of the first; one file where there is no such line.
    #[must_use]
    pub fn split(text: &str) -> (Self, &str) {
        let Some(rest) = text.strip_prefix("=== ") else {
            return (Self(BTreeMap::from([("api.yaml".to_owned(), text.to_owned())])), "api.yaml");
        };
        let mut files = BTreeMap::new();
        let mut root = None;
        for section in rest.split("\n=== ") {
            let (path, text) = section.split_once('\n').unwrap_or((section, ""));
            root.get_or_insert(path);
            files.insert(path.to_owned(), text.to_owned());
        }
        (Self(files), root.unwrap_or_default())
    }
}

/// Shows a diagnostic, and checks that it stands in its file.
///
/// # Panics
///
/// Where it does not.
pub fn show(source: &Source, diagnostic: &Diagnostic) {
    assert!(source.text.get(diagnostic.span.range()).is_some(), "{diagnostic:?} stands nowhere in the file");
    assert!(diagnostic.render(source, Style::Plain).contains(diagnostic.code.as_str()));
}
