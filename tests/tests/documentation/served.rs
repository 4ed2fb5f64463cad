//! What is served, and when.

use std::path::Path;

use capsmith::axum::Router;
use capsmith::{ListenAddress, Settings};
use capsmith_tests::capabilities::joined::platform_backups;
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::upstream::Upstream;
use serde_json::{Value, json};

use super::{Running, api, notices, serve};

#[tokio::test]
async fn the_document_is_the_one_that_is_checked_in() {
    let upstream = Upstream::start().await;
    let running = platform_backups::start(platform_backups::config(&upstream.base_url())).await;
    let answer = get(running.rest, "/openapi.json").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/json");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/openapi/platform_backups.rest.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("it is there")).expect("it is JSON");
    let document = answer.json();
    assert_eq!(document, file);

    let backup = "/v1/organizations/{organization}/databases/{database}/branches/{branch}/backups/{backup-id}";
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(document["paths"][backup]["get"]["operationId"], "getbackup", "{document:#}");
    let answer = &document["components"]["schemas"]["Backup"]["properties"]["deleted_at"];
    assert_eq!(answer["nullable"], true, "{answer:#}");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn what_the_file_says_of_an_operation_stands_in_the_document() {
    let running = notices(Settings::default()).await;
    let document = get(running.address, "/openapi.json").await.json();
    let notices = &document["paths"]["/notices/{number}"];
    let read = &notices["get"];
    assert_eq!(read["summary"], "Read a notice");
    assert_eq!(read["tags"], json!(["reading"]));
    assert_eq!(notices["post"]["tags"], json!(["<b>Notices</b>"]));
    let places: Vec<_> = read["parameters"]
        .as_array()
        .expect("parameters")
        .iter()
        .map(|parameter| (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap()))
        .collect();
    let expected = [
        ("number", "path"),
        ("copies", "query"),
        ("framed", "query"),
        ("words", "query"),
        ("X-Reader", "header"),
        ("lamp", "cookie"),
    ];
    assert_eq!(places, expected);
    let body = &notices["post"]["requestBody"];
    assert_eq!(body["required"], true, "{body:#}");
    let schema = json!({
        "type": "object",
        "properties": {
            "text": {"description": "What it says", "type": "string"},
            "pages": {"description": "How many pages", "type": "integer", "nullable": true, "format": "int64"},
        },
        "required": ["text"],
        "additionalProperties": false,
    });
    assert_eq!(body["content"]["application/json"]["schema"], schema, "{body:#}");
    // Its variable has another name in the file, which no server can tell.
    assert_eq!(notices["delete"]["parameters"][0]["name"], "number", "{notices:#}");
    assert_eq!(notices["delete"]["responses"]["204"], json!({"description": "There is no content."}));
}

#[tokio::test]
async fn the_page_runs_nothing_but_its_own_files() {
    let running = notices(Settings::default()).await;
    let page = get(running.address, "/docs").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"), "{page:?}");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    // Nothing of the document is in the page, so there is nothing to escape.
    assert!(!page.text().contains("notices") && page.text().contains("<noscript>"), "{}", page.text());
    for file in page.text().split('"').filter(|text| text.starts_with("docs/")) {
        let answer = get(running.address, &format!("/{file}")).await;
        assert_eq!(answer.status, 200, "{file}");
        for imported in answer.text().split('"').filter(|text| text.starts_with("./")) {
            let answer = get(running.address, &format!("/docs/{}", &imported[2..])).await;
            assert_eq!(answer.status, 200, "{imported}");
            assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        }
    }
    let answer = get(running.address, "/docs/").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "../docs"));
}

#[tokio::test]
async fn hosts_are_checked_as_for_routes() {
    let running = notices(Settings::default()).await;
    for target in ["/docs", "/openapi.json", "/docs/docs.js"] {
        let mut request = request("GET", target);
        request.headers_mut().insert("host", "evil.example".parse().unwrap());
        assert_eq!(send(running.address, request).await.status, 403, "{target}");
    }
}

#[tokio::test]
async fn a_setting_turns_both_off() {
    let mut settings = Settings::default();
    settings.documentation = false;
    let running = notices(settings.clone()).await;
    for target in ["/docs", "/openapi.json", "/docs/docs.js"] {
        assert_eq!(get(running.address, target).await.status, 404, "{target}");
    }
    assert_eq!(get(running.address, "/notices/1").await.status, 200);
}

#[tokio::test]
async fn routes_of_the_file_win() {
    use api::shadow::{Client, Config, bind};

    let local = || ListenAddress::new("127.0.0.1", 0);
    let config = Config { page_rest_addr: local(), docs_rest_addr: local(), ..Config::default() };
    let client = Client::new(&config).expect("a client");
    let server = bind(config, client).await.expect("free ports");
    let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
    let (page, docs) = (address("page-rest"), address("docs-rest"));
    let running = Running { address: page, task: tokio::spawn(server.run()).abort_handle() };
    for name in ["docs", "openapi.json"] {
        assert_eq!(get(running.address, &format!("/{name}")).await.json(), json!({"page": name}));
    }
    assert_eq!(get(docs, "/docs").await.json(), json!({"page": "ours"}));
    assert_eq!(get(docs, "/docs/docs.js").await.status, 404);
    assert_eq!(get(docs, "/openapi.json").await.json()["info"]["title"], "Shadow");
}

#[tokio::test]
async fn a_router_that_is_mounted_gets_them_when_it_asks() {
    let client = || api::notices::Client::new(&api::notices::Config::default()).expect("a client");
    let router = api::notices::rest::router(client());
    let running = serve(Router::new().nest("/bare", router)).await;
    assert_eq!(get(running.address, "/bare/docs").await.status, 404);

    let router = api::notices::rest::router(client()).merge(api::notices::rest::documentation());
    let running = serve(Router::new().nest("/inner", router)).await;
    assert_eq!(get(running.address, "/inner/docs").await.status, 200);
    assert_eq!(get(running.address, "/inner/openapi.json").await.json()["openapi"], "3.0.3");
}

#[tokio::test]
async fn servers_of_documents_have_the_page_too() {
    let running = serve(api::shelf::mock::router()).await;
    assert_eq!(get(running.address, "/docs").await.status, 200);
    assert_eq!(get(running.address, "/openapi.json").await.json()["openapi"], "3.1.1");
}
