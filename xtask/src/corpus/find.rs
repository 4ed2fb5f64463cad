//! Which files of a folder are OpenAPI documents.

use std::fs;
use std::path::{Path, PathBuf};

use super::CorpusError;
use crate::find::below;

/// An OpenAPI document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The folder within which the document's references may lead.
    pub(super) folder: PathBuf,
    /// The path in the folder, with `/`.
    pub(super) path: String,
    /// The size in bytes.
    pub(super) bytes: u64,
    /// The name of the module for rustc, which no other document has.
    pub(super) module: String,
}

impl Found {
    /// Where the document is.
    pub(super) fn file(&self) -> PathBuf {
        self.folder.join(&self.path)
    }
}

/// Finds the documents in folders, in the order of their paths. A place that is itself a file is taken as it is.
///
/// A document is a file whose outermost mapping has the key `openapi`. Other files are parts of documents, or something else.
pub(super) fn find(places: &[PathBuf]) -> Result<Vec<Found>, CorpusError> {
    let mut found = Vec::new();
    for place in places {
        let file = |source| CorpusError::File { path: place.clone(), source };
        let metadata = fs::metadata(place).map_err(file)?;
        if metadata.is_file() {
            let folder = place.parent().unwrap_or(Path::new("")).to_owned();
            let path = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push(Found { folder, path, bytes: metadata.len(), module: String::new() });
        } else {
            let files = below(place, &["openapi"])?;
            found.extend(files.into_iter().map(|(path, bytes)| Found {
                folder: place.clone(),
                path,
                bytes,
                module: String::new(),
            }));
        }
    }
    for (number, document) in found.iter_mut().enumerate() {
        document.module = module(number, &document.path);
    }
    Ok(found)
}

/// A name for a module: a number, which makes it unique, and what can be had of the path, which makes it readable.
fn module(number: usize, path: &str) -> String {
    let lower = path.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    let end = words.get(words.len().saturating_sub(60)..).unwrap_or_default();
    format!("d{number:04}_{}", end.trim_start_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_have_names_of_rust() {
        assert_eq!(module(7, "a/Größe.v2.yaml"), "d0007_a_gr_e_v2_yaml");
        assert_eq!(module(0, &"x".repeat(90)).len(), 66);
    }
}
