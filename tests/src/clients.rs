//! Clients that others wrote, where they are installed.

use std::io::Write as _;
use std::path::{Path, PathBuf};

fn directory(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(name)
}

/// The folder of the clients that run on Node.js, or `None` where they are not installed.
pub fn node() -> Option<PathBuf> {
    installed("node", "node_modules")
}

/// The folder of the Python client, or `None` where it is not installed.
pub fn python() -> Option<PathBuf> {
    installed("python", ".venv")
}

/// The folder of schemathesis, or `None` where it is not installed.
pub fn schemathesis() -> Option<PathBuf> {
    installed("schemathesis", ".venv")
}

/// The folder of `openapi-spec-validator`, or `None` where it is not installed.
pub fn validator() -> Option<PathBuf> {
    installed("validator", ".venv")
}

/// The folder of `kubernetes-validate`, or `None` where it is not installed.
pub fn kubernetes() -> Option<PathBuf> {
    installed("kubernetes", ".venv")
}

/// A test without its client says so and passes, except where `CAPSMITH_REQUIRE_CLIENTS` is set, as in CI.
fn installed(name: &str, dependencies: &str) -> Option<PathBuf> {
    let directory = directory(name);
    if directory.join(dependencies).exists() {
        return Some(directory);
    }
    let missing = format!("tests/clients/{name} is not installed (`.ci/run` does that)");
    assert!(std::env::var_os("CAPSMITH_REQUIRE_CLIENTS").is_none(), "{missing}");
    // The test harness captures what the printing macros write in a test that passes, but not this.
    let _ = std::io::stderr().write_all(format!("{missing}: skipped\n").as_bytes());
    None
}
