//! Where the file is that a macro names.
//!
//! It is looked for beside the calling file, then in the crate's `specs`, then in the crate's root. A path that leaves
//! the crate is refused: what a crate is built from belongs to it, or its package would not build elsewhere.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::disk::{self, normal};
use crate::suggest;

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The absolute path.
    pub(crate) path: PathBuf,
    /// The path as messages show it: relative to the crate, with `/`.
    pub(crate) shown: String,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LookupError {
    /// The path is empty.
    #[error("the path is empty")]
    Empty,
    /// The path is absolute.
    #[error(
        "`{requested}` is an absolute path, which other machines do not have\n  = help: give a path relative to this \
         file, to the crate's `specs` or to the crate"
    )]
    Absolute { requested: String },
    /// No place that the path could mean lies inside the crate.
    #[error("`{requested}` leads out of the crate\n  = help: put the file into the crate, for example into `specs`")]
    Outside { requested: String },
    /// The file is a symbolic link, or lies behind one, to a place outside of the crate.
    #[error(
        "`{shown}` is a symbolic link that leads out of the crate\n  = help: put the file itself into the crate, for \
         example into `specs`"
    )]
    Link { shown: String },
    /// There is no such file.
    #[error("{}", not_found(requested, looked, suggestion.as_deref()))]
    NotFound {
        requested: String,
        /// The places that were tried, in words.
        looked: Vec<String>,
        /// A file that exists and has nearly that name.
        suggestion: Option<String>,
    },
}

/// A folder to look in, and the folder that the path must not leave.
#[derive(Debug)]
struct Place {
    folder: PathBuf,
    limit: PathBuf,
}

/// Looks for `requested`.
///
/// `caller` is the calling file, as far as the compiler knows it, and `root` the folder of the crate's manifest.
pub(crate) fn find(requested: &str, caller: Option<&Path>, root: Option<&Path>) -> Result<Found, LookupError> {
    if requested.trim().is_empty() {
        return Err(LookupError::Empty);
    }
    let relative = Path::new(requested);
    let is_relative = relative.components().all(|part| !matches!(part, Component::RootDir | Component::Prefix(_)));
    if !is_relative {
        return Err(LookupError::Absolute { requested: requested.to_owned() });
    }
    let places = places(caller, root);
    let candidates = candidates(relative, &places);
    if candidates.is_empty() {
        return Err(LookupError::Outside { requested: requested.to_owned() });
    }
    let Some(found) = candidates.iter().find(|candidate| candidate.path.is_file()) else {
        let paths = candidates.into_iter().map(|candidate| candidate.path).collect::<Vec<_>>();
        return Err(LookupError::NotFound {
            requested: requested.to_owned(),
            looked: paths.iter().map(|path| place(path, root, requested)).collect(),
            suggestion: suggestion(requested, &paths, root),
        });
    };
    let shown = shown(&found.path, root, requested);
    if disk::is_within(&found.path, found.limit) {
        Ok(Found { path: found.path.clone(), shown })
    } else {
        Err(LookupError::Link { shown })
    }
}

fn places(caller: Option<&Path>, root: Option<&Path>) -> Vec<Place> {
    let root = root.map(normal);
    let mut places = Vec::new();
    // The compiler may name the file relative to its own working directory.
    let caller = caller.and_then(|path| std::path::absolute(path).ok());
    if let Some(folder) = caller.as_deref().and_then(Path::parent).map(normal) {
        // A file that is included from elsewhere has no crate around it, only its folder.
        let limit = root.clone().filter(|root| folder.starts_with(root)).unwrap_or_else(|| folder.clone());
        places.push(Place { folder, limit });
    }
    if let Some(root) = root {
        places.push(Place { folder: root.join("specs"), limit: root.clone() });
        places.push(Place { folder: root.clone(), limit: root });
    }
    places
}

/// A path that can be meant, and the folder that it must not leave.
#[derive(Debug)]
struct Candidate<'p> {
    path: PathBuf,
    limit: &'p Path,
}

/// The paths that `relative` can mean, without those outside of their limits.
fn candidates<'p>(relative: &Path, places: &'p [Place]) -> Vec<Candidate<'p>> {
    let mut candidates: Vec<Candidate<'p>> = Vec::new();
    for Place { folder, limit } in places {
        let path = normal(&folder.join(relative));
        let is_new = candidates.iter().all(|candidate| candidate.path != path);
        if path.starts_with(limit) && path != *limit && is_new {
            candidates.push(Candidate { path, limit });
        }
    }
    candidates
}

/// The path relative to the crate; for a file outside of it, what the user wrote.
fn shown(path: &Path, root: Option<&Path>, requested: &str) -> String {
    root.and_then(|root| disk::relative(path, &normal(root))).unwrap_or_else(|| requested.to_owned())
}

/// Where a file was looked for, in words.
fn place(path: &Path, root: Option<&Path>, requested: &str) -> String {
    let inside = root.is_some_and(|root| path.starts_with(normal(root)));
    let beside = if inside { "" } else { " beside the calling file" };
    format!("`{}`{beside}", shown(path, root, requested))
}

/// The nearest file name in the folders that were looked in, as a path that would have been found.
fn suggestion(requested: &str, candidates: &[PathBuf], root: Option<&Path>) -> Option<String> {
    let wanted = Path::new(requested).file_name()?.to_str()?;
    let mut files = Vec::new();
    for folder in candidates.iter().filter_map(|path| path.parent()) {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        let mut names =
            entries.flatten().map(|entry| entry.path()).filter(|path| is_document(path)).collect::<Vec<_>>();
        // The order of a folder's entries depends on the machine.
        names.sort();
        files.extend(names);
    }
    let names = files.iter().filter_map(|path| path.file_name()?.to_str());
    let nearest = suggest::nearest(wanted, names.clone().filter(|name| *name != wanted))
        // The right file with another ending.
        .or_else(|| names.clone().find(|name| stem(name) == stem(wanted)))?;
    let file = files.iter().find(|path| path.file_name() == Some(OsStr::new(nearest)))?;
    Some(shown(file, root, nearest))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn is_document(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"))
}

fn not_found(requested: &str, looked: &[String], suggestion: Option<&str>) -> String {
    let looked = looked.join(", ");
    let mut text = format!("there is no file `{requested}`\n  = note: looked for {looked}");
    if let Some(suggestion) = suggestion {
        text.push_str("\n  = help: did you mean `");
        text.push_str(suggestion);
        text.push_str("`?");
    }
    text
}

#[cfg(test)]
mod tests;
