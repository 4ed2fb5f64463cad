//! A crate in a folder of its own, with the lock file of the workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate outside of the workspace, as a user has one.
pub(crate) struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

impl Crate {
    /// A crate of this name; `features` is what it asks of `capsmith`, `dependencies` what else it depends on.
    pub(crate) fn new(name: &str, features: &str, dependencies: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = temporary.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("what an earlier run left is removed");
        }
        fs::create_dir_all(&folder).expect("the folder is made");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             capsmith = {{ path = '{}', {features} }}\n{dependencies}\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n",
            root.display()
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest is written");
        // The versions that are there already: a test must not need the network.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file is copied");
        let target = temporary.parent().expect("the target folder").to_owned();
        Self { folder, target }
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }

    fn check(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .output()
            .expect("cargo runs")
    }

    pub(crate) fn errors(&self) -> String {
        let output = self.check();
        assert!(!output.status.success(), "it compiles");
        String::from_utf8(output.stderr).expect("Unicode")
    }

    pub(crate) fn succeeds(&self) {
        let output = self.check();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
