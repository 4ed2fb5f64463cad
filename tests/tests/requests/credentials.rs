//! Credentials of every kind, as upstreams get them: `capabilities/credentials.yaml`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use capsmith::{ClientError, Value};
use capsmith_tests::http1::get;
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorded, Recorder};
use serde_json::json;

capsmith::include_capability!(path = "capabilities/credentials.yaml", name = credentials);

use credentials::{Client, Config, bind};

const SECRET: &str = "s3 cr&t";
/// The forms in which the secret travels.
const FORMS: [&str; 3] = [SECRET, "s3+cr%26t", "s3%20cr"];

fn config(upstream: &Recorder) -> Config {
    let upstream = upstream.url();
    Config {
        by_query_base_url: upstream.into(),
        by_cookie_base_url: upstream.into(),
        by_header_base_url: upstream.into(),
        by_digest_base_url: upstream.into(),
        by_token_base_url: upstream.into(),
        by_known_token_base_url: upstream.into(),
        credentials_rest_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        credentials_mcp_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
        secret: Some(SECRET.into()),
        login: Some("reader".into()),
        authority: Some(upstream.into()),
        client_id: Some("us: all".into()),
        client_secret: Some(SECRET.into()),
        ..Config::default()
    }
}

fn client(upstream: &Recorder) -> Client {
    Client::new(&config(upstream)).unwrap()
}

#[tokio::test]
async fn api_keys_travel_where_the_file_says() {
    let recorder = Recorder::new(|_| Answer::json("{}")).await;
    let client = client(&recorder);
    client.key_in_query().await.unwrap();
    assert_eq!(recorder.take().target, "/things?api+key=s3+cr%26t");
    client.key_in_cookie().await.unwrap();
    assert_eq!(recorder.take().header("cookie"), Some("session=v1-s3%20cr&t"));
    client.key_in_header().await.unwrap();
    assert_eq!(recorder.take().header("x-key"), Some(SECRET));
}

#[test]
fn what_the_file_leaves_open_is_a_setting() {
    let problems = Client::new(&Config::default()).unwrap_err().to_string();
    for variable in ["BY_TOKEN_CLIENT_ID", "BY_TOKEN_CLIENT_SECRET", "CREDENTIALS_SECRET", "CREDENTIALS_AUTHORITY"] {
        assert!(problems.contains(variable), "{problems}");
    }
}

/// A server that wants digests: after `requests` of them it gives another nonce.
struct DigestServer {
    algorithm: &'static str,
    requests: usize,
    nonce: usize,
    counts: Vec<u32>,
}

impl DigestServer {
    fn new(algorithm: &'static str, requests: usize) -> Self {
        Self { algorithm, requests, nonce: 0, counts: Vec::new() }
    }

    fn answer(&mut self, request: &Recorded) -> Answer {
        if let Some(header) = request.header("authorization") {
            let field = |name: &str| field(header, name);
            if field("nonce") == format!("n{}", self.nonce) && self.counts.len() < self.requests {
                assert_eq!(field("uri"), request.target);
                assert_eq!((field("realm"), field("opaque")), ("the \\\"realm\\\"".to_owned(), "o".to_owned()));
                assert_eq!(field("response"), expected(self.algorithm, &request.method, &field));
                self.counts.push(u32::from_str_radix(&field("nc"), 16).unwrap());
                return Answer::json("{}");
            }
        }
        self.nonce += 1;
        self.counts.clear();
        let others = "Basic realm=\"b\", Digest realm=\"r\", nonce=\"x\", algorithm=FANCY, qop=\"auth\"";
        let challenge = format!(
            "Digest realm=\"the \\\"realm\\\"\", qop=\"auth-int,auth\", algorithm={}, nonce=\"n{}\", opaque=\"o\", \
             stale=true",
            self.algorithm, self.nonce
        );
        Answer::status(401).header("www-authenticate", others).header("www-authenticate", &challenge)
    }
}

/// The value of a field, with or without quotes.
fn field(header: &str, name: &str) -> String {
    let (_, rest) = header.split_once(&format!(" {name}=")).unwrap_or_else(|| panic!("no `{name}` in {header}"));
    match rest.strip_prefix('"') {
        Some(quoted) => {
            let end = quoted.match_indices('"').find(|(index, _)| !quoted[..*index].ends_with('\\'));
            quoted[..end.unwrap().0].to_owned()
        }
        None => rest.split(',').next().unwrap().to_owned(),
    }
}

