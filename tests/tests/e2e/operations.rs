//! Each of the ten operations through each of the three doors: client, REST and MCP.

use std::fmt::Debug;

use capsmith::ClientError;
use capsmith_tests::capabilities::{self, Running};
use capsmith_tests::http1::{request, request_with_json, send};
use capsmith_tests::upstream::{Answer, Recorded, Upstream};
use capsmith_tests::{TOKEN, mcp};
use serde_json::{Value, json};

/// What must arrive upstream.
struct Expected {
    method: &'static str,
    target: &'static str,
    body: Option<&'static str>,
}

impl Expected {
    fn check(&self, door: &str, request: &Recorded) {
        assert_eq!(request.method, self.method, "{door}");
        assert_eq!(request.target, self.target, "{door}");
        assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()), "{door}");
        if let Some(body) = self.body {
            assert_eq!(request.header("content-type"), Some("application/json"), "{door}");
            let body: Value = serde_json::from_str(body).unwrap();
            assert_eq!(request.json(), body, "{door}");
        } else {
            assert_eq!(request.header("content-type"), None, "{door}");
            assert!(request.body.is_empty(), "{door}");
        }
    }
}

/// Goes through the three doors of one operation.
async fn through_all_doors<C>(
    upstream: &Upstream,
    running: &Running,
    client: C,
    rest: &str,
    (tool, arguments): (&str, Value),
    expected: Expected,
) where
    C: IntoFuture<Output = Result<Value, ClientError>> + Debug,
{
    const DOCUMENT: &str = r#"{"id":"b1"}"#;
    let document = json!({ "id": "b1" });

    upstream.answer(Answer::json(200, DOCUMENT));
    assert_eq!(client.await.unwrap(), document);
    expected.check("client", &upstream.only_request());

    upstream.answer(Answer::json(200, DOCUMENT));
    let request = match expected.body {
        Some(body) => request_with_json(expected.method, rest, body),
        None => request(expected.method, rest),
    };
    let answer = send(running.rest, request).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, DOCUMENT));
    expected.check("REST", &upstream.only_request());

    upstream.answer(Answer::json(200, DOCUMENT));
    let result = mcp::call(running.mcp, tool, arguments).await;
    assert_eq!(result["structuredContent"], document, "{result}");
    assert_eq!(serde_json::from_str::<Value>(result["content"][0]["text"].as_str().unwrap()).unwrap(), document);
    expected.check("MCP", &upstream.only_request());
}

#[tokio::test]
async fn platform_backups() {
    let upstream = Upstream::start().await;
    let client = capabilities::platform_backups::client(&upstream.base_url());
    let running =
        capabilities::platform_backups::start(capabilities::platform_backups::config(&upstream.base_url())).await;
    let arguments = json!({ "organization": "a/b", "database": "ü", "branch": "100%" });
    let one = json!({ "organization": "a/b", "database": "ü", "branch": "100%", "backup_id": "b 1" });
    let (list, get) = (
        "/v1/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups",
        "/v1/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups/b%201",
    );
    let (target, target_of_one) = (
        "/base/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups",
        "/base/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups/b%201",
    );

    let request = client.listbackups("a/b", "ü", "100%");
    let expected = Expected { method: "GET", target, body: None };
    through_all_doors(&upstream, &running, request, list, ("list-backups", arguments.clone()), expected).await;

    let request = client.createbackup("a/b", "ü", "100%");
    let expected = Expected { method: "POST", target, body: None };
    through_all_doors(&upstream, &running, request, list, ("create-backup", arguments.clone()), expected).await;

    let request = client.createbackup("a/b", "ü", "100%").body(json!({ "name": "nightly" }));
    let mut with_body = arguments;
    with_body["body"] = json!({ "name": "nightly" });
    let expected = Expected { method: "POST", target, body: Some(r#"{"name":"nightly"}"#) };
    through_all_doors(&upstream, &running, request, list, ("create-backup", with_body), expected).await;

    let request = client.getbackup("a/b", "ü", "100%", "b 1");
    let expected = Expected { method: "GET", target: target_of_one, body: None };
    through_all_doors(&upstream, &running, request, get, ("get-backup", one.clone()), expected).await;

    let request = client.deletebackup("a/b", "ü", "100%", "b 1");
    let expected = Expected { method: "DELETE", target: target_of_one, body: None };
    through_all_doors(&upstream, &running, request, get, ("delete-backup", one), expected).await;
}

#[tokio::test]
async fn postgres_management_database_backups() {
    use capabilities::postgres_management_database_backups::{client, config, start};

    let upstream = Upstream::start().await;
    let client = client(&upstream.base_url());
    let running = start(config(&upstream.base_url())).await;
    let rest = "/v1/databases/db_1/backups";
    let target = "/base/databases/db_1/backups";

    let request = client.listdatabasebackups("db_1");
    let expected = Expected { method: "GET", target, body: None };
    let tool = ("prisma-list-database-backups", json!({ "databaseId": "db_1" }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.createdatabasebackup("db_1");
    let expected = Expected { method: "POST", target, body: None };
    let tool = ("prisma-create-manual-database-backup", json!({ "databaseId": "db_1" }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.createdatabasebackup("db_1").body(json!({ "keep": [1, null, "ü"] }));
    let expected = Expected { method: "POST", target, body: Some(r#"{"keep":[1,null,"ü"]}"#) };
    let tool =
        ("prisma-create-manual-database-backup", json!({ "databaseId": "db_1", "body": { "keep": [1, null, "ü"] } }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let rest = "/v1/databases/db_1/backups/b1/restore";
    let target = "/base/databases/db_1/backups/b1/restore";
    let request = client.restoredatabasebackup("db_1", "b1");
    let expected = Expected { method: "POST", target, body: None };
    let tool = ("prisma-restore-database-backup", json!({ "databaseId": "db_1", "backupId": "b1" }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.restoredatabasebackup("db_1", "b1").body(json!({ "to": "db_2" }));
    let expected = Expected { method: "POST", target, body: Some(r#"{"to":"db_2"}"#) };
    let tool =
        ("prisma-restore-database-backup", json!({ "databaseId": "db_1", "backupId": "b1", "body": { "to": "db_2" } }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;
}

#[tokio::test]
async fn qovery_backups() {
    use capabilities::qovery_backups::{client, config, start};

    let upstream = Upstream::start().await;
    let client = client(&upstream.base_url());
    let running = start(config(&upstream.base_url())).await;
    let rest = "/v1/database/db_1/backup";
    let target = "/base/database/db_1/backup";

    let request = client.listdatabasebackup("db_1");
    let expected = Expected { method: "GET", target, body: None };
    let tool = ("list-database-backups", json!({ "databaseId": "db_1" }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.addbackupdatabase("db_1");
    let expected = Expected { method: "POST", target, body: None };
    let tool = ("add-backup-database", json!({ "databaseId": "db_1" }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.addbackupdatabase("db_1").body(json!({ "name": "nightly" }));
    let expected = Expected { method: "POST", target, body: Some(r#"{"name":"nightly"}"#) };
    let tool = ("add-backup-database", json!({ "databaseId": "db_1", "body": { "name": "nightly" } }));
    through_all_doors(&upstream, &running, request, rest, tool, expected).await;

    let request = client.removedatabasebackup("db_1", "b1");
    let expected = Expected { method: "DELETE", target: "/base/database/db_1/backup/b1", body: None };
    let tool = ("remove-database-backup", json!({ "databaseId": "db_1", "backupId": "b1" }));
    through_all_doors(&upstream, &running, request, "/v1/database/db_1/backup/b1", tool, expected).await;
}
