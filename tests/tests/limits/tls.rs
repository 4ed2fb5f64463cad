//! Encrypted connections, with a certificate that a test makes for itself.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use capsmith::reqwest::{self, Certificate, Version};
use capsmith::{ListenAddress, Settings, Tls, http_client_builder};
use capsmith_tests::recorder::{Answer, Recorder};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tempfile::TempDir;

use crate::service::{Library, config, library, raw};

/// A certificate for this machine, and its key.
struct Files {
    folder: TempDir,
    certificate: String,
}

impl Files {
    fn new() -> Self {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("tls.crt"), cert.pem()).expect("a file");
        fs::write(folder.path().join("tls.key"), signing_key.serialize_pem()).expect("a file");
        Self { folder, certificate: cert.pem() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn tls(&self) -> Tls {
        Tls::new(self.path("tls.crt"), self.path("tls.key"))
    }

    /// A client that trusts the certificate.
    fn client(&self) -> reqwest::ClientBuilder {
        let trusted = Certificate::from_pem(self.certificate.as_bytes()).expect("a certificate");
        http_client_builder(&Settings::default()).no_proxy().add_root_certificate(trusted)
    }
}

fn url(address: SocketAddr, path: &str) -> String {
    format!("https://localhost:{}{path}", address.port())
}

#[tokio::test]
async fn all_surfaces_are_encrypted_and_talk_both_versions_of_http() {
    let files = Files::new();
    let upstream = Recorder::new(|_| Answer::json("[7]")).await;
    let library = Library::open(upstream.url(), |settings| settings.tls = Some(files.tls())).await;
    let newest = files.client().build().unwrap();
    let older = files.client().http1_only().build().unwrap();
    for (client, version) in [(newest, Version::HTTP_2), (older, Version::HTTP_11)] {
        for (address, path) in library.surfaces().into_iter().take(3) {
            let answer = client.get(url(address, path)).send().await.unwrap();
            assert_eq!((answer.status().as_u16(), answer.version()), (200, version), "{path}");
        }
        let answer = client.get(url(library.rest, "/books")).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "[7]");
    }
}

#[tokio::test]
async fn the_limits_hold_behind_it() {
    let files = Files::new();
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.tls = Some(files.tls());
        settings.max_header_bytes = 1000;
        settings.max_headers = 20;
    })
    .await;
    for client in [files.client(), files.client().http1_only()] {
        let request = client.build().unwrap().get(url(library.rest, "/books"));
        let refused = request.header("x-field", "1".repeat(1000)).send().await.unwrap();
        assert_eq!(refused.status(), 431);
        let problem: serde_json::Value = serde_json::from_slice(&refused.bytes().await.unwrap()).unwrap();
        assert_eq!(problem["status"], 431);
    }
}

#[tokio::test]
async fn nothing_is_said_without_encryption() {
    let files = Files::new();
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.tls = Some(files.tls());
        settings.head_timeout = Duration::from_millis(100);
    })
    .await;
    let answer = raw(library.rest, "GET /books HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(!answer.contains("HTTP/1.1"), "{answer}");
    assert_eq!(raw(library.rest, "").await, "", "who says nothing is not waited for");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn files_that_cannot_be_used_are_named_when_the_server_starts() {
    let (files, others) = (Files::new(), Files::new());
    fs::write(files.path("empty"), "").unwrap();
    for (certificate, key, named) in [
        (files.path("missing"), files.path("tls.key"), "missing"),
        (files.path("empty"), files.path("tls.key"), "empty"),
        (files.path("tls.crt"), files.path("tls.crt"), "tls.crt"),
        (files.path("tls.crt"), others.path("tls.key"), "tls.crt"),
    ] {
        let mut config = config("http://127.0.0.1:1");
        config.settings.tls = Some(Tls::new(certificate, key));
        config.settings.files_root = Some(files.folder.path().to_owned());
        fs::create_dir_all(files.path("opt/skills/lending")).unwrap();
        let client = library::Client::new(&config).unwrap();
        let error = library::bind(config, client).await.unwrap_err().to_string();
        assert!(error.contains("TLS") && error.contains(named), "{error}");
        assert!(!error.contains("PRIVATE KEY"), "{error}");
    }
}

#[tokio::test]
async fn other_machines_are_kept_out_all_the_same() {
    let files = Files::new();
    let mut config = config("http://127.0.0.1:1");
    fs::create_dir_all(files.path("opt/skills/lending")).unwrap();
    config.settings.files_root = Some(files.folder.path().to_owned());
    config.settings.tls = Some(files.tls());
    config.library_rest_addr = ListenAddress::new("0.0.0.0", 0);
    let client = library::Client::new(&config).unwrap();
    let error = library::bind(config, client).await.unwrap_err().to_string();
    assert!(error.contains("allow_remote"), "{error}");
}