/// The digest that RFC 7616, section 3.4.1, demands.
fn expected(algorithm: &str, method: &str, field: &dyn Fn(&str) -> String) -> String {
    let hash = |text: String| {
        if algorithm.starts_with("MD5") {
            return format!("{:x}", md5::compute(text));
        }
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        digest.as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    let mut secret = hash(format!("reader:the \"realm\":{SECRET}"));
    if algorithm.ends_with("-sess") {
        secret = hash(format!("{secret}:{}:{}", field("nonce"), field("cnonce")));
    }
    let request = hash(format!("{method}:{}", field("uri")));
    hash(format!("{secret}:{}:{}:{}:auth:{request}", field("nonce"), field("nc"), field("cnonce")))
}

#[tokio::test]
async fn digests_answer_challenges_and_nonces_are_used_again() {
    for algorithm in ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"] {
        let mut server = DigestServer::new(algorithm, 3);
        let recorder = Recorder::new(move |request| server.answer(request)).await;
        let client = client(&recorder);
        client.digested("a b").q("1&2").await.unwrap();
        client.digested_put("x").body(json!({"a": 1})).await.unwrap();
        client.digested("a").await.unwrap();
        // This one uses the nonce up.
        client.digested_put("x").body(json!({"b": 2})).await.unwrap();
        let requests = recorder.requests();
        let counts: Vec<_> = requests
            .iter()
            .map(|request| request.header("authorization").map(|header| field(header, "nc")))
            .map(|count| count.map_or(0, |count| u32::from_str_radix(&count, 16).unwrap()))
            .collect();
        assert_eq!(counts, [0, 1, 2, 3, 4, 1], "{algorithm}");
        assert_eq!(requests[5].text(), r#"{"b":2}"#, "the body is sent again");
        assert_eq!(requests[1].target, "/things/a%20b?q=1%262");
        assert!(requests.iter().all(|request| FORMS.iter().all(|form| !request.text().contains(form))));
    }
}

/// Each of these is a request of its own to the upstream, which may be answered once.
#[tokio::test]
async fn what_is_redirected_or_repeated_has_a_digest_of_its_own() {
    let mut server = DigestServer::new("SHA-256", 10);
    let mut is_busy = true;
    let recorder = Recorder::new(move |request| match server.answer(request) {
        refusal if server.counts.is_empty() => refusal,
        _ if request.target == "/things/old" => Answer::status(307).header("location", "/things/new"),
        _ if std::mem::take(&mut is_busy) => Answer::status(503),
        answer => answer,
    })
    .await;
    let mut config = config(&recorder);
    config.settings.retries.max = 1;
    let client = Client::new(&config).unwrap();
    client.digested("old").await.unwrap();
    let requests = recorder.requests();
    let seen: Vec<_> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(seen, ["/things/old", "/things/old", "/things/new", "/things/old", "/things/new"]);
    let counts =
        requests.iter().filter_map(|request| request.header("authorization")).map(|header| field(header, "nc"));
    assert_eq!(counts.collect::<Vec<_>>(), ["00000001", "00000002", "00000003", "00000004"]);
}

#[tokio::test]
async fn digests_that_are_refused_are_not_sent_for_ever() {
    let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    let recorder = Recorder::new(move |_| Answer::status(401).header("www-authenticate", challenge)).await;
    let client = client(&recorder);
    assert_eq!(client.digested("a").await.unwrap_err().status().unwrap(), 401);
    assert_eq!(recorder.requests().len(), 2);
    // A challenge that cannot be answered is the answer.
    let basic = Recorder::new(|_| Answer::status(401).header("www-authenticate", "Basic realm=\"r\"")).await;
    assert_eq!(self::client(&basic).digested("a").await.unwrap_err().status().unwrap(), 401);
    assert_eq!(basic.requests().len(), 1);
    // Credentials of the request itself go before those of the capability.
    let open = Recorder::silent().await;
    let _ = self::client(&open).digested("a").bearer("mine").send().await.unwrap();
    assert_eq!(open.only().header("authorization"), Some("Bearer mine"));
}

/// An authorization server and an API in one: it accepts the newest token, which lasts for `lifetime` seconds.
async fn token_server(lifetime: u64) -> (Recorder, Arc<AtomicUsize>) {
    let issued = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&issued);
    let own = Arc::new(Mutex::new(String::new()));
    let url = Arc::clone(&own);
    let recorder = Recorder::new(move |request| {
        let url = url.lock().unwrap();
        match request.target.as_str() {
            "/.well-known/oauth-authorization-server/tenant" => Answer::status(404),
            "/tenant/.well-known/openid-configuration" => Answer::json(
                json!({"issuer": format!("{url}/tenant"), "token_endpoint": format!("{url}/token")}).to_string(),
            ),
            "/token" => {
                let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
                let token =
                    json!({"access_token": format!("t{number}"), "token_type": "Bearer", "expires_in": lifetime});
                Answer::json(token.to_string()).after(Duration::from_millis(50))
            }
            _ if request.header("authorization") == Some(&format!("Bearer t{}", counter.load(Ordering::SeqCst))) => {
                Answer::json("[]")
            }
            _ => Answer::status(401),
        }
    })
    .await;
    recorder.url().clone_into(&mut own.lock().unwrap());
    (recorder, issued)
}

