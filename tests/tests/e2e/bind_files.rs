//! A capability whose secrets stand in a file, as a process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use capsmith_tests::child::{Process, run};
use capsmith_tests::http1::get;
use capsmith_tests::upstream::{Answer, Upstream, unreachable_base_url};
use tokio::process::Command;

/// The program, in a working directory of its own.
fn program(folder: &Path, upstream: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harbour"));
    command.env_clear().current_dir(folder);
    for variable in ["HARBOUR_REST_ADDR", "HARBOUR_MCP_ADDR"] {
        command.env(variable, "127.0.0.1:0");
    }
    command.env("REGISTER_BASE_URL", upstream).env("BERTHS_BASE_URL", upstream);
    command
}

/// A new folder with `secrets/harbour.yaml`.
fn folder(name: &str, secrets: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bind-files-{name}"));
    std::fs::create_dir_all(folder.join("secrets")).expect("the folder is made");
    std::fs::write(folder.join("secrets/harbour.yaml"), secrets).expect("the file is written");
    folder
}

/// Has the process get a ship, and tells the token and the version that the upstream saw.
async fn seen(command: Command, upstream: &Upstream) -> (String, String) {
    let mut process = Process::start(command);
    let rest: SocketAddr = process.line_after("harbour-rest ").await.parse().expect("an address");
    process.line_after("ready").await;
    upstream.answer(Answer::json(200, "{}"));
    assert_eq!(get(rest, "/ships/9321483").await.status, 200);
    let request = upstream.only_request();
    assert_eq!(request.target, "/base/ships/9321483");
    let header = |name: &str| request.header(name).expect("a header").to_owned();
    (header("authorization"), header("register-version"))
}

async fn failure(command: Command) -> String {
    let output = run(command).await;
    assert!(!output.status.success());
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[tokio::test]
async fn values_come_from_the_file_as_they_are_written() {
    let upstream = Upstream::start().await;
    let folder = folder("values", "register-token: t0ken\nregister-version: 1.20 # a number\n");
    let mut command = program(&folder, &upstream.base_url());
    command.env("HARBOUR_BERTH_KEY", "key");
    assert_eq!(seen(command, &upstream).await, ("Bearer t0ken".to_owned(), "1.20".to_owned()));
}

#[tokio::test]
async fn the_environment_names_another_file_or_gives_a_single_value() {
    let upstream = Upstream::start().await;
    let folder = folder("override", "{{{ never read");
    let other = r#"{"register-token": "other", "register-version": "2"}"#;
    std::fs::write(folder.join("other.json"), other).expect("the file is written");
    let mut command = program(&folder, &upstream.base_url());
    command.env("HARBOUR_BERTH_KEY", "key").env("HARBOUR_SECRETS_FILE", "other.json");
    command.env("HARBOUR_SECRETS_REGISTER_VERSION", "3");
    assert_eq!(seen(command, &upstream).await, ("Bearer other".to_owned(), "3".to_owned()));
}

#[tokio::test]
async fn a_file_that_no_value_is_needed_from_is_not_read() {
    let upstream = Upstream::start().await;
    let folder = folder("unread", "{{{ never read");
    let mut command = program(&folder, &upstream.base_url());
    command.env("HARBOUR_BERTH_KEY", "key").env("HARBOUR_SECRETS_REGISTER_TOKEN", "t");
    command.env("HARBOUR_SECRETS_REGISTER_VERSION", "v");
    assert_eq!(seen(command, &upstream).await, ("Bearer t".to_owned(), "v".to_owned()));
}

#[tokio::test]
async fn everything_that_is_missing_in_files_and_environment_is_named_at_once_and_no_value_is() {
    let folder = folder("missing", "register-token: [t0ken]\nsomething-else: hunter2\n");
    let message = failure(program(&folder, &unreachable_base_url())).await;
    let expected = "the configuration is incomplete or wrong:\n  \
        - no value for a secret: `register-token` in the file `./secrets/harbour.yaml` is no single value; it can be set by \
        `HARBOUR_SECRETS_REGISTER_TOKEN`\n  \
        - no value for a secret: give the file `./secrets/harbour.yaml` the key `register-version`, or set \
        `HARBOUR_SECRETS_REGISTER_VERSION`\n  \
        - no value for a secret: set `HARBOUR_BERTH_KEY`\n";
    assert!(message.ends_with(expected), "{message}");
    assert!(!message.contains("t0ken") && !message.contains("hunter2"), "{message}");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named_with_what_it_should_give() {
    let folder = folder("absent", "");
    let mut command = program(&folder, &unreachable_base_url());
    command.env("HARBOUR_SECRETS_FILE", "/run/secrets/none.yaml");
    let message = failure(command).await;
    for part in [
        "`/run/secrets/none.yaml` with values of binds cannot be used: there is no such file; `HARBOUR_SECRETS_FILE`",
        "`register-token`",
        "`register-version`",
        "`HARBOUR_BERTH_KEY`",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[tokio::test]
async fn values_of_files_show_in_no_debug_form() {
    let upstream = Upstream::start().await;
    let folder = folder("debug", "register-token: t0ken\nregister-version: hunter2\n");
    // Without its key the second upstream ends the program, behind the configuration that it prints.
    let mut command = program(&folder, &upstream.base_url());
    command.env("HARBOUR_BERTH_KEY", "k\ney");
    let shown = failure(command).await;
    assert!(shown.contains("register_token"), "{shown}");
    assert!(!shown.contains("t0ken") && !shown.contains("hunter2"), "{shown}");
}
