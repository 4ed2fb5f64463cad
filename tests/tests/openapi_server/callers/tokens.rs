//! Tokens of an authorization server.

use std::time::Duration;

use capsmith_tests::issuer::{Issuer, Signer};

use super::*;

const AUDIENCE: &str = "https://things.example/mcp";

async fn issuer() -> (Issuer, Signer) {
    let signer = Signer::p256();
    (Issuer::new(vec![signer.public("k")]).await, signer)
}

fn accepting(verifier: &Verifier) -> Callers {
    Callers { oauth: verifier.clone(), connect: verifier.clone(), ..callers() }
}

async fn bearing(address: SocketAddr, target: &str, token: &str) -> Answer {
    ask(address, target, &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn signed_tokens_are_accepted_with_their_scopes() {
    let (issuer, signer) = issuer().await;
    let verifier = Verifier::issuer(&issuer.name(), AUDIENCE).unwrap();
    let address = serve(accepting(&verifier)).await;
    let mut claims = issuer.claims();
    claims["aud"] = json!(AUDIENCE);
    claims["scope"] = json!("other read");
    let token = signer.token("k", &claims);
    for target in ["/read", "/either"] {
        let answer = bearing(address, target, &token).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["who"]), (200, &json!("somebody")), "{target}");
    }
    let answer = bearing(address, "/connect", &token).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_eq!(answer.problem()["detail"], "The operation wants these scopes of its caller: write.");
    assert_eq!(challenges(&answer), ["Bearer realm=\"callers\", error=\"insufficient_scope\", scope=\"write\""]);
    assert_eq!(issuer.asked("/keys"), 1, "schemes share what is known of their issuer");
}

#[tokio::test]
async fn wrong_tokens_are_refused_with_the_reason() {
    let (issuer, signer) = issuer().await;
    let verifier = Verifier::issuer(&issuer.name(), AUDIENCE).unwrap();
    let address = serve(accepting(&verifier)).await;
    assert_refused(&ask(address, "/read", &[]).await, MISSING, &["Bearer realm=\"callers\", scope=\"read\""]);
    let mut claims = issuer.claims();
    claims["aud"] = json!("https://other.example");
    for (token, reason) in [
        (signer.token("k", &claims), "it is for somebody else"),
        (Signer::p256().token("k", &claims), "its signature is wrong"),
        ("opaque".to_owned(), "it is no signed token of a kind that is accepted"),
    ] {
        let challenge = format!(
            "Bearer realm=\"callers\", error=\"invalid_token\", error_description=\"{reason}\", scope=\"read\""
        );
        let answer = bearing(address, "/read", &token).await;
        assert_refused(&answer, &format!("The token cannot be used: {reason}."), &[&challenge]);
    }
}

#[tokio::test]
async fn without_the_authorization_server_nobody_is_let_in() {
    let verifier = Verifier::issuer("http://127.0.0.1:1", AUDIENCE).unwrap();
    let address = serve(accepting(&verifier)).await;
    let token = Signer::p256().token("k", &json!({}));
    assert_eq!(bearing(address, "/read", &token).await.status, 503);
    assert_eq!(ask(address, "/read", &[]).await.status, 401);
}

#[tokio::test]
async fn the_server_is_asked_about_tokens_that_only_it_understands() {
    let (issuer, _) = issuer().await;
    let verifier = Verifier::introspection(&issuer.name(), "us", "me", "s3cret").unwrap();
    let address = serve(accepting(&verifier)).await;
    for (said, status) in [
        (json!({"active": true, "scope": "read"}), 200),
        (json!({"active": true}), 403),
        (json!({"active": false}), 401),
        (json!({"active": true, "aud": "them", "scope": "read"}), 401),
    ] {
        *issuer.said.lock().unwrap() = Some(said.clone());
        assert_eq!(bearing(address, "/read", "opaque").await.status, status, "{said}");
    }
}

#[tokio::test]
async fn what_the_server_says_of_a_token_can_be_remembered() {
    let (issuer, _) = issuer().await;
    let verifier = Verifier::introspection(&issuer.name(), "us", "me", "s3cret").unwrap();
    let remembering = verifier.clone().remembering(Duration::from_secs(600));
    let say = |said: Value| *issuer.said.lock().unwrap() = Some(said);
    let (address, forgetful) = (serve(accepting(&remembering)).await, serve(accepting(&verifier)).await);
    say(json!({"active": false}));
    assert_eq!(bearing(address, "/read", "late").await.status, 401);
    say(json!({"active": true, "scope": "read", "sub": "ada"}));
    assert_eq!(bearing(address, "/read", "late").await.status, 200, "what is not good is asked about again");
    let asked = issuer.asked("/introspect");
    for _ in 0..3 {
        assert_eq!(bearing(address, "/read", "late").await.json()["who"], "ada");
    }
    assert_eq!(issuer.asked("/introspect"), asked);
    say(json!({"active": false}));
    assert_eq!(bearing(address, "/read", "late").await.status, 200);
    assert_eq!(bearing(address, "/read", "other").await.status, 401);
    assert_eq!(bearing(forgetful, "/read", "late").await.status, 401);
}
