//! The files of a folder, none of which is outside of it.
//!
//! Names that begin with a dot are neither listed nor read, since that is where programs keep what is not for others. A symbolic link is
//! followed to where it leads, which has to be in the folder.

use std::fs::{self, DirEntry};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rmcp::ErrorData;

use super::contents::too_large;
use super::not_found;
use crate::client::encode_path_text;

/// The most files that are listed.
const MAX_LISTED: usize = 1_000;
/// The most entries of folders that are looked at for a list.
const MAX_VISITED: usize = 20_000;
/// The most folders in one another.
const MAX_DEPTH: usize = 16;

/// A folder whose files are resources, or one file.
pub(super) struct Folder {
    path: PathBuf,
    /// The most bytes of a file.
    limit: usize,
}

/// A file of a folder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct File {
    /// The path from the folder, with `/`; empty where the folder is a file itself.
    pub(super) path: String,
    /// In bytes.
    pub(super) size: u64,
}

/// Why there is no content.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotFound,
    TooLarge(usize),
    Unreadable,
}

impl Fault {
    pub(super) fn into_error(self, uri: &str) -> ErrorData {
        match self {
            Self::NotFound => not_found(uri),
            Self::TooLarge(limit) => too_large(uri, limit),
            Self::Unreadable => ErrorData::internal_error(format!("`{uri}` cannot be read at the moment."), None),
        }
    }
}

impl Folder {
    pub(super) fn new(path: PathBuf, limit: usize) -> Self {
        if let Err(error) = path.metadata() {
            tracing::warn!(path = %path.display(), %error, "the folder of a resource cannot be read");
        }
        Self { path, limit }
    }

    /// The files, sorted by their path.
    pub(super) async fn files(self: Arc<Self>) -> Vec<File> {
        let files = tokio::task::spawn_blocking(move || self.walk()).await;
        files.unwrap_or_default()
    }

    /// The bytes of a file, by the path in its URI.
    pub(super) async fn read(self: Arc<Self>, path: String) -> Result<Vec<u8>, Fault> {
        let read = tokio::task::spawn_blocking(move || self.open(&path)).await;
        read.unwrap_or(Err(Fault::Unreadable))
    }

    fn walk(&self) -> Vec<File> {
        let Ok(root) = self.path.canonicalize() else { return Vec::new() };
        if root.is_file() {
            let size = root.metadata().map_or(0, |metadata| metadata.len());
            return vec![File { path: String::new(), size }];
        }
        let mut files = Vec::new();
        let mut folders = vec![(root.clone(), String::new(), 0)];
        let mut visited = 0;
        while let Some((folder, prefix, depth)) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            for entry in entries.filter_map(Result::ok) {
                visited += 1;
                let name = entry.file_name().into_string().ok().filter(|name| is_served(name));
                let Some(name) = name else { continue };
                let path = format!("{prefix}{name}");
                match kind(&entry, &root) {
                    Some(Kind::Folder) if depth < MAX_DEPTH => folders.push((entry.path(), path + "/", depth + 1)),
                    Some(Kind::File(size)) => files.push(File { path, size }),
                    Some(Kind::Folder) | None => {}
                }
                if visited >= MAX_VISITED {
                    tracing::warn!(folder = %self.path.display(), "there are too many files to list all of them");
                    folders.clear();
                    break;
                }
            }
        }
        files.sort();
        files.truncate(MAX_LISTED);
        files
    }

    fn open(&self, path: &str) -> Result<Vec<u8>, Fault> {
        let root = self.path.canonicalize().map_err(|error| fault(&error))?;
        let mut wanted = root.clone();
        if !path.is_empty() {
            for segment in path.split('/') {
                let name = percent_decode_str(segment).decode_utf8().map_err(|_| Fault::NotFound)?;
                if segment.contains(['?', '#']) || !is_served(&name) {
                    return Err(Fault::NotFound);
                }
                wanted.push(&*name);
            }
        }
        let found = wanted.canonicalize().map_err(|error| fault(&error))?;
        if !found.starts_with(&root) || !found.is_file() {
            return Err(Fault::NotFound);
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
        let file = fs::File::open(found).map_err(|error| fault(&error))?;
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
        if bytes.len() > self.limit { Err(Fault::TooLarge(self.limit)) } else { Ok(bytes) }
    }
}

