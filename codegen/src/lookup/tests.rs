use std::fs;
use std::path::{Path, PathBuf};

use super::{Found, LookupError, find};

/// A crate in a folder of its own, removed at the end.
struct Crate(PathBuf);

impl Crate {
    fn new(name: &str, files: &[&str]) -> Self {
        let root = std::env::temp_dir().join(format!("capsmith-lookup-{name}-{}", std::process::id()));
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            fs::write(path, "").expect("the file is written");
        }
        Self(root)
    }

    fn find(&self, requested: &str) -> Result<Found, LookupError> {
        find(requested, Some(&self.0.join("src/bin/main.rs")), Some(&self.0))
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn beside_the_caller_comes_before_specs_and_root() {
    let all = Crate::new("all", &["src/bin/a.yaml", "specs/a.yaml", "a.yaml"]);
    assert_eq!(all.find("a.yaml").expect("found").shown, "src/bin/a.yaml");
    let two = Crate::new("two", &["specs/a.yaml", "a.yaml"]);
    assert_eq!(two.find("a.yaml").expect("found").shown, "specs/a.yaml");
    let one = Crate::new("one", &["a.yaml"]);
    assert_eq!(one.find("a.yaml").expect("found").shown, "a.yaml");
    assert_eq!(one.find("a.yaml").expect("found").path, one.0.join("a.yaml"));
}

#[test]
fn an_unknown_caller_is_no_hindrance() {
    let root = Crate::new("editor", &["specs/a.yaml"]);
    let found = find("a.yaml", None, Some(&root.0)).expect("found");
    assert_eq!(found.shown, "specs/a.yaml");
}

#[test]
fn a_path_may_climb_inside_the_crate_only() {
    let root = Crate::new("climb", &["specs/a.yaml"]);
    assert_eq!(root.find("../../specs/a.yaml").expect("found").shown, "specs/a.yaml");
    let error = root.find("../../../a.yaml").expect_err("outside");
    assert!(error.to_string().contains("leads out of the crate"), "{error}");
}

#[test]
fn absolute_and_empty_paths_are_refused() {
    let root = Crate::new("absolute", &[]);
    let error = root.find("/etc/a.yaml").expect_err("absolute");
    assert!(error.to_string().contains("absolute path"), "{error}");
    assert!(matches!(root.find(" "), Err(LookupError::Empty)));
}

#[test]
fn a_missing_file_lists_the_places_and_a_near_name() {
    let root = Crate::new("missing", &["specs/backups.yaml", "specs/backups.rs"]);
    let error = root.find("backup.yaml").expect_err("missing");
    assert_eq!(
        error.to_string(),
        "there is no file `backup.yaml`\n  = note: looked for `src/bin/backup.yaml`, `specs/backup.yaml`, \
         `backup.yaml`\n  = help: did you mean `specs/backups.yaml`?"
    );
    let error = root.find("backups.json").expect_err("missing");
    assert!(error.to_string().contains("did you mean `specs/backups.yaml`"), "{error}");
}

#[test]
fn a_folder_is_no_file() {
    let root = Crate::new("folder", &["specs/a.yaml/b"]);
    assert!(root.find("a.yaml").is_err());
}

#[test]
fn a_caller_outside_of_the_crate_is_limited_to_its_folder() {
    let root = Crate::new("outside", &["crate/src/lib.rs", "shared/a.yaml", "b.yaml"]);
    let manifest = root.0.join("crate");
    let caller = root.0.join("shared/main.rs");
    let find = |requested: &str| find(requested, Some(Path::new(&caller)), Some(&manifest));
    assert_eq!(find("a.yaml").expect("found").shown, "a.yaml");
    assert!(matches!(find("../b.yaml"), Err(LookupError::NotFound { .. } | LookupError::Outside { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_stays_in_the_crate_or_is_refused() {
    let root = Crate::new("link", &["crate/specs/real.yaml", "secret.yaml"]);
    let here = root.0.join("crate");
    std::os::unix::fs::symlink("real.yaml", here.join("specs/inside.yaml")).expect("the link is made");
    std::os::unix::fs::symlink("../../secret.yaml", here.join("specs/outside.yaml")).expect("the link is made");
    std::os::unix::fs::symlink(&root.0, here.join("folder")).expect("the link is made");
    let find = |requested: &str| find(requested, None, Some(&here));
    assert_eq!(find("inside.yaml").expect("found").shown, "specs/inside.yaml");
    for requested in ["outside.yaml", "folder/secret.yaml"] {
        let error = find(requested).expect_err("outside").to_string();
        assert!(error.contains("is a symbolic link that leads out of the crate"), "{error}");
    }
}
