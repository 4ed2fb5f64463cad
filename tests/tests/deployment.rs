//! What `cargo xtask deploy` writes: whether Kubernetes would take it, and whether a program runs as it says.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use capsmith_tests::child::{Process, run};
use capsmith_tests::clients;
use capsmith_tests::http1::{Answer, send};
use capsmith_tests::upstream::{self, Upstream};
use http::Request;
use http::header::HOST;
use http_body_util::Full;
use tokio::process::Command;
use xtask::deploy::{Arguments, Plan, capability, files};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

fn plan(file: &str, settings: &[(&str, &str)]) -> Plan {
    let mut arguments = Arguments::of(root().join(file));
    let settings = settings.iter().map(|(variable, value)| ((*variable).to_owned(), (*value).to_owned()));
    arguments.settings.extend(settings);
    arguments.hosts.push("harbour.example.org".to_owned());
    let capability = capability(&arguments.file).unwrap_or_else(|error| panic!("{error}"));
    Plan::new(&capability, &arguments).unwrap_or_else(|error| panic!("{error}"))
}

/// A new folder with the manifests of a plan.
fn manifests(plan: &Plan) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-kubernetes.yaml", plan.name));
    let file = files(plan).into_iter().find(|file| file.name == "kubernetes.yaml").expect("manifests");
    std::fs::write(&path, file.text).expect("the file is written");
    path
}

#[tokio::test]
async fn manifests_are_valid() {
    let Some(directory) = clients::kubernetes() else { return };
    let mut command = Command::new(directory.join(".venv/bin/kubernetes-validate"));
    command.arg("--strict");
    let local = "http://localhost:1";
    for (file, settings) in [
        ("specs/harbour.yaml", &[][..]),
        ("specs/platform-backups.yaml", &[]),
        ("specs/qovery-backups.yaml", &[]),
        ("tests/capabilities/library.yaml", &[]),
        ("tests/capabilities/callers.yaml", &[("THINGS_BASE_URL", local)]),
    ] {
        command.arg(manifests(&plan(file, settings)));
    }
    let output = run(command).await;
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(told.matches(" passed ").count(), 5 * 4, "{told}");
}

/// The harbour capability with the environment that its manifests give it, but for ports and mounts, which a pod has to itself.
async fn harbour(upstream: &str) -> (Process, SocketAddr, SocketAddr) {
    let plan = plan("specs/harbour.yaml", &[("REGISTER_BASE_URL", upstream), ("BERTHS_BASE_URL", upstream)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_harbour"));
    command.env_clear();
    for (variable, value) in &plan.settings {
        let is_address = variable.ends_with("_ADDR");
        command.env(variable, if is_address { "0.0.0.0:0" } else { value });
    }
    for (variable, name) in &plan.secret_files {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("deployment-{name}"));
        std::fs::write(&path, "register-token: t0ken\nregister-version: 2\n").expect("the file is written");
        command.env(variable, path);
    }
    for (variable, is_required) in &plan.secrets {
        if *is_required {
            command.env(variable, "key");
        }
    }
    let mut process = Process::start(command);
    let rest: SocketAddr = process.line_after("harbour-rest ").await.parse().expect("an address");
    let mcp: SocketAddr = process.line_after("harbour-mcp ").await.parse().expect("an address");
    process.line_after("ready").await;
    let local = |address: SocketAddr| SocketAddr::from(([127, 0, 0, 1], address.port()));
    (process, local(rest), local(mcp))
}

async fn get_from(address: SocketAddr, host: &str, target: &str) -> Answer {
    let request = Request::get(target).header(HOST, host).body(Full::default()).expect("a request");
    send(address, request).await
}

#[tokio::test]
async fn a_program_runs_as_its_manifests_say() {
    let upstream = Upstream::start().await;
    let (process, rest, mcp) = harbour(&upstream.base_url()).await;
    for (address, host) in [(rest, "10.1.2.3:8085"), (mcp, "10.1.2.3:9095")] {
        assert_eq!(get_from(address, host, "/health/live").await.status, 200, "the kubelet asks by the pod's address");
        assert_eq!(get_from(address, host, "/health/ready").await.status, 200);
    }
    for host in ["harbour", "harbour.example.org"] {
        upstream.answer(upstream::Answer::json(200, "{}"));
        assert_eq!(get_from(rest, host, "/ships/9321483").await.status, 200, "{host}");
        assert_ne!(get_from(mcp, host, "/mcp").await.status, 403, "{host}");
    }
    for address in [rest, mcp] {
        assert_eq!(get_from(address, "rebound.example", "/mcp").await.status, 403);
    }
    process.terminate().await;
    assert!(process.end().await.success(), "the pod ends by itself");
}