enum Kind {
    Folder,
    /// With its size in bytes.
    File(u64),
}

/// What an entry is. `None`: nothing that is served, such as a link that leads out of the folder, or to a folder.
fn kind(entry: &DirEntry, root: &Path) -> Option<Kind> {
    let kind = entry.file_type().ok()?;
    if kind.is_dir() {
        return Some(Kind::Folder);
    }
    let target = if kind.is_symlink() { entry.path().canonicalize().ok()? } else { entry.path() };
    let metadata = target.metadata().ok()?;
    (target.starts_with(root) && metadata.is_file()).then_some(Kind::File(metadata.len()))
}

/// Whether a file or folder of this name is served.
fn is_served(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']) && !name.contains(char::is_control)
}

fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput => Fault::NotFound,
        _ => Fault::Unreadable,
    }
}

/// A path as a URI has it.
pub(super) fn encoded(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(|segment| encode_path_text(segment).to_string()).collect();
    segments.join("/")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    /// A folder with files, and a secret beside it.
    fn folder() -> (TempDir, Folder) {
        let beside = tempfile::tempdir().unwrap();
        let root = beside.path().join("docs");
        fs::create_dir_all(root.join("guides")).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        for (path, text) in [
            ("docs/b.md", "b"),
            ("docs/a b#.txt", "a"),
            ("docs/guides/one.md", "one"),
            ("docs/.env", "secret"),
            ("docs/.git/config", "secret"),
            ("docs/long.bin", "0123456789"),
            ("secret.txt", "secret"),
        ] {
            fs::write(beside.path().join(path), text).unwrap();
        }
        symlink(root.join("b.md"), root.join("inside.md")).unwrap();
        symlink(beside.path().join("secret.txt"), root.join("outside.txt")).unwrap();
        symlink(beside.path(), root.join("up")).unwrap();
        let folder = Folder::new(root, 8);
        (beside, folder)
    }

    #[test]
    fn files_are_listed_in_order_without_those_that_are_not_for_others() {
        let (_beside, folder) = folder();
        let files = folder.walk();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a b#.txt", "b.md", "guides/one.md", "inside.md", "long.bin"]);
        assert_eq!(encoded(paths[0]), "a%20b%23.txt");
    }

    #[test]
    fn what_is_listed_can_be_read() {
        let (_beside, folder) = folder();
        for (path, text) in [("b.md", "b"), ("a%20b%23.txt", "a"), ("guides/one.md", "one"), ("inside.md", "b")] {
            assert_eq!(folder.open(path).as_deref(), Ok(text.as_bytes()), "{path}");
        }
        assert_eq!(folder.open("long.bin"), Err(Fault::TooLarge(8)));
    }

    #[test]
    fn nothing_outside_is_read() {
        let (_beside, folder) = folder();
        for path in [
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "guides/../../secret.txt",
            "guides/..",
            "up/secret.txt",
            "outside.txt",
            "/etc/passwd",
            "%2Fetc%2Fpasswd",
            "..\\secret.txt",
            "C:/secret.txt",
            ".env",
            ".git/config",
            "%2eenv",
            "b.md%00",
            "b.md?x",
            "b.md#x",
            "b.md/",
            "./b.md",
            "//b.md",
            "%ff",
            "guides",
            "",
        ] {
            assert_eq!(folder.open(path), Err(Fault::NotFound), "{path}");
        }
    }

    #[test]
    fn a_file_can_stand_for_a_folder() {
        let (beside, _) = folder();
        let file = Folder::new(beside.path().join("docs/b.md"), 8);
        assert_eq!(file.walk(), [File { path: String::new(), size: 1 }]);
        assert_eq!(file.open(""), Ok(b"b".to_vec()));
        assert_eq!(file.open("b.md"), Err(Fault::NotFound));
        let absent = Folder::new(beside.path().join("absent"), 8);
        assert_eq!((absent.walk(), absent.open("b.md")), (Vec::new(), Err(Fault::NotFound)));
    }
}
