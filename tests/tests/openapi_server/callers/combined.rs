//! Alternatives, credentials that are needed together, and such as may be left out.

use super::*;

#[tokio::test]
async fn one_alternative_is_enough() {
    let address = serve(callers()).await;
    let login = basic("ada:pass:w\u{f6}rd");
    for headers in [
        &[("authorization", login.as_str())][..],
        &[("x-api-key", "key")],
        &[("x-api-key", "wrong"), ("authorization", &login)],
        &[("authorization", "Basic ?"), ("x-api-key", "key")],
    ] {
        let answer = ask(address, "/either", headers).await;
        assert_eq!(answer.status, 200, "{headers:?}: {}", answer.text());
        assert!(!answer.json()["headers"].to_string().contains("authorization"), "{headers:?}");
    }
    assert_refused(
        &ask(address, "/either", &[]).await,
        MISSING,
        &[
            "Basic realm=\"callers\", charset=\"UTF-8\"",
            "ApiKey realm=\"callers\"",
            "Bearer realm=\"callers\", scope=\"read\"",
        ],
    );
}

#[tokio::test]
async fn what_is_needed_together_is_needed_together() {
    let address = serve(callers()).await;
    let answer = ask(address, "/both", &[("x-api-key", "key"), ("cookie", "session=bob")]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["who"]), (200, &json!("bob")));
    for headers in [
        &[("x-api-key", "key")][..],
        &[("cookie", "session=bob")],
        &[("x-api-key", "key"), ("cookie", "session=eve")],
        &[("x-api-key", "wrong"), ("cookie", "session=bob")],
    ] {
        assert_eq!(ask(address, "/both", headers).await.status, 401, "{headers:?}");
    }
}

#[tokio::test]
async fn credentials_that_may_be_left_out_must_be_right() {
    let address = serve(callers()).await;
    let who = async |cookie: &str| {
        let answer = ask(address, "/optional", &[("cookie", cookie)]).await;
        (answer.status.as_u16(), if answer.status == 200 { answer.json()["who"].clone() } else { Value::Null })
    };
    assert_eq!(who("theme=dark").await, (200, json!(null)));
    assert_eq!(who("session=ada").await, (200, json!("ada")));
    // Without the scope it is nobody who calls.
    assert_eq!(who("session=bob").await, (200, json!(null)));
    assert_eq!(who("session=eve").await.0, 401);
    assert_eq!(who("session=ada; session=ada").await.0, 401, "nobody knows which of two counts");
    assert_eq!(who("session=down").await.0, 503);
}
