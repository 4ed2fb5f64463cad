//! Tokens, logins and keys that the program knows.

use std::time::Duration;

use capsmith::Settings;
use capsmith_tests::child::run;
use tokio::process::Command;

use super::*;

#[tokio::test]
async fn a_token_is_one_of_those_that_are_known() {
    let address = serve(callers()).await;
    for token in ["Bearer t0ken", "bearer 0lder"] {
        let answer = ask(address, "/token", &[("authorization", token)]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let seen = answer.json();
        assert_eq!(seen["who"], json!(null));
        assert!(!seen["headers"].to_string().contains("authorization"), "credentials are for the server alone: {seen}");
    }
    assert_refused(&ask(address, "/token", &[]).await, MISSING, &["Bearer realm=\"callers\""]);
    assert_refused(
        &ask(address, "/token", &[("authorization", &basic("t0ken"))]).await,
        MISSING,
        &["Bearer realm=\"callers\""],
    );
    for wrong in ["Bearer t0ke", "Bearer t0ken2", "Bearer T0KEN", "Bearer \u{a0}"] {
        let answer = ask(address, "/token", &[("authorization", wrong)]).await;
        assert_eq!(answer.status, 401, "{wrong}");
    }
    let answer = ask(address, "/token", &[("authorization", "Bearer x")]).await;
    assert_refused(&answer, WRONG, &["Bearer realm=\"callers\", error=\"invalid_token\""]);
    let twice = [("authorization", "Bearer t0ken"), ("authorization", "Bearer t0ken")];
    assert_eq!(ask(address, "/token", &twice).await.status, 401);
}

#[tokio::test]
async fn what_demands_nothing_is_open_and_the_document_too() {
    let address = serve(Callers::default()).await;
    for target in ["/open", "/openapi.json", "/docs"] {
        assert_eq!(ask(address, target, &[("authorization", "Bearer x")]).await.status, 200, "{target}");
    }
    assert_eq!(ask(address, "/nothing", &[]).await.status, 404);
}

#[tokio::test]
async fn whom_the_program_does_not_name_is_refused() {
    let address = serve(Callers::default()).await;
    let login = basic("ada:");
    for (target, header) in [
        ("/token", ("authorization", "Bearer ")),
        ("/login", ("authorization", login.as_str())),
        ("/header", ("x-api-key", "")),
        ("/cookie", ("cookie", "session=")),
        ("/read", ("authorization", "Bearer x")),
    ] {
        assert_eq!(ask(address, target, &[header]).await.status, 401, "{target}");
    }
    // No request can bring what is enough.
    assert_eq!(ask(address, "/certificate", &[("x-client-certificate", "x")]).await.status, 403);
    let empty = Callers { header_key: "".into(), login: Verifier::login("ada", ""), ..Callers::default() };
    let address = serve(empty).await;
    assert_eq!(ask(address, "/header", &[("x-api-key", "")]).await.status, 401);
    assert_eq!(ask(address, "/login", &[("authorization", &login)]).await.status, 401);
}

#[tokio::test]
async fn what_stands_in_front_can_check() {
    let address = serve(Callers::unchecked()).await;
    let answer = ask(address, "/token", &[("authorization", "Bearer x")]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.json()["headers"].to_string().contains("authorization"), "nothing is taken away");
    for target in ["/login", "/digest", "/cookie", "/read", "/certificate", "/both"] {
        assert_eq!(ask(address, target, &[]).await.status, 200, "{target}");
    }
}

#[tokio::test]
async fn a_login_is_a_user_name_and_a_password() {
    let address = serve(callers()).await;
    let answer = ask(address, "/login", &[("authorization", &basic("ada:pass:w\u{f6}rd"))]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let challenge = ["Basic realm=\"callers\", charset=\"UTF-8\""];
    assert_refused(&ask(address, "/login", &[]).await, MISSING, &challenge);
    for wrong in [&*basic("ada:pass"), &basic("bob:pass:w\u{f6}rd"), "Basic ?", "Basic YQ=="] {
        assert_refused(&ask(address, "/login", &[("authorization", wrong)]).await, WRONG, &challenge);
    }
}

#[tokio::test]
async fn digests_are_what_curl_makes() {
    let address = serve(callers()).await;
    let answer = ask(address, "/digest", &[]).await;
    assert_eq!(answer.status, 401);
    let offered = challenges(&answer);
    assert!(offered[0].starts_with("Digest realm=\"callers\", qop=\"auth\", algorithm=SHA-256, nonce="), "{offered:?}");
    assert_eq!(ask(address, "/digest", &[("authorization", "Digest username=\"ada\"")]).await.status, 401);
    for (login, expected) in [("ada:pass:w\u{f6}rd", "200"), ("ada:other", "401")] {
        let url = format!("http://{address}/digest");
        let mut curl = Command::new("curl");
        curl.args([
            "--silent",
            "--digest",
            "--user",
            login,
            "--output",
            "/dev/null",
            "--write-out",
            "%{http_code}",
            &url,
        ]);
        let output = run(curl).await;
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{login}");
    }
}

#[tokio::test]
async fn keys_travel_in_headers_queries_and_cookies() {
    let address = serve(callers()).await;
    let challenge = ["ApiKey realm=\"callers\""];
    assert_eq!(ask(address, "/header", &[("x-api-key", "key")]).await.status, 200);
    assert_refused(&ask(address, "/header", &[]).await, MISSING, &challenge);
    assert_refused(&ask(address, "/header", &[("x-api-key", "kez")]).await, WRONG, &challenge);
    // A key that is a parameter as well reaches the handler.
    assert_eq!(ask(address, "/declared", &[("x-api-key", "key")]).await.status, 200);
    assert_eq!(ask(address, "/declared", &[]).await.status, 401);

    let answer = ask(address, "/query?q=1&api_key=k%2By", &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    for wrong in ["/query?q=1", "/query?q=1&api_key=k", "/query?q=1&api_key=k%2By&api_key=k%2By", "/query?api_key=x"] {
        assert_eq!(ask(address, wrong, &[]).await.status, 401, "{wrong}");
    }
    // What does not fit is told to those who may call alone.
    assert_eq!(ask(address, "/query?api_key=k%2By&x=1", &[]).await.status, 400);

    let answer = ask(address, "/cookie", &[("cookie", "theme=dark; session=ada")]).await;
    assert_eq!(answer.json()["who"], json!("ada"));
    assert!(answer.json()["headers"].to_string().contains("cookie"), "the others stay");
    assert_refused(&ask(address, "/cookie", &[("cookie", "session=eve")]).await, WRONG, &challenge);
}

#[tokio::test]
async fn a_function_that_cannot_tell_lets_nobody_in() {
    let address = serve(callers()).await;
    assert_eq!(ask(address, "/cookie", &[("cookie", "session=down")]).await.status, 503);
    assert_eq!(ask(address, "/cookie", &[("cookie", "session=bug")]).await.status, 500);
    let mut settings = Settings::default();
    settings.read_timeout = Duration::from_millis(50);
    let slow = listen(server::router_with(Service, callers(), &settings)).await;
    let answer = ask(slow, "/cookie", &[("cookie", "session=slow")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "5"), "{}", answer.text());
    assert_eq!(ask(address, "/cookie", &[("cookie", "session=bob")]).await.status, 200);
}

#[test]
fn secrets_do_not_show() {
    let shown = format!("{:?}", callers());
    assert!(shown.contains("Verifier(login)") && !shown.contains("t0ken") && !shown.contains("pass"), "{shown}");
}
