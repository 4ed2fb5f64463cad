//! Tokens of an authorization server.

use capsmith::{Context, Problem, Reply, Value};
use capsmith_tests::http1::{Answer, get, request, send};
use capsmith_tests::issuer::{Issuer, Signer, encoded};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder;
use serde_json::json;

use super::callers::{Handlers, operations};
use super::*;

async fn running(upstream: &Recorder, issuer: &Issuer) -> Running {
    Running::with(Config { authority: Some(issuer.recorder.url().into()), ..config(upstream) }).await
}

async fn ask(running: &Running, namespace: &str, token: &str) -> Answer {
    let mut request = request("GET", "/things");
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    send(running.at(namespace), request).await
}

fn check_refusal(answer: &Answer, reason: &str) {
    assert_eq!(answer.status, 401, "{reason}: {}", answer.text());
    let challenge = format!(
        "Bearer realm=\"token-rest\", error=\"invalid_token\", error_description=\"{reason}\", scope=\"things read\""
    );
    assert_eq!(answer.header("www-authenticate"), challenge);
    assert_eq!(answer.problem()["detail"], format!("The token cannot be used: {reason}."));
}

#[tokio::test]
async fn tokens_of_all_kinds_of_keys_are_accepted_by_routes_and_tools() {
    let mut signers = vec![Signer::p256(), Signer::p384(), Signer::ed25519()];
    signers.extend(Signer::rsa());
    let ids: Vec<String> = (0..signers.len()).map(|index| format!("key {index}")).collect();
    let mut keys = vec![json!({"kty": "oct", "k": "AAAA", "kid": "key 0"}), json!(7), json!({"kty": "EC"})];
    keys.extend(signers.iter().zip(&ids).map(|(signer, id)| signer.public(id)));
    let issuer = Issuer::new(keys).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    for (signer, id) in signers.iter().zip(&ids) {
        let token = signer.token(id, &issuer.claims());
        let answer = ask(&running, "token-rest", &token).await;
        assert_eq!(answer.status, 200, "{}: {}", signer.algorithm(), answer.text());
        assert_eq!(upstream.take().header("authorization"), Some("Bearer upstre4m"));
        for era in Era::ALL {
            let mut call = mcp::request(era, "tools/call", json!({"name": "list-things", "arguments": {}}));
            call.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
            assert_eq!(send(running.at("token-mcp"), call).await.status, 200);
            assert_eq!(upstream.take().header("authorization"), Some("Bearer upstre4m"));
        }
    }
    // Each surface has asked once.
    assert_eq!(issuer.asked("/keys"), 2);
}

/// Answers with what the caller's token says.
struct Own(Client);

impl Handlers for Own {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn list_things(&self, _: operations::ListThings, context: Context) -> Result<Reply, Problem> {
        Ok(Reply::new(context.claims().map_or(Value::Null, |claims| claims["sub"].clone())))
    }
}

#[tokio::test]
async fn handlers_learn_what_a_token_says() {
    let signer = Signer::p256();
    let issuer = Issuer::new(vec![signer.public("k")]).await;
    *issuer.said.lock().unwrap() = Some(json!({"active": true, "sub": "somebody else"}));
    let config = Config { authority: Some(issuer.recorder.url().into()), ..config(&upstream().await) };
    let own = Own(Client::new(&config).unwrap());
    let server = bind(config, own).await.unwrap();
    let at = |namespace| server.local_addr(namespace).unwrap();
    let (by_key, asked, tools, open) = (at("token-rest"), at("asked-rest"), at("token-mcp"), at("bearer-rest"));
    let serving = tokio::spawn(server.run_until(std::future::pending()));
    let token = signer.token("k", &issuer.claims());
    let mut call = mcp::request(Era::Stateless, "tools/call", json!({"name": "list-things", "arguments": {}}));
    call.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let result = send(tools, call).await.json();
    assert_eq!(result["result"]["structuredContent"], json!({"result": "somebody"}), "{result}");
    for (address, token, subject) in [
        (by_key, token.as_str(), json!("somebody")),
        (asked, "opaque", json!("somebody else")),
        (open, TOKEN, json!(null)),
    ] {
        let mut request = request("GET", "/things");
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        assert_eq!(send(address, request).await.json(), subject);
    }
    serving.abort();
}

