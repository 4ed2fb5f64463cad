use std::fs;
use std::path::{Path, PathBuf};

use super::{Directory, read_text};
use crate::openapi::{LoadError, Loader as _};

/// A folder, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[&str]) -> Self {
        let root = std::env::temp_dir().join(format!("capsmith-disk-{name}-{}", std::process::id()));
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            fs::write(path, file).expect("the file is written");
        }
        Self(root)
    }

    /// The files of a document, in the crate `crate`.
    fn document(&self, path: &str) -> Directory {
        Directory::new(&self.0.join(path), Some(&self.0.join("crate")))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn refusal(directory: &Directory, path: &str) -> String {
    match directory.load(path) {
        Err(LoadError::Unreadable(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_are_read_from_the_documents_top_folder_and_remembered() {
    let here = Folder::new("tree", &["crate/specs/a/api.yaml", "crate/specs/b.yaml", "crate/c.yaml"]);
    let directory = here.document("crate/specs/a/api.yaml");
    assert_eq!(directory.document(), "specs/a/api.yaml");
    assert_eq!(directory.load("specs/a/api.yaml").as_deref(), Ok("crate/specs/a/api.yaml"));
    assert_eq!(directory.load("specs/b.yaml").as_deref(), Ok("crate/specs/b.yaml"));
    assert_eq!(directory.load("specs/d.yaml"), Err(LoadError::NotFound));
    assert_eq!(refusal(&directory, "c.yaml"), "it lies outside of `specs`");
    assert_eq!(refusal(&directory, "specs/a"), "it is a folder");
    let read = ["crate/specs/a/api.yaml", "crate/specs/b.yaml"].map(|file| here.0.join(file));
    assert_eq!(directory.read(), read);
}

#[test]
fn a_document_beside_the_manifest_has_the_whole_crate() {
    let here = Folder::new("root", &["crate/api.yaml", "crate/parts/a.yaml", "b.yaml"]);
    let directory = here.document("crate/api.yaml");
    assert_eq!(directory.document(), "api.yaml");
    assert!(directory.load("parts/a.yaml").is_ok());
    assert_eq!(refusal(&directory, "../b.yaml"), "it lies outside of the document's folder");
}

#[test]
fn a_document_outside_of_the_crate_has_its_own_folder() {
    let here = Folder::new("outside", &["crate/Cargo.toml", "shared/api.yaml", "shared/parts/a.yaml", "b.yaml"]);
    let directory = here.document("crate/../shared/api.yaml");
    assert_eq!(directory.document(), "api.yaml");
    assert!(directory.load("parts/a.yaml").is_ok());
    assert!(directory.load("../b.yaml").is_err());
    let nowhere = Directory::new(Path::new("/api.yaml"), None);
    assert_eq!(nowhere.document(), "api.yaml");
}

#[cfg(unix)]
#[test]
fn links_do_not_leave_the_tree() {
    use std::os::unix::fs::symlink;

    let here = Folder::new("links", &["crate/specs/api.yaml", "crate/c.yaml", "secret.yaml", "elsewhere/d.yaml"]);
    let specs = here.0.join("crate/specs");
    for (target, name) in
        [("api.yaml", "inside.yaml"), ("../c.yaml", "c.yaml"), ("../..", "up"), ("e.yaml", "none.yaml")]
    {
        symlink(target, specs.join(name)).expect("the link is made");
    }
    symlink("../elsewhere", here.0.join("crate/linked")).expect("the link is made");
    let directory = here.document("crate/specs/api.yaml");
    assert!(directory.load("specs/inside.yaml").is_ok());
    assert_eq!(refusal(&directory, "specs/c.yaml"), "it is a symbolic link that leads out of `specs`");
    assert_eq!(refusal(&directory, "specs/up/secret.yaml"), "it is a symbolic link that leads out of `specs`");
    assert_eq!(directory.load("specs/none.yaml"), Err(LoadError::NotFound));
    let linked = here.document("crate/linked/d.yaml");
    assert_eq!(refusal(&linked, "linked/d.yaml"), "it is a symbolic link that leads out of `linked`");
}

#[test]
fn what_is_no_text_is_refused() {
    let here = Folder::new("text", &["crate/a.yaml"]);
    fs::write(here.0.join("crate/b.yaml"), [0xff, 0xfe, 0]).expect("the file is written");
    assert_eq!(refusal(&here.document("crate/a.yaml"), "b.yaml"), "it is not UTF-8");
    let long = fs::File::create(here.0.join("crate/long.yaml")).expect("the file is made");
    long.set_len(crate::source::MAX_LENGTH as u64 + 1).expect("it is long");
    assert_eq!(refusal(&here.document("crate/a.yaml"), "long.yaml"), "it is longer than 64 MiB");
}

#[cfg(unix)]
#[test]
fn a_device_is_no_file() {
    let error = read_text(Path::new("/dev/zero")).expect_err("no file");
    assert_eq!(error.to_string(), "it is no regular file");
}
