//! What the targets share: documents in memory, and what holds of every diagnostic.

use std::collections::BTreeMap;

use capsmith_codegen::Options;
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

/// Compiles a capability file, and checks that it becomes a module if and only if there is no error.
///
/// # Panics
///
/// Where it does not, or a diagnostic stands nowhere in the file.
pub fn compile(text: &str) {
    let source = Source::new("capability.yaml", text);
    let compiled = capsmith_codegen::compile(&source, &Options::default());
    for diagnostic in &compiled.diagnostics {
        show(&source, diagnostic);
    }
    let has_errors = compiled.failures().next().is_some();
    assert_eq!(compiled.items.is_none(), has_errors, "a module if and only if there is no error");
    if let Some(items) = compiled.items {
        syn::parse2::<syn::File>(items).expect("a module");
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
