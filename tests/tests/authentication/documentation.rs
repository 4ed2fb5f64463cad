//! The document of a surface that wants credentials, and the page that shows it.

use capsmith_tests::browser::Browser;
use capsmith_tests::http1::{get, request, send};
use serde_json::{Value, json};

use super::{Running, TOKEN, upstream};

async fn document(running: &Running, namespace: &str, header: (&str, &str)) -> Value {
    let mut request = request("GET", "/openapi.json");
    let name: capsmith::http::HeaderName = header.0.parse().unwrap();
    request.headers_mut().insert(name, header.1.parse().unwrap());
    let answer = send(running.at(namespace), request).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[tokio::test]
async fn the_document_is_for_those_who_may_call() {
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    for namespace in ["bearer-rest", "header-rest", "basic-rest"] {
        assert_eq!(get(running.at(namespace), "/openapi.json").await.status, 401, "{namespace}");
        // The page alone tells nothing.
        assert_eq!(get(running.at(namespace), "/docs").await.status, 200, "{namespace}");
    }
    let bearer = document(&running, "bearer-rest", ("Authorization", &format!("Bearer {TOKEN}"))).await;
    let list = &bearer["paths"]["/things"]["get"];
    assert_eq!(list["security"], json!([{"caller": []}]), "{bearer:#}");
    assert_eq!(list["responses"]["401"], json!({"$ref": "#/components/responses/Unauthorized"}));
    let scheme = &bearer["components"]["securitySchemes"]["caller"];
    assert_eq!((&scheme["type"], &scheme["scheme"]), (&json!("http"), &json!("bearer")));
    let key = document(&running, "header-rest", ("X-Key", TOKEN)).await;
    let scheme = &key["components"]["securitySchemes"]["caller"];
    assert_eq!(
        (&scheme["type"], &scheme["in"], &scheme["name"]),
        (&json!("apiKey"), &json!("header"), &json!("X-Key"))
    );
    assert!(!bearer.to_string().contains(TOKEN) && !key.to_string().contains(TOKEN));
}

#[tokio::test]
async fn the_page_asks_for_credentials() {
    let Some(browser) = Browser::start(1200, 900).await else { return };
    let upstream = upstream().await;
    let running = Running::new(&upstream).await;
    browser.open(&format!("http://{}/docs", running.at("bearer-rest"))).await;
    browser.wait_for("return document.querySelector('#access-value')").await;
    browser.type_into("#access-value", &format!("Bearer {TOKEN}")).await;
    browser.click("#operations button[type=submit]").await;
    browser.wait_for("return document.querySelector('#op-list-things')").await;
    browser.click("#op-list-things > summary").await;
    browser.click("#op-list-things button[type=submit]").await;
    let status = browser.wait_for("return document.querySelector('#op-list-things .status')?.textContent").await;
    assert_eq!(status, "200 OK");
    browser.close().await;
}
