//! Changing a capability file rebuilds the crate that includes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate outside of the workspace, as a user has one.
struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

impl Crate {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = temporary.join("rebuild");
        fs::create_dir_all(folder.join("src")).expect("the folder is made");
        let manifest = format!(
            "[package]\nname = \"rebuild\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             capsmith = {{ path = {root:?}, default-features = false, features = [\"macros\"] }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest is written");
        // The versions that are there already: a test must not need the network.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file is copied");
        let target = temporary.parent().expect("the target folder").to_owned();
        Self { folder, target }
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).expect("the file is written");
    }

    fn check(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .output()
            .expect("cargo runs")
    }

    fn errors(&self) -> String {
        let output = self.check();
        assert!(!output.status.success(), "it compiles");
        String::from_utf8(output.stderr).expect("Unicode")
    }

    fn succeeds(&self) {
        let output = self.check();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

const CAPABILITY: &str = include_str!("../crates/programs/specs/backups.yaml");

#[test]
fn a_change_of_the_file_is_seen() {
    let user = Crate::new();
    user.write("backups.yaml", CAPABILITY);
    user.write(
        "src/lib.rs",
        "capsmith::include_capability!(\"backups.yaml\");\n\npub use backups::operations::Restorebackup;\n",
    );
    // The operation is not there yet.
    assert!(user.errors().contains("no `Restorebackup` in `backups::operations`"));

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup"));
    user.succeeds();

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup").replace("alpha2", "alpha-2"));
    let errors = user.errors();
    assert!(errors.contains("backups.yaml:1:10"), "{errors}");

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup"));
    user.succeeds();
}
