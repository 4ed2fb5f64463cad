//! What programs that others wrote think of the documents.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use capsmith::Settings;
use capsmith_tests::capabilities::joined::{platform_backups, qovery_backups};
use capsmith_tests::child::run;
use capsmith_tests::clients;
use capsmith_tests::http1::get;
use capsmith_tests::upstream::Upstream;
use tokio::process::Command;

use super::{api, notices, serve};

/// Has `openapi-spec-validator` judge documents.
async fn validate(directory: &Path, documents: &[PathBuf]) {
    let mut command = Command::new(directory.join(".venv/bin/openapi-spec-validator"));
    command.args(documents);
    let output = run(command).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[tokio::test]
async fn documents_are_valid() {
    let Some(directory) = clients::validator() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/openapi");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    assert!(files.len() >= 4, "{files:?}");
    for (name, running) in
        [("notices", notices(Settings::default()).await), ("shelf", serve(api::shelf::mock::router()).await)]
    {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
        std::fs::write(&file, get(running.address, "/openapi.json").await.body).expect("the file is written");
        files.push(file);
    }
    validate(&directory, &files).await;
}

/// Has schemathesis judge a surface by its document: all of its checks, in all of its phases.
async fn judge(directory: &Path, address: SocketAddr, arguments: &[&str]) {
    let mut command = Command::new(directory.join(".venv/bin/schemathesis"));
    // It keeps what it has found where it is started.
    command.current_dir(env!("CARGO_TARGET_TMPDIR")).env("SCHEMATHESIS_HOOKS", "hooks").env("PYTHONPATH", directory);
    command.args(["--no-color", "run", &format!("http://{address}/openapi.json"), "--checks=all"]);
    command.args(["--phases=examples,coverage,fuzzing,stateful", "--generation-deterministic", "--max-examples=5"]);
    command.args(["--continue-on-failure", "--no-shrink"]).args(arguments);
    let output = command.kill_on_drop(true).stdin(Stdio::null()).output().await.expect("schemathesis runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn surfaces_do_what_their_documents_say() {
    let Some(directory) = clients::schemathesis() else { return };
    let running = notices(Settings::default()).await;
    // What stands in a file outlives its deletion.
    judge(&directory, running.address, &["--exclude-checks=use_after_free"]).await;

    let upstream = Upstream::start().await;
    let running = platform_backups::start(platform_backups::config(&upstream.base_url())).await;
    judge(&directory, running.rest, &[]).await;

    let upstream = Upstream::of(capsmith_generated::qovery_databases::mock::router()).await;
    let running = qovery_backups::start(qovery_backups::config(&upstream.base_url())).await;
    judge(&directory, running.rest, &[]).await;
}
