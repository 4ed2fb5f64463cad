//! Which files of a folder say what they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use capsmith_codegen::openapi::{LoadError, Loader};

use crate::outermost;

/// Why a folder or file cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {source}", path.display())]
pub struct FileError {
    /// The folder or file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl FileError {
    /// What makes an error of a path's out of that of the system.
    pub(crate) fn of(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { path: path.to_owned(), source }
    }
}

/// The YAML and JSON files below a folder whose outermost mapping has one of the keys: their paths in the folder, with `/`, in order,
/// and their sizes in bytes.
///
/// Hidden folders and links to folders are passed over.
///
/// # Errors
///
/// Where a folder or file cannot be read.
pub(crate) fn below(folder: &Path, keys: &[&str]) -> Result<Vec<(String, u64)>, FileError> {
    let mut found = Vec::new();
    walk(folder, "", keys, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(root: &Path, below: &str, keys: &[&str], found: &mut Vec<(String, u64)>) -> Result<(), FileError> {
    let folder = root.join(below);
    for entry in fs::read_dir(&folder).map_err(FileError::of(&folder))? {
        let entry = entry.map_err(FileError::of(&folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type().map_err(FileError::of(&entry.path()))?;
        if kind.is_dir() {
            if !name.starts_with('.') {
                walk(root, &path, keys, found)?;
            }
        } else if has_known_extension(&name) {
            let bytes = fs::read(entry.path()).map_err(FileError::of(&entry.path()))?;
            if outermost::has_key(&String::from_utf8_lossy(&bytes), keys) {
                found.push((path, bytes.len() as u64));
            }
        }
    }
    Ok(())
}

fn has_known_extension(name: &str) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    ["json", "yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The files of a folder.
pub(crate) struct Folder<'a>(pub(crate) &'a Path);

impl Loader for Folder<'_> {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        fs::read_to_string(self.0.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Unreadable(error.to_string()),
        })
    }
}
