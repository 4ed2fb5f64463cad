//! Each of the ten operations through each of the three doors: client, REST and MCP. Each door has an upstream of its own,
//! in the same state, so all of them get the same answer.

use std::net::SocketAddr;

use capsmith_tests::http1::{request, request_with_json, send};
use capsmith_tests::upstream::{Recorded, Upstream};
use capsmith_tests::{TOKEN, capabilities, mcp};
use serde_json::{Value, json};

/// An operation as it is called through REST and MCP, and what must arrive upstream.
struct Call {
    method: &'static str,
    /// The path of the route.
    rest: &'static str,
    tool: &'static str,
    arguments: Value,
    /// What the upstream is asked for.
    target: &'static str,
    body: Option<&'static str>,
    status: u16,
}

impl Call {
    async fn by_rest(&self, address: SocketAddr) -> Value {
        let request = match self.body {
            Some(body) => request_with_json(self.method, self.rest, body),
            None => request(self.method, self.rest),
        };
        let answer = send(address, request).await;
        assert_eq!(answer.status, self.status, "{answer:?}");
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    async fn by_tool(&self, address: SocketAddr) -> Value {
        let result = mcp::call(address, self.tool, self.arguments.clone()).await;
        assert_ne!(result["isError"], true, "{result}");
        let structured = result["structuredContent"].clone();
        let text = result["content"][0]["text"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), structured, "{result}");
        if structured == json!({ "result": null }) { Value::Null } else { structured }
    }

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

/// Goes through the three doors of one operation. Gives back the answer.
macro_rules! through_all_doors {
    ($capability:ident of $provider:ident, |$client:ident| $request:expr, $call:expr) => {{
        use capabilities::$capability::{client, config, start};

        let call: Call = $call;
        let upstream = || Upstream::of(capsmith_generated::$provider::mock::router());

        let own = upstream().await;
        let $client = client(&own.base_url());
        let answer: Value = $request.await.unwrap();
        call.check("client", &own.only_request());

        let own = upstream().await;
        let running = start(config(&own.base_url())).await;
        assert_eq!(call.by_rest(running.rest).await, answer);
        call.check("REST", &own.only_request());

        let own = upstream().await;
        let running = start(config(&own.base_url())).await;
        assert_eq!(call.by_tool(running.mcp).await, answer);
        call.check("MCP", &own.only_request());
        answer
    }};
}

#[tokio::test]
async fn platform_backups() {
    const REST: &str = "/v1/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups";
    const REST_OF_ONE: &str = "/v1/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups/b%201";
    const TARGET: &str = "/base/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups";
    const TARGET_OF_ONE: &str = "/base/organizations/a%2Fb/databases/%C3%BC/branches/100%25/backups/b%201";
    let arguments = json!({ "organization": "a/b", "database": "ü", "branch": "100%" });
    let list = Call {
        method: "GET",
        rest: REST,
        tool: "list-backups",
        arguments: arguments.clone(),
        target: TARGET,
        body: None,
        status: 200,
    };
    let one = Call {
        rest: REST_OF_ONE,
        tool: "get-backup",
        arguments: json!({ "organization": "a/b", "database": "ü", "branch": "100%", "backup_id": "b 1" }),
        target: TARGET_OF_ONE,
        ..list
    };
    let delete = Call { method: "DELETE", tool: "delete-backup", arguments: one.arguments.clone(), status: 204, ..one };
    let mut with_body = arguments;
    with_body["body"] = json!({ "name": "nightly" });
    let create = Call {
        method: "POST",
        tool: "create-backup",
        arguments: with_body,
        body: Some(r#"{"name":"nightly"}"#),
        status: 201,
        ..list
    };

    let page = through_all_doors!(platform_backups of planetscale_platform, |client| client.listbackups("a/b", "ü", "100%"), list);
    assert_eq!(page["type"], "list");
    let body = json!({ "name": "nightly" });
    let made = through_all_doors!(
        platform_backups of planetscale_platform,
        |client| client.createbackup("a/b", "ü", "100%").body(body),
        create
    );
    assert_eq!(made["name"], "nightly");
    let found = through_all_doors!(
        platform_backups of planetscale_platform,
        |client| client.getbackup("a/b", "ü", "100%", "b 1"),
        one
    );
    assert_eq!(found["id"], "b 1");
    let nothing = through_all_doors!(
        platform_backups of planetscale_platform,
        |client| client.deletebackup("a/b", "ü", "100%", "b 1"),
        delete
    );
    assert_eq!(nothing, json!(null));
}

#[tokio::test]
async fn postgres_management_database_backups() {
    let list = Call {
        method: "GET",
        rest: "/v1/databases/db_1/backups",
        tool: "prisma-list-database-backups",
        arguments: json!({ "databaseId": "db_1" }),
        target: "/base/databases/db_1/backups",
        body: None,
        status: 200,
    };
    let tool = "prisma-create-manual-database-backup";
    let bare = Call { method: "POST", tool, arguments: list.arguments.clone(), status: 202, ..list };
    let arguments = json!({ "databaseId": "db_1", "body": { "keep": [1, null, "ü"] } });
    let create = Call { arguments, body: Some(r#"{"keep":[1,null,"ü"]}"#), ..bare };
    let restore = Call {
        rest: "/v1/databases/db_1/backups/b1/restore",
        tool: "prisma-restore-database-backup",
        arguments: json!({ "databaseId": "db_1", "backupId": "b1" }),
        target: "/base/databases/db_1/backups/b1/restore",
        ..bare
    };
    let arguments = json!({ "databaseId": "db_1", "backupId": "b1", "body": { "to": "db_2" } });
    let restore_to = Call { arguments, body: Some(r#"{"to":"db_2"}"#), ..restore };

    let backups = through_all_doors!(
        postgres_management_database_backups of prisma_postgres_management,
        |client| client.listdatabasebackups("db_1"),
        list
    );
    assert_eq!(backups["data"].as_array().unwrap().len(), 1);
    let made = through_all_doors!(
        postgres_management_database_backups of prisma_postgres_management,
        |client| client.createdatabasebackup("db_1"),
        bare
    );
    assert_eq!(made["databaseId"], "db_1");
    through_all_doors!(
        postgres_management_database_backups of prisma_postgres_management,
        |client| client.createdatabasebackup("db_1").body(json!({ "keep": [1, null, "ü"] })),
        create
    );
    let restored = through_all_doors!(
        postgres_management_database_backups of prisma_postgres_management,
        |client| client.restoredatabasebackup("db_1", "b1"),
        restore
    );
    assert_eq!(restored["status"], "restoring");
    through_all_doors!(
        postgres_management_database_backups of prisma_postgres_management,
        |client| client.restoredatabasebackup("db_1", "b1").body(json!({ "to": "db_2" })),
        restore_to
    );
}

#[tokio::test]
async fn qovery_backups() {
    const DATABASE: &str = "6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11";
    const BACKUP: &str = "a0d5c2ee-5f4f-4f5e-8a59-1d6f3f0d9c22";
    const BODY: &str = r#"{"name":"nightly","message":"Made every night."}"#;
    let body = || serde_json::from_str::<Value>(BODY).unwrap();
    let list = Call {
        method: "GET",
        rest: "/v1/database/6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11/backup",
        tool: "list-database-backups",
        arguments: json!({ "databaseId": DATABASE }),
        target: "/base/database/6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11/backup",
        body: None,
        status: 200,
    };
    let (tool, status) = ("add-backup-database", 201);
    let bare = Call { method: "POST", tool, arguments: list.arguments.clone(), status, ..list };
    let arguments = json!({ "databaseId": DATABASE, "body": body() });
    let add = Call { arguments, body: Some(BODY), ..bare };
    let remove = Call {
        method: "DELETE",
        rest: "/v1/database/6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11/backup/a0d5c2ee-5f4f-4f5e-8a59-1d6f3f0d9c22",
        tool: "remove-database-backup",
        arguments: json!({ "databaseId": DATABASE, "backupId": BACKUP }),
        target: "/base/database/6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11/backup/a0d5c2ee-5f4f-4f5e-8a59-1d6f3f0d9c22",
        body: None,
        status: 204,
    };

    let page =
        through_all_doors!(qovery_backups of qovery_databases, |client| client.listdatabasebackup(DATABASE), list);
    assert_eq!(page["page"], 1);
    through_all_doors!(qovery_backups of qovery_databases, |client| client.addbackupdatabase(DATABASE), bare);
    let made = through_all_doors!(
        qovery_backups of qovery_databases,
        |client| client.addbackupdatabase(DATABASE).body(body()),
        add
    );
    assert_eq!((&made["name"], &made["message"]), (&json!("nightly"), &json!("Made every night.")));
    let nothing = through_all_doors!(
        qovery_backups of qovery_databases,
        |client| client.removedatabasebackup(DATABASE, BACKUP),
        remove
    );
    assert_eq!(nothing, json!(null));
}
