//! What there is to compile in `specs/`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use capsmith_codegen::FileKind;

use super::{RegenError, list};
use crate::outermost;

/// The files to compile, sorted, with what they are.
///
/// Directly in `specs/` these are all YAML and JSON files; in its folders those that say what they are, since the others are
/// parts of documents.
pub(super) fn find(specs: &Path) -> Result<Vec<(PathBuf, FileKind)>, RegenError> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for path in list(specs)? {
        if is_folder(&path)? {
            folders.push(path);
        } else if is_candidate(&path) {
            let kind = kind(&path)?;
            found.push((path, kind.unwrap_or(FileKind::Capability)));
        }
    }
    while let Some(folder) = folders.pop() {
        for path in list(&folder)? {
            if is_folder(&path)? {
                folders.push(path);
            } else if let Some(kind) = is_candidate(&path).then(|| kind(&path)).transpose()?.flatten() {
                found.push((path, kind));
            }
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(found)
}

/// Files that are neither YAML nor JSON, such as a README, are passed over.
fn is_candidate(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
}

/// Whether this is a folder; a link to one is none, or a link to a folder above it would be followed without end.
fn is_folder(path: &Path) -> Result<bool, RegenError> {
    read(path, |path| fs::symlink_metadata(path)).map(|data| data.is_dir())
}

/// What a file says it is. One that cannot be read says it too, so that its mistake is told.
fn kind(path: &Path) -> Result<Option<FileKind>, RegenError> {
    let bytes = read(path, |path| fs::read(path))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(FileKind::of(&text).or_else(|| {
        let has = |keys| outermost::has_key(&text, keys);
        let document = has(&["openapi", "swagger"]).then_some(FileKind::OpenApi);
        document.or_else(|| has(&["naftiko", "ikanos", "capability"]).then_some(FileKind::Capability))
    }))
}

fn read<T>(path: &Path, read: impl FnOnce(&Path) -> io::Result<T>) -> Result<T, RegenError> {
    read(path).map_err(|source| RegenError::File { path: path.to_owned(), source })
}