#[tokio::test]
async fn tokens_are_asked_for_where_the_metadata_say_once_for_all() {
    let (recorder, issued) = token_server(3600).await;
    let client = client(&recorder);
    let requests = (0..8).map(|_| client.with_token().send());
    for answer in futures_util::future::join_all(requests).await {
        assert_eq!(answer.unwrap().status(), 200);
    }
    assert_eq!(issued.load(Ordering::SeqCst), 1);
    let requests = recorder.requests();
    let targets: Vec<_> = requests.iter().take(3).map(|request| request.target.as_str()).collect();
    let expected =
        ["/.well-known/oauth-authorization-server/tenant", "/tenant/.well-known/openid-configuration", "/token"];
    assert_eq!(targets, expected);
    let token = &requests[2];
    assert_eq!(token.header("authorization"), Some("Basic dXMlM0ErYWxsOnMzK2NyJTI2dA=="));
    assert_eq!(
        token.text(),
        "grant_type=client_credentials&scope=read+write%3Aall&audience=things&resource=https%3A%2F%2Fapi.example%2F"
    );
    // The endpoint of the other upstream stands in the file.
    let _ = client.with_known_token().send().await.unwrap();
    assert_eq!(issued.load(Ordering::SeqCst), 2);
    assert_eq!(recorder.requests().iter().filter(|request| request.target.contains("well-known")).count(), 2);
}

#[tokio::test]
async fn tokens_that_have_expired_or_are_refused_are_asked_for_anew() {
    let (recorder, issued) = token_server(0).await;
    let client = client(&recorder);
    for expected in 1..=2 {
        assert_eq!(client.with_token().await.unwrap(), json!([]));
        assert_eq!(issued.load(Ordering::SeqCst), expected);
    }
    let (recorder, issued) = token_server(3600).await;
    let client = self::client(&recorder);
    assert_eq!(client.with_token().await.unwrap(), json!([]));
    // The server takes it back.
    issued.fetch_add(1, Ordering::SeqCst);
    assert_eq!(client.with_token().await.unwrap(), json!([]));
    assert_eq!(issued.load(Ordering::SeqCst), 3);
    let targets = recorder.targets();
    assert_eq!(targets[targets.len() - 3..], ["/things", "/token", "/things"]);
}

#[tokio::test]
async fn without_a_token_callers_learn_nothing_of_the_credentials() {
    let recorder = Recorder::new(|request| match request.target.as_str() {
        "/token" => Answer::status(400).body("application/json", r#"{"error": "invalid_client"}"#),
        _ => Answer::status(404),
    })
    .await;
    let config = config(&recorder);
    let client = Client::new(&config).unwrap();
    let error = client.with_known_token().await.unwrap_err();
    assert!(matches!(error, ClientError::Token { .. }), "{error:?}");
    let shown = format!("{error} {error:?} {:?} {client:?} {config:?}", std::error::Error::source(&error));
    assert!(shown.contains("invalid_client"), "{shown}");
    assert!(FORMS.iter().all(|form| !shown.contains(form)), "{shown}");
    let server = bind(config, client).await.unwrap();
    let rest = server.local_addr("credentials-rest").unwrap();
    let tools = server.local_addr("credentials-mcp").unwrap();
    let running = tokio::spawn(server.run());
    let answer = get(rest, "/things").await;
    assert_eq!(answer.status, 502);
    let problem: Value = answer.problem();
    assert_eq!(problem["detail"], "No token was given for the upstream.");
    let result = mcp::call(tools, "with-token", json!({})).await;
    assert!(mcp::error_text(&result).contains("502"), "{result}");
    running.abort();
}

#[tokio::test]
async fn secrets_are_not_entrusted_to_servers_without_encryption() {
    let recorder = Recorder::silent().await;
    let config = Config { authority: Some("http://id.example".into()), ..config(&recorder) };
    let problems = Client::new(&config).unwrap_err().to_string();
    assert!(problems.contains("the authorization server of `by-token` is not usable"), "{problems}");
    assert!(problems.contains("the token endpoint of `by-known-token` is not usable"), "{problems}");
    // Nor where metadata lead to one.
    let url = Arc::new(Mutex::new(String::new()));
    let own = Arc::clone(&url);
    let metadata = move |request: &Recorded| {
        if !request.target.contains("well-known") {
            return Answer::status(500);
        }
        let issuer = format!("{}/tenant", own.lock().unwrap());
        Answer::json(json!({"issuer": issuer, "token_endpoint": "http://id.example/token"}).to_string())
    };
    let recorder = Recorder::new(metadata).await;
    recorder.url().clone_into(&mut url.lock().unwrap());
    let error = client(&recorder).with_token().await.unwrap_err();
    assert!(matches!(error, ClientError::Token { .. }), "{error:?}");
    assert_eq!(recorder.requests().len(), 1);
}