#[tokio::test]
async fn what_a_token_says_must_be_right() {
    let signer = Signer::p256();
    let issuer = Issuer::new(vec![signer.public("k")]).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    let changed = |name: &str, value: Value| {
        let mut claims = issuer.claims();
        claims[name] = value;
        signer.token("k", &claims)
    };
    for (token, reason) in [
        (changed("exp", json!(1_000)), "it has expired"),
        (changed("exp", json!(null)), "it does not say when it expires"),
        (changed("nbf", json!(99_999_999_999_u64)), "it cannot be used yet"),
        (changed("aud", json!("https://other.example")), "it is for somebody else"),
        (changed("aud", json!(null)), "it does not say for whom it is"),
        (changed("iss", json!("https://other.example")), "somebody else gave it"),
        (changed("iss", json!(null)), "it does not say who gave it"),
        (signer.token("k", &json!([])), "it has no claims"),
    ] {
        check_refusal(&ask(&running, "token-rest", &token).await, reason);
    }
    let answer = ask(&running, "token-rest", &changed("scope", json!("read"))).await;
    assert_eq!(answer.status, 403);
    let challenge = "Bearer realm=\"token-rest\", error=\"insufficient_scope\", scope=\"things read\"";
    assert_eq!(answer.header("www-authenticate"), challenge);
    answer.problem();
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn signatures_must_be_right() {
    let (signer, other) = (Signer::p256(), Signer::p256());
    let issuer = Issuer::new(vec![signer.public("k"), Signer::ed25519().public("e")]).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    let claims = issuer.claims();
    let token = signer.token("k", &claims);
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = message.split_once('.').unwrap();
    let mut more = claims.clone();
    more["sub"] = json!("admin");
    let tampered = format!("{header}.{}.{signature}", encoded(more.to_string().as_bytes()));
    for wrong in [tampered, other.token("k", &claims), format!("{message}."), format!("{message}.{}", encoded(b"x"))] {
        check_refusal(&ask(&running, "token-rest", &wrong).await, "its signature is wrong");
    }
    // Without a signature, and with the public key as if it were a secret that both sides know.
    let none = format!("{}.{}.", encoded(br#"{"alg":"none"}"#), encoded(claims.to_string().as_bytes()));
    let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, signer.public("k").to_string().as_bytes());
    let message = format!("{}.{}", encoded(br#"{"alg":"HS256","kid":"k"}"#), encoded(claims.to_string().as_bytes()));
    let confused = format!("{message}.{}", encoded(ring::hmac::sign(&secret, message.as_bytes()).as_ref()));
    let kind = "it is no signed token of a kind that is accepted";
    let with = |header: Value| signer.token_with(&header, &claims);
    for wrong in [
        none,
        confused,
        with(json!({"alg": "ES256", "kid": "k", "typ": "dpop+jwt"})),
        with(json!({"alg": "ES256", "kid": "k", "crit": ["x"], "x": 1})),
        with(json!({"kid": "k"})),
        "opaque".to_owned(),
        "a.b".to_owned(),
        "a.b.c".to_owned(),
        "a.b.c.d".to_owned(),
        format!("{token}.x"),
    ] {
        check_refusal(&ask(&running, "token-rest", &wrong).await, kind);
    }
    let long = format!("{token}{}", "A".repeat(20_000));
    check_refusal(&ask(&running, "token-rest", &long).await, "it is too long");
    // The key is of another kind than the token says.
    let unknown = with(json!({"alg": "EdDSA", "kid": "k"}));
    check_refusal(&ask(&running, "token-rest", &unknown).await, "it is signed with an unknown key");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_key_is_good_for_what_it_says_alone() {
    let signer = Signer::p256();
    for (name, value) in [("use", json!("enc")), ("key_ops", json!(["sign"])), ("alg", json!("ES384"))] {
        let mut key = signer.public("k");
        key[name] = value;
        let issuer = Issuer::new(vec![key]).await;
        let running = running(&upstream().await, &issuer).await;
        let answer = ask(&running, "token-rest", &signer.token("k", &issuer.claims())).await;
        check_refusal(&answer, "it is signed with an unknown key");
    }
}

#[tokio::test]
async fn new_keys_are_asked_for_and_invented_ones_are_not() {
    let (first, second) = (Signer::p256(), Signer::ed25519());
    let issuer = Issuer::new(vec![first.public("first")]).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    let at_once = (0..8).map(|_| first.token("first", &issuer.claims())).collect::<Vec<_>>();
    let answers = at_once.iter().map(|token| ask(&running, "token-rest", token));
    assert!(futures_util::future::join_all(answers).await.iter().all(|answer| answer.status == 200));
    assert_eq!(issuer.asked("/keys"), 1, "nothing is asked twice at once");
    *issuer.keys.lock().unwrap() = vec![second.public("second")];
    let token = second.token("second", &issuer.claims());
    assert_eq!(ask(&running, "token-rest", &token).await.status, 200);
    assert_eq!(issuer.asked("/keys"), 2);
    let old = first.token("first", &issuer.claims());
    check_refusal(&ask(&running, "token-rest", &old).await, "it is signed with an unknown key");
    for invented in ["third", "fourth"] {
        let token = second.token(invented, &issuer.claims());
        check_refusal(&ask(&running, "token-rest", &token).await, "it is signed with an unknown key");
    }
    assert_eq!(issuer.asked("/keys"), 2);
}

#[tokio::test]
async fn without_the_authorization_server_nobody_is_let_in() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    let token = Signer::p256().token("k", &json!({}));
    for namespace in ["token-rest", "asked-rest"] {
        for _ in 0..2 {
            let answer = ask(&running, namespace, &token).await;
            assert_eq!(answer.status, 503, "{}", answer.text());
            assert_eq!(answer.problem()["detail"], "Tokens cannot be checked at the moment.");
        }
    }
    // Whoever brings no token, or none at all, is told so.
    assert_eq!(get(running.at("token-rest"), "/things").await.status, 401);
    assert_eq!(ask(&running, "token-rest", "x").await.status, 401);
    // Metadata of somebody else are none.
    let issuer = Issuer::new(Vec::new()).await;
    let metadata = json!({"issuer": issuer.name(), "jwks_uri": format!("{}/keys", issuer.recorder.url())});
    let other = Recorder::new(move |_| recorder::Answer::json(metadata.to_string())).await;
    let config = Config { authority: Some(other.url().into()), ..config(&upstream) };
    let running = Running::with(config).await;
    assert_eq!(ask(&running, "token-rest", &token).await.status, 503);
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn clients_of_tools_are_told_where_tokens_are_given() {
    let issuer = Issuer::new(Vec::new()).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    let call = mcp::request(Era::Stateless, "tools/list", json!({}));
    let answer = send(running.at("token-mcp"), call).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"token-mcp\", scope=\"things read\", \
         resource_metadata=\"https://things.example/.well-known/oauth-protected-resource/mcp\""
    );
    for place in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
        let answer = get(running.at("token-mcp"), place).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
        let expected = json!({
            "resource": "https://things.example/mcp",
            "authorization_servers": [issuer.name()],
            "bearer_methods_supported": ["header"],
            "scopes_supported": ["things", "read"],
        });
        assert_eq!(answer.json(), expected);
    }
    let rest = get(running.at("token-rest"), "/things").await;
    assert_eq!(rest.header("www-authenticate"), "Bearer realm=\"token-rest\", scope=\"things read\"");
}

#[tokio::test]
async fn the_server_is_asked_about_tokens_that_only_it_understands() {
    let issuer = Issuer::new(Vec::new()).await;
    let upstream = upstream().await;
    let running = running(&upstream, &issuer).await;
    let said = |said: Value| *issuer.said.lock().unwrap() = Some(said);
    said(json!({"active": true, "aud": "things", "iss": issuer.name()}));
    assert_eq!(ask(&running, "asked-rest", "opaque+token").await.status, 200);
    assert_eq!(upstream.take().header("authorization"), Some("Bearer upstre4m"));
    let requests = issuer.recorder.requests();
    let question = requests.last().unwrap();
    assert_eq!((question.method.as_str(), question.target.as_str()), ("POST", "/introspect"));
    assert_eq!(question.text(), "token=opaque%2Btoken&token_type_hint=access_token");
    assert_eq!(question.header("authorization"), Some("Basic dXM6MHVycw=="));
    assert_eq!(issuer.asked("/keys"), 0);
    for (answer, reason) in [
        (json!({"active": false}), "it is not active"),
        (json!({"active": "true"}), "it is not active"),
        (json!([]), "it is not active"),
        (json!({"active": true, "aud": "other"}), "it is for somebody else"),
        (json!({"active": true, "exp": 1_000}), "it has expired"),
        (json!({"active": true, "iss": "https://other.example"}), "somebody else gave it"),
    ] {
        said(answer);
        let answer = ask(&running, "asked-rest", "opaque").await;
        assert_eq!(answer.status, 401, "{reason}");
        assert!(answer.header("www-authenticate").contains(reason), "{answer:?}");
    }
    *issuer.said.lock().unwrap() = None;
    assert_eq!(ask(&running, "asked-rest", "opaque").await.status, 503);
    assert!(upstream.requests().is_empty());
}
