//! Files on disk, for all doors. The compiler itself touches none.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::openapi::{LoadError, Loader};
use crate::source::MAX_LENGTH;

/// The text of a file.
///
/// # Errors
///
/// Where there is no such file, it is no regular file, is longer than what the compiler reads, or is not UTF-8.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    // Opening a pipe would wait for its other end.
    let kind = fs::metadata(path)?;
    if !kind.is_file() {
        return Err(io::Error::other(if kind.is_dir() { "it is a folder" } else { "it is no regular file" }));
    }
    let limit = MAX_LENGTH as u64;
    let too_long = || io::Error::other(format!("it is longer than {} MiB", limit >> 20));
    if kind.len() > limit {
        return Err(too_long());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(kind.len()).unwrap_or_default() + 1);
    // It may grow while it is read.
    fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_LENGTH {
        return Err(too_long());
    }
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Whether a file lies in a folder when all symbolic links are followed. `false` where that cannot be told.
pub(crate) fn is_within(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// The path without `.` and `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// The path relative to a folder, with `/`, as it is the same on every machine. `None`: it does not lie in the folder.
pub(crate) fn relative(path: &Path, folder: &Path) -> Option<String> {
    let parts = path.strip_prefix(folder).ok()?.components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>();
    Some(parts.join("/"))
}

/// The files of an OpenAPI document, or those that a capability file imports from.
///
/// The tree of a document is the folder of the crate that it lies in: all of `specs` for `specs/shop/api.yaml`, all of
/// the crate for a document beside `Cargo.toml`. What a document outside of the crate refers to lies in its own folder.
/// References do not leave the tree, neither by their path nor by a symbolic link.
#[derive(Debug)]
pub(crate) struct Directory {
    /// The folder that paths are relative to.
    root: PathBuf,
    /// The folder that no path leaves.
    tree: PathBuf,
    /// The document's path.
    document: String,
    /// The files that were read.
    read: RefCell<Vec<PathBuf>>,
}

impl Directory {
    /// The files of the document at `path`, in the crate at `root`.
    pub(crate) fn new(path: &Path, root: Option<&Path>) -> Self {
        let path = normal(path);
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let root = root.map(normal).filter(|root| path.starts_with(root)).unwrap_or_else(|| folder.clone());
        let first = folder.strip_prefix(&root).ok().and_then(|below| below.components().next());
        let tree = first.map_or_else(|| root.clone(), |first| root.join(first));
        let document = relative(&path, &root).unwrap_or_default();
        Self { root, tree, document, read: RefCell::default() }
    }

    /// The document's path, as [`Loader::load`] knows it.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The files that were read, in the order of reading.
    pub(crate) fn read(&self) -> Vec<PathBuf> {
        self.read.borrow().clone()
    }
}

impl Loader for Directory {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let refuse = |how: &str| {
            let tree = relative(&self.tree, &self.root).filter(|tree| !tree.is_empty());
            let tree = tree.map_or_else(|| String::from("the document's folder"), |tree| format!("`{tree}`"));
            Err(LoadError::Unreadable(format!("it {how} {tree}")))
        };
        let full = normal(&self.root.join(path));
        if !full.starts_with(&self.tree) {
            return refuse("lies outside of");
        }
        if !full.exists() {
            return Err(LoadError::NotFound);
        }
        // A folder that is itself a link out of the crate is no part of the crate either.
        if !is_within(&full, &self.tree) || !is_within(&self.tree, &self.root) {
            return refuse("is a symbolic link that leads out of");
        }
        let text = read_text(&full).map_err(|error| LoadError::Unreadable(error.to_string()))?;
        self.read.borrow_mut().push(full);
        Ok(text)
    }
}

#[cfg(test)]
mod tests;
