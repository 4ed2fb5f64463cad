//! [schemathesis](https://pypi.org/project/schemathesis), which others wrote, finds nothing wrong with a generated server
//! whose handlers are the mock's: all of its checks, in all of its phases, against the document that the server gives out.

use std::num::NonZero;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use capsmith::Problem;
use capsmith_round_trips::{DOCUMENTS, Trips};
use capsmith_tests::clients;
use http::StatusCode;
use http::header::AUTHORIZATION;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// A document, and what is said about it beside what is said about all.
struct Run {
    document: &'static str,
    arguments: &'static [&'static str],
}

const fn all(document: &'static str) -> Run {
    Run { document, arguments: &[] }
}

const RUNS: [Run; 16] = [
    all("answers"),
    all("backups"),
    // It writes what a form's encoding says is JSON as it writes anything else. And a file's list of one number is on the
    // wire what that number is, so no server can refuse the one and take the other.
    Run { document: "bodies", arguments: &["--exclude-path=/form", "--exclude-path=/multipart"] },
    Run { document: "bodies", arguments: &["--include-path=/multipart", "--mode=positive"] },
    // In the phase `coverage` it takes any text for an address where the type may be null as well.
    Run { document: "nullable", arguments: &["--phases=examples,fuzzing,stateful"] },
    all("pages"),
    all("planetscale_platform"),
    all("security"),
    all("servers"),
    Run { document: "shelf", arguments: &["--header=Authorization: Bearer token"] },
    // A text is on the wire what a list of that text is, so only valid data can be told. It repeats the name of an object
    // whose separator is a blank or `|`, writes lists within objects where no
    // style has a place for them, and sends cookies as they are.
    Run {
        document: "styles",
        arguments: &["--mode=positive", "--exclude-path-regex=^/(q/(pipe|space|form)|cookies.*|headers)$"],
    },
    all("values"),
    all("ae_plex_openapi_plex_play_queue_api_openapi"),
    all("eklipse2k8_oas3_gen_crates_oas3_gen_fixtures_oas_3_1_2_pet_benchmark"),
    all("guru_nytimes_com_most_popular_api"),
    Run { document: "redocly_museum_openapi_example_openapi", arguments: &["--auth=name:password"] },
];

/// Wrong credentials, as schemathesis sends them to see whether they are refused.
const INVALID: [&str; 2] =
    ["SCHEMATHESIS-INVALID-VALUE", "U0NIRU1BVEhFU0lTLUlOVkFMSUQtVkFMVUU6U0NIRU1BVEhFU0lTLUlOVkFMSUQtVkFMVUU="];

/// A mock takes any credentials, so it cannot know wrong ones. Here somebody takes them away on the way to it.
async fn without_wrong_credentials(mut request: Request, next: Next) -> axum::response::Response {
    let given = request.headers().get(AUTHORIZATION).and_then(|given| given.to_str().ok()).unwrap_or_default();
    if INVALID.iter().any(|invalid| given.ends_with(invalid)) {
        request.headers_mut().remove(AUTHORIZATION);
    }
    next.run(request).await
}

/// The mock as `mock::serve` has it: other paths are problems as well.
async fn serve(mock: Router) -> String {
    let nothing = async || Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path.");
    let router = mock.fallback(nothing).layer(from_fn(without_wrong_credentials));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/openapi.json")
}

/// Has schemathesis judge the server of a document: what it says if something is wrong.
async fn judge(directory: &Path, trips: Trips, arguments: &[&str]) -> Option<String> {
    let url = serve(trips.mock()).await;
    let mut command = Command::new(directory.join(".venv/bin/schemathesis"));
    // It keeps what it has found where it is started.
    command.current_dir(env!("CARGO_TARGET_TMPDIR")).env("SCHEMATHESIS_HOOKS", "hooks").env("PYTHONPATH", directory);
    command.args(["--no-color", "run", &url, "--checks=all", "--phases=examples,coverage,fuzzing,stateful"]);
    command.args(["--generation-deterministic", "--max-examples=3", "--continue-on-failure", "--no-shrink"]);
    let output = command.args(arguments).kill_on_drop(true).stdin(Stdio::null()).output().await;
    let output = output.expect("schemathesis runs");
    (!output.status.success()).then(|| format!("{}:\n{}", trips.document(), String::from_utf8_lossy(&output.stdout)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing_wrong() {
    let Some(directory) = clients::schemathesis() else { return };
    let documents: Vec<_> = DOCUMENTS.iter().map(|trips| trips()).collect();
    // Each run uses a processor.
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let running = Arc::new(Semaphore::new(processors));
    let mut runs = JoinSet::new();
    for Run { document, arguments } in RUNS {
        // Documents of others may not be here.
        let Some(trips) = documents.iter().copied().find(|trips| trips.document() == document) else { continue };
        let (directory, running) = (directory.clone(), Arc::clone(&running));
        runs.spawn(async move {
            let _permit = running.acquire().await;
            judge(&directory, trips, arguments).await
        });
    }
    let found: Vec<_> = runs.join_all().await.into_iter().flatten().collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
