//! Digests (RFC 7616), as our own client and those of others make them.

use capsmith_tests::child::run;
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp;
use serde_json::json;
use tokio::process::Command;

use super::*;

capsmith::include_capability!(path = "capabilities/credentials.yaml", name = credentials);

#[tokio::test]
async fn challenges_offer_the_better_hash_first_and_nonces_differ() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = get(running.at("digest-rest"), "/things/7").await;
        assert_eq!(answer.status, 401);
        answer.problem();
        let challenges: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
        let [first, second] = challenges.as_slice() else { panic!("{challenges:?}") };
        let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
        assert!(first.starts_with("Digest realm=\"digest-rest\", qop=\"auth\", algorithm=SHA-256, nonce="), "{first}");
        assert!(second.contains("algorithm=MD5, nonce=") && !second.contains("stale"), "{second}");
        nonces.push(first.to_owned());
    }
    assert_ne!(nonces[0], nonces[1]);
    for header in ["Digest", "Digest ", "Digest nonce=\"x\"", "Digest realm=\"", "Basic cmVhZGVyOng="] {
        let mut wrong = request("GET", "/things/7");
        wrong.headers_mut().insert("authorization", header.parse().unwrap());
        assert_eq!(send(running.at("digest-rest"), wrong).await.status, 401, "{header}");
    }
    assert!(upstream.requests().is_empty());
}

/// A client of the surface with digests.
fn client_of(running: &Running, password: &str) -> credentials::Client {
    let nowhere = || capsmith::BaseUrl::new("http://127.0.0.1:1");
    let config = credentials::Config {
        by_query_base_url: nowhere(),
        by_cookie_base_url: nowhere(),
        by_header_base_url: nowhere(),
        by_token_base_url: nowhere(),
        by_known_token_base_url: nowhere(),
        by_digest_base_url: format!("http://{}", running.at("digest-rest")).into(),
        secret: Some(password.into()),
        login: Some("reader".into()),
        authority: Some("http://127.0.0.1:1".into()),
        client_id: Some("a".into()),
        client_secret: Some("b".into()),
        ..credentials::Config::default()
    };
    credentials::Client::new(&config).unwrap()
}

#[tokio::test]
async fn our_own_client_is_let_in_again_and_again() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let client = client_of(&running, PASSWORD);
    for number in 0..5 {
        client.digested("a b").q("1&2").await.unwrap();
        client.digested_put("x").body(json!({"a": number})).await.unwrap();
    }
    // All at once: the counts overtake one another.
    let requests = (0..20).map(|_| client.digested("c").send());
    for answer in futures_util::future::join_all(requests).await {
        assert_eq!(answer.unwrap().status(), 200);
    }
    let requests = upstream.requests();
    assert_eq!(requests.len(), 30);
    assert!(requests.iter().all(|request| request.header("authorization") == Some("Bearer upstre4m")));
    let error = client_of(&running, "other").digested("x").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(upstream.requests().len(), 30);
}

/// The digest of an answer to a challenge, sent twice.
#[tokio::test]
async fn what_was_overheard_cannot_be_sent_again() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let address = running.at("digest-rest");
    let challenge = get(address, "/things/7").await;
    let challenge = challenge.header("www-authenticate").to_owned();
    let nonce = challenge.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    let hash = |text: String| format!("{:x}", md5::compute(text));
    let login = hash(format!("reader:digest-rest:{PASSWORD}"));
    let response = hash(format!("{login}:{nonce}:00000001:c:auth:{}", hash("GET:/things/7".to_owned())));
    let header = format!(
        "Digest username=\"reader\", realm=\"digest-rest\", nonce=\"{nonce}\", uri=\"/things/7\", algorithm=MD5, \
         qop=auth, nc=00000001, cnonce=\"c\", response=\"{response}\""
    );
    let overheard = |target: &str| {
        let mut request = request("GET", target);
        request.headers_mut().insert("authorization", header.parse().unwrap());
        request
    };
    assert_eq!(send(address, overheard("/things/8")).await.status, 401, "it is about another thing");
    assert_eq!(send(address, overheard("/things/7")).await.status, 200);
    let again = send(address, overheard("/things/7")).await;
    assert_eq!(again.status, 401);
    assert!(again.header("www-authenticate").ends_with(", stale=true"), "{again:?}");
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test]
async fn tools_want_digests_too() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let call = mcp::request(mcp::Era::Stateless, "tools/call", json!({"name": "list-things", "arguments": {}}));
    let answer = send(running.at("digest-mcp"), call).await;
    assert_eq!(answer.status, 401);
    assert!(answer.header("www-authenticate").starts_with("Digest realm=\"digest-mcp\""));
    assert!(upstream.requests().is_empty());
}

/// Python's standard library.
const PYTHON: &str = r#"
import sys, urllib.request
url, password = sys.argv[1:]
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, url, "reader", password)

class Md5(urllib.request.HTTPDigestAuthHandler):
    def http_error_401(self, request, answer, code, message, headers):
        challenge = [value for value in headers.get_all("www-authenticate") if "MD5" in value]
        del headers["www-authenticate"]
        headers["www-authenticate"] = challenge[0]
        return super().http_error_401(request, answer, code, message, headers)

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Md5(passwords))
for _ in range(2):
    print(opener.open(url, timeout=20).read().decode(), end=" ")
"#;

#[tokio::test]
async fn clients_of_others_are_let_in() {
    // Python knows no other letters.
    let password = "pass: word";
    let upstream = upstream().await;
    let running = Running::with(Config { password: Some(password.into()), ..config(&upstream) }).await;
    let url = format!("http://{}/things/7", running.at("digest-rest"));
    let mut python = Command::new("python3");
    python.args(["-c", PYTHON, &url, password]);
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--digest", "--noproxy", "*", "--user", &format!("reader:{password}"), &url, &url]);
    for (name, command, expected) in [("python3", python, "[] []"), ("curl", curl, "[][]")] {
        if std::process::Command::new(name).arg("--version").output().is_err() {
            eprintln!("{name} is not installed");
            continue;
        }
        let before = upstream.requests().len();
        let output = run(command).await;
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), expected, "{name}: {output:?}");
        assert_eq!(upstream.requests().len() - before, 2, "{name}");
    }
}
