//! Folders whose files a surface hands out.
//!
//! Nothing outside of a folder can be had by it, whatever paths and symbolic links say, nor what is hidden: names that begin with a
//! dot. Links to files within the folder are followed, since mounted volumes are made of them.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::Settings;

/// The most files of a folder.
const MAX_FILES: usize = 1_000;
/// The most folders in one another.
const MAX_DEPTH: usize = 16;
/// The most entries that are looked at, files or not.
const MAX_ENTRIES: usize = 10_000;
/// The longest file, in bytes.
const MAX_FILE: u64 = 16 * 1024 * 1024;

/// A folder on this machine. Its methods block.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileEntry {
    /// The path in the folder, with `/`.
    pub(crate) path: String,
    /// In bytes.
    pub(crate) size: u64,
}

/// Why there is no file, or no list of them.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("the path has a segment that is hidden, empty or leads elsewhere")]
    UnsafePath,
    #[error("there is no such file")]
    NotFound,
    #[error("a file is longer than {} MiB", MAX_FILE >> 20)]
    TooLong,
    #[error("the folder has more than {MAX_FILES} files, or too many in one another")]
    TooMany,
    #[error("it cannot be read")]
    Io(#[from] io::Error),
}

impl Folder {
    /// The folder at a location of the file, below [`Settings::files_root`] where that is set.
    pub(crate) fn new(location: &str, settings: &Settings) -> Self {
        let location = Path::new(location);
        let Some(root) = &settings.files_root else { return Self(location.to_owned()) };
        let mut path = root.clone();
        for component in location.components() {
            if let Component::Normal(name) = component {
                path.push(name);
            }
        }
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Checks that the folder is there.
    pub(crate) fn check(&self) -> io::Result<()> {
        fs::read_dir(&self.0).map(drop)
    }

    /// The files, sorted by path.
    pub(crate) fn files(&self) -> Result<Vec<FileEntry>, FolderError> {
        let root = self.0.canonicalize()?;
        let mut files = Vec::new();
        let mut entries = 0_usize;
        let mut open = vec![(root.clone(), String::new(), 0_usize)];
        while let Some((folder, prefix, depth)) = open.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                entries += 1;
                if entries > MAX_ENTRIES {
                    return Err(FolderError::TooMany);
                }
                let name = entry.file_name();
                let Some(name) = name.to_str().filter(|name| is_plain(name)) else { continue };
                let path = format!("{prefix}{name}");
                if entry.file_type()?.is_dir() {
                    if depth + 1 == MAX_DEPTH {
                        return Err(FolderError::TooMany);
                    }
                    open.push((entry.path(), format!("{path}/"), depth + 1));
                } else if let Some(file) = within(&root, &entry.path()) {
                    let size = fs::metadata(file)?.len();
                    files.push(FileEntry { path, size });
                }
                if files.len() > MAX_FILES {
                    return Err(FolderError::TooMany);
                }
            }
        }
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(files)
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        if !path.split('/').all(is_plain) {
            return Err(FolderError::UnsafePath);
        }
        let root = self.0.canonicalize()?;
        let file = within(&root, &root.join(path)).ok_or(FolderError::NotFound)?;
        let mut bytes = Vec::new();
        File::open(file)?.take(MAX_FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(FolderError::TooLong);
        }
        Ok(bytes)
    }
}

/// Whether a segment of a path names something that is handed out.
fn is_plain(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.starts_with('.')
        && !segment.contains(|character: char| character.is_control() || matches!(character, '\\' | '/' | ':'))
}

/// The real path of a regular file, if it lies in a folder.
fn within(root: &Path, path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok().filter(|path| path.starts_with(root))?;
    fs::metadata(&path).is_ok_and(|metadata| metadata.is_file()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(parent: &Path) -> Folder {
        let path = parent.join("skill");
        fs::create_dir_all(path.join("guides/.git")).unwrap();
        for (file, text) in [
            ("SKILL.md", "skill"),
            ("guides/b.md", "b"),
            ("guides/a guide.md", "a"),
            (".env", "secret"),
            ("guides/.git/config", "secret"),
            ("../outside.md", "secret"),
        ] {
            fs::write(path.join(file), text).unwrap();
        }
        Folder(path)
    }

    #[test]
    fn files_are_sorted_and_nothing_hidden_is_among_them() {
        let parent = tempfile::tempdir().unwrap();
        let files = folder(parent.path()).files().unwrap();
        let files: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.size)).collect();
        assert_eq!(files, [("SKILL.md", 5), ("guides/a guide.md", 1), ("guides/b.md", 1)]);
    }

    #[test]
    fn paths_do_not_leave_the_folder() {
        let parent = tempfile::tempdir().unwrap();
        let folder = folder(parent.path());
        assert_eq!(folder.read("guides/a guide.md").unwrap(), b"a");
        for path in
            ["../outside.md", "guides/../../outside.md", ".env", "guides/.git/config", "", "/etc/passwd", "a\\b"]
        {
            assert!(matches!(folder.read(path), Err(FolderError::UnsafePath)), "{path}");
        }
        for path in ["guides", "missing.md", "SKILL.md/x"] {
            assert!(matches!(folder.read(path), Err(FolderError::NotFound)), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_folder_alone() {
        use std::os::unix::fs::symlink;

        let parent = tempfile::tempdir().unwrap();
        let folder = folder(parent.path());
        symlink(parent.path().join("outside.md"), folder.path().join("outside.md")).unwrap();
        symlink("guides/b.md", folder.path().join("inside.md")).unwrap();
        symlink("..", folder.path().join("guides/up")).unwrap();
        assert_eq!(folder.read("inside.md").unwrap(), b"b");
        assert!(matches!(folder.read("outside.md"), Err(FolderError::NotFound)));
        assert!(matches!(folder.read("guides/up/../outside.md"), Err(FolderError::UnsafePath)));
        let files = folder.files().unwrap();
        let files: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(files, ["SKILL.md", "guides/a guide.md", "guides/b.md", "inside.md"]);
    }

    #[test]
    fn a_root_takes_the_place_of_that_of_the_file_system() {
        let mut settings = Settings::default();
        assert_eq!(Folder::new("/opt/skills/a", &settings).path(), Path::new("/opt/skills/a"));
        settings.files_root = Some(PathBuf::from("/mnt"));
        assert_eq!(Folder::new("/opt/skills/a", &settings).path(), Path::new("/mnt/opt/skills/a"));
        assert_eq!(Folder::new("./../skills/a", &settings).path(), Path::new("/mnt/skills/a"));
    }
}
