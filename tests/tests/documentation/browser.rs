//! The page in a browser.

use capsmith::Settings;
use capsmith::axum::Router;
use capsmith_tests::browser::Browser;
use capsmith_tests::capabilities::joined::platform_backups;
use capsmith_tests::upstream::Upstream;
use serde_json::{Value, json};

use super::{api, notices, serve};

/// The paths and methods that the page lists.
const LISTED: &str = "return [...document.querySelectorAll('#operations details:not([hidden]) > summary')] \
                      .map((summary) => summary.querySelector('.method').textContent + ' ' + summary.querySelector('.path').textContent)";

async fn open(browser: &Browser, url: &str) {
    browser.open(url).await;
    browser.wait_for("return document.querySelector('#operations').getAttribute('aria-busy') === 'false'").await;
}

/// Fails where the browser had anything to complain about: scripts that the policy stopped among them.
async fn assert_quiet(browser: &Browser) {
    let log = browser.log().await;
    let complaints: Vec<&Value> = log
        .as_array()
        .expect("a list")
        .iter()
        // Every browser asks for an icon, and that an answer is a failure.
        .filter(|entry| {
            !entry["message"].as_str().is_some_and(|message| message.contains("favicon") || message.contains(" 40"))
        })
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[tokio::test]
async fn the_page_lists_the_operations_and_calls_them() {
    let Some(browser) = Browser::start(1200, 900).await else { return };
    let upstream = Upstream::start().await;
    let running = platform_backups::start(platform_backups::config(&upstream.base_url())).await;
    open(&browser, &format!("http://{}/docs", running.rest)).await;
    let title = browser.script("return document.querySelector('h1').textContent").await;
    assert_eq!(title, "PlanetScale Platform API — Backups");
    let path = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups";
    let listed = browser.script(LISTED).await;
    assert_eq!(
        listed,
        json!([
            format!("GET {path}"),
            format!("POST {path}"),
            format!("GET {path}/{{backup-id}}"),
            format!("DELETE {path}/{{backup-id}}")
        ])
    );

    browser.type_into("#filter", "getbackup").await;
    assert_eq!(browser.script(LISTED).await.as_array().unwrap().len(), 1);
    browser.click("#op-getbackup > summary").await;
    for (position, value) in ["acme", "shop/1", "main", "b1"].into_iter().enumerate() {
        browser.type_into(&format!("#op-getbackup .field:nth-of-type({}) input", position + 1), value).await;
    }
    browser.click("#op-getbackup button[type=submit]").await;
    let status =
        browser.wait_for("return document.querySelector('#op-getbackup [role=status] .status')?.textContent").await;
    assert_eq!(status, "200 OK");
    let body = browser.script("return document.querySelector('#op-getbackup pre.body').textContent").await;
    let body: Value = serde_json::from_str(body.as_str().unwrap()).expect("JSON");
    assert_eq!(body["id"], "b1", "{body:#}");
    assert_eq!(upstream.only_request().target, "/base/organizations/acme/databases/shop%2F1/branches/main/backups/b1");
    assert_quiet(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn inputs_travel_where_the_document_says_and_nothing_of_it_runs() {
    let Some(browser) = Browser::start(1200, 900).await else { return };
    let running = notices(Settings::default()).await;
    open(&browser, &format!("http://{}/docs#op-read-notice", running.address)).await;
    // The address opens it.
    browser.wait_for("return document.querySelector('#op-read-notice form')").await;
    for (name, value) in [
        ("number", "a/b c"),
        ("copies", "9007199254740993"),
        ("words", "ebb\nflow, & more"),
        ("X-Reader", "Ada"),
        ("lamp", "on; off"),
    ] {
        let script = format!(
            "const label = [...document.querySelectorAll('#op-read-notice label')].find((label) => label.querySelector('.name').textContent === '{name}'); \
             document.getElementById(label.htmlFor).dataset.test = '{name}'"
        );
        browser.script(&script).await;
        browser.type_into(&format!("[data-test='{name}']"), value).await;
    }
    browser.script("document.querySelector('#op-read-notice select').value = '1'").await;
    browser.click("#op-read-notice button[type=submit]").await;
    browser.wait_for("return document.querySelector('#op-read-notice pre.body')").await;
    let body = browser.script("return document.querySelector('#op-read-notice pre.body').textContent").await;
    assert!(body.as_str().unwrap().contains("9007199254740993"), "{body}");
    let body: Value = serde_json::from_str(body.as_str().unwrap()).expect("JSON");
    assert_eq!(body["number"], "a/b c");
    assert_eq!(body["framed"], false, "{body:#}");
    assert_eq!(body["words"], json!(["ebb", "flow, & more"]));
    assert_eq!((&body["reader"], &body["lamp"]), (&json!("Ada"), &json!("on; off")));
    assert_eq!(browser.script("return document.cookie").await, "");

    // Everything that can be opened is, so that all of the document's words stand in the page.
    browser.script("document.querySelectorAll('details').forEach((details) => { details.open = true; })").await;
    browser.wait_for("return document.querySelector('#op-hang-notice textarea.body')").await;
    let markup = "return document.querySelectorAll('img, svg, b, main script').length + (window.wasRun ? 1 : 0)";
    assert_eq!(browser.script(markup).await, 0);
    let title = browser.script("return document.querySelector('h1').textContent").await;
    assert_eq!(title, "<img src=x onerror=\"window.wasRun = true\"> notices");
    assert_quiet(&browser).await;
    browser.close().await;
}

#[tokio::test]
async fn bodies_begin_with_an_example_and_refusals_are_shown() {
    let Some(browser) = Browser::start(1200, 900).await else { return };
    let router =
        api::notices::rest::router(api::notices::Client::new(&api::notices::Config::default()).expect("a client"));
    let running = serve(Router::new().nest("/inner", router.merge(api::notices::rest::documentation()))).await;
    open(&browser, &format!("http://{}/inner/docs#op-hang-notice", running.address)).await;
    let example = browser.wait_for("return document.querySelector('#op-hang-notice textarea.body')?.value").await;
    let example: Value = serde_json::from_str(example.as_str().unwrap()).expect("JSON");
    assert_eq!(example, json!({"text": "text", "pages": 0}));
    browser.type_into("#op-hang-notice input", "7").await;
    browser.click("#op-hang-notice button[type=submit]").await;
    let shown = "return document.querySelector('#op-hang-notice pre.body')?.textContent";
    let body: Value = serde_json::from_str(browser.wait_for(shown).await.as_str().unwrap()).expect("JSON");
    assert_eq!(body, json!({"number": "7", "text": "text", "pages": 0}));

    browser.script("document.querySelector('#op-hang-notice textarea.body').value = '{\"pages\": \"many\"}'").await;
    browser.click("#op-hang-notice button[type=submit]").await;
    let status = "return document.querySelector('#op-hang-notice .status.bad')?.textContent";
    assert_eq!(browser.wait_for(status).await, "400 Bad Request");
    let body = browser.wait_for(shown).await;
    assert!(body.as_str().unwrap().contains("must be a whole number"), "{body}");

    browser.script("document.querySelector('#op-hang-notice textarea.body').value = '{'").await;
    browser.click("#op-hang-notice button[type=submit]").await;
    let refused = "const status = document.querySelector('#op-hang-notice .status.bad')?.textContent; return status?.startsWith('Not sent') && status";
    assert!(browser.wait_for(refused).await.as_str().unwrap().contains("the body is no JSON"));
    browser.close().await;
}

#[tokio::test]
async fn the_page_is_usable_on_a_telephone_and_by_keyboard() {
    let Some(browser) = Browser::start(360, 640).await else { return };
    let running = serve(api::shelf::mock::router()).await;
    open(&browser, &format!("http://{}/docs", running.address)).await;
    browser.script("document.querySelectorAll('details').forEach((details) => { details.open = true; })").await;
    browser.wait_for("return document.querySelectorAll('form').length > 3").await;
    let is_wider = "return document.documentElement.scrollWidth > window.innerWidth";
    assert_eq!(browser.script(is_wider).await, false);
    let unlabelled = "return [...document.querySelectorAll('input, select, textarea')].filter((control) => \
                      !control.hidden && control.labels.length === 0 && !control.ariaLabel).length";
    assert_eq!(browser.script(unlabelled).await, 0);

    // A summary and a form work by the keyboard alone.
    open(&browser, &format!("http://{}/docs?again", running.address)).await;
    browser.type_into("#operations summary", "\u{e007}").await;
    browser.wait_for("return document.querySelector('#operations details[open] form')").await;
    let send = "#operations form button[type=submit]";
    browser.type_into(send, "\u{e007}").await;
    let status = "return document.querySelector('#operations .status')?.textContent";
    assert_eq!(browser.wait_for(status).await, "401 Unauthorized");
    browser.type_into("#credentials summary", "\u{e007}").await;
    browser.type_into("#credential-0", "a token").await;
    browser.type_into(send, "\u{e007}").await;
    browser.wait_for("return document.querySelector('#operations .status.good')?.textContent === '200 OK'").await;
    assert_quiet(&browser).await;
    browser.close().await;
}
