//! Collections that keep the files of many folders in one, with `__` in their names where the path had `/`.

use capsmith_codegen::openapi::{LoadError, Loader};

use crate::find::Folder;

/// What stands for `/` in the name of a file that was taken out of its folder.
const SEPARATOR: &str = "__";

/// The files of a folder, which are also found by the paths that they had before they were renamed.
pub(super) struct Flattened<'a> {
    folder: Folder<'a>,
    /// The folder of the compiled file, and the one that it was in according to its name.
    moved: Option<(&'a str, String)>,
    /// The path of the compiled file by which its imports are relative.
    pub(super) path: String,
}

impl<'a> Flattened<'a> {
    /// The files of a folder as one of them sees them, whose path is given.
    pub(super) fn new(folder: Folder<'a>, file: &'a str) -> Self {
        let (parent, name) = file.rsplit_once('/').unwrap_or(("", file));
        let Some((folders, name)) = name.rsplit_once(SEPARATOR) else {
            return Self { folder, moved: None, path: file.to_owned() };
        };
        let before = join(parent, &folders.replace(SEPARATOR, "/"));
        Self { folder, path: join(&before, name), moved: Some((parent, before)) }
    }

    /// The paths that a file may have now: as it says, with a shorter or longer part of its path in the name.
    fn candidates(&self, path: &str) -> Vec<String> {
        let mut candidates = vec![path.to_owned()];
        if let Some((now, before)) = &self.moved
            && let Some(rest) = path.strip_prefix(before.as_str()).and_then(|rest| rest.strip_prefix('/'))
        {
            candidates.push(join(now, rest));
        }
        let folders = path.match_indices('/').map(|(at, _)| at);
        candidates.extend(folders.map(|at| join(&path[..at], &path[at + 1..].replace('/', SEPARATOR))));
        candidates
    }
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

impl Loader for Flattened<'_> {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let mut result = Err(LoadError::NotFound);
        for candidate in self.candidates(path) {
            result = self.folder.load(&candidate);
            if !matches!(result, Err(LoadError::NotFound)) {
                break;
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn load(folder: &Path, file: &str, path: &str) -> Option<String> {
        Flattened::new(Folder(folder), file).load(path).ok()
    }

    #[test]
    fn imports_are_followed_in_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/real")).unwrap();
        for file in ["a/docs__shared__x.yaml", "a/shared__y.yaml", "a/z.yaml", "a/real/w.yaml"] {
            fs::write(root.join(file), file).unwrap();
        }
        let importing = Flattened::new(Folder(root), "a/docs__main.yaml");
        assert_eq!(importing.path, "a/docs/main.yaml");
        for (file, path, found) in [
            ("a/docs__main.yaml", "a/docs/shared/x.yaml", Some("a/docs__shared__x.yaml")),
            ("a/docs__main.yaml", "a/docs/z.yaml", Some("a/z.yaml")),
            ("a/main.yaml", "a/shared/y.yaml", Some("a/shared__y.yaml")),
            ("a/main.yaml", "a/real/w.yaml", Some("a/real/w.yaml")),
            ("a/main.yaml", "a/shared/v.yaml", None),
        ] {
            assert_eq!(load(root, file, path).as_deref(), found, "{path}");
        }
    }
}
