//! Compile time of a user's crate after touching its capability file.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::BenchError;
use crate::report::{Report, median};

const RUNS: usize = 5;

/// Makes a crate that includes a seed file, builds it once, and times what follows a change of the file.
pub(crate) fn measure(report: &mut Report) -> Result<(), BenchError> {
    let folder = tempfile::tempdir().map_err(BenchError::io("making a folder"))?;
    write_crate(folder.path())?;
    let mut rows = Vec::new();
    for (what, command) in [("`cargo check`", "check"), ("`cargo build`", "build")] {
        cargo(command, folder.path())?;
        let mut seconds = Vec::new();
        for run in 0..RUNS {
            touch(folder.path(), command, run)?;
            let started = Instant::now();
            cargo(command, folder.path())?;
            seconds.push(started.elapsed().as_secs_f64());
        }
        rows.push((what, median(&seconds)));
    }
    report.rebuild(&rows);
    Ok(())
}

fn write_crate(folder: &Path) -> Result<(), BenchError> {
    let root = std::env::current_dir().map_err(BenchError::io("finding the workspace"))?;
    let manifest = format!(
        "[package]\nname = \"rebuilt\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         capsmith = {{ path = '{}' }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n[workspace]\n",
        root.display(),
    );
    let main = "capsmith::include_capability!(\"platform-backups.yaml\");\n\n#[tokio::main]\nasync fn main() -> \
                capsmith::Result<()> {\n    platform_backups::serve(platform_backups::Config::from_env()?).await\n}\n";
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).map_err(BenchError::io(format!("writing {name}")))
    };
    std::fs::create_dir_all(folder.join("src")).map_err(BenchError::io("making src"))?;
    write("Cargo.toml", &manifest)?;
    write("src/main.rs", main)?;
    // The workspace's versions, so that nothing is resolved or fetched anew.
    let copy = |from: &str, to: &str| {
        std::fs::copy(root.join(from), folder.join(to)).map_err(BenchError::io(format!("copying {from}")))
    };
    copy("Cargo.lock", "Cargo.lock")?;
    copy("specs/platform-backups.yaml", "platform-backups.yaml")?;
    Ok(())
}

/// Changes a description, so that the output changes too.
fn touch(folder: &Path, command: &str, run: usize) -> Result<(), BenchError> {
    let file = folder.join("platform-backups.yaml");
    let text = std::fs::read_to_string(&file).map_err(BenchError::io("reading the capability file"))?;
    let text = text.replacen("List backups", &format!("List backups {command} {run}"), 1);
    std::fs::write(&file, text).map_err(BenchError::io("changing the capability file"))
}

fn cargo(command: &str, folder: &Path) -> Result<(), BenchError> {
    let status = Command::new("cargo")
        .args([command, "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg("target/benches")
        .stdout(Stdio::null())
        .status()
        .map_err(BenchError::io(format!("running cargo {command}")))?;
    if status.success() { Ok(()) } else { Err(BenchError::Build(format!("cargo {command}"))) }
}
