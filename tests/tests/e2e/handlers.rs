//! Handlers of the user's own, and routers in an app of the user's own.

use axum::Router;
use axum::routing::get as route_get;
use capsmith::http::StatusCode;
use capsmith::{Context, Problem, Reply};
use capsmith_tests::alone::platform_backups::{self, Client, Handlers, operations};
use capsmith_tests::alone::qovery_backups;
use capsmith_tests::capabilities::{self, platform_backups::config};
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp;
use capsmith_tests::upstream::Upstream;
use serde_json::json;
use std::net::SocketAddr;
use tokio::net::TcpListener;

const BACKUP: &str = "/v1/organizations/acme/databases/shop/branches/main/backups/b1";

/// Answers one operation itself, refuses another, keeps the rest.
struct Own {
    client: Client,
}

impl Handlers for Own {
    fn client(&self) -> &Client {
        &self.client
    }

    async fn getbackup(&self, inputs: operations::Getbackup, _: Context) -> Result<Reply, Problem> {
        Ok(Reply::new(json!({ "id": inputs.backup_id, "from": "own" })))
    }

    async fn deletebackup(&self, inputs: operations::Deletebackup, _: Context) -> Result<Reply, Problem> {
        Err(Problem::new(StatusCode::FORBIDDEN).with_detail(format!("{} is kept", inputs.backup_id)))
    }
}

#[tokio::test]
async fn an_override_serves_rest_and_mcp() {
    let upstream = Upstream::start().await;
    let config = config(&upstream.base_url());
    let own = Own { client: Client::new(&config).unwrap() };
    let running = capabilities::platform_backups::start_with(config, own).await;
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main", "backup_id": "b1" });

    let expected = json!({ "id": "b1", "from": "own" });
    assert_eq!(get(running.rest, BACKUP).await.json(), expected);
    assert_eq!(mcp::call(running.mcp, "get-backup", arguments.clone()).await["structuredContent"], expected);

    let answer = send(running.rest, request("DELETE", BACKUP)).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.problem()["detail"], "b1 is kept");
    let result = mcp::call(running.mcp, "delete-backup", arguments).await;
    assert!(mcp::error_text(&result).contains("b1 is kept"), "{result}");

    assert!(upstream.requests().is_empty());
    let list = BACKUP.strip_suffix("/b1").unwrap();
    assert_eq!(get(running.rest, list).await.json()["data"].as_array().unwrap().len(), 1);
    assert_eq!(upstream.requests().len(), 1);
}

async fn serve(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test]
async fn routers_merge_with_each_other_and_with_an_app() {
    let upstream = Upstream::start().await;
    let other = Upstream::of(capsmith_generated::qovery_databases::mock::router()).await;
    let planetscale = capabilities::platform_backups::client(&upstream.base_url());
    let qovery = capabilities::qovery_backups::client(&other.base_url());
    let app = Router::new()
        .route("/", route_get(|| async { "hello" }))
        .merge(platform_backups::rest::router(planetscale.clone()))
        .merge(platform_backups::mcp::router(planetscale))
        .merge(qovery_backups::rest::router(qovery));
    let address = serve(app).await;
    assert_eq!(get(address, "/").await.text(), "hello");
    assert_eq!(get(address, BACKUP).await.status, 200);
    let database = "/database/6f1c3a52-0b0e-4f0a-9d0e-3a3f6b6f2c11/backup";
    assert_eq!(get(address, &format!("/v1{database}")).await.status, 200);
    assert_eq!(mcp::tools(address).await.len(), 4);
    let targets = [upstream.only_request().target, other.only_request().target];
    let backup = "/base/organizations/acme/databases/shop/branches/main/backups/b1";
    assert_eq!(targets, [backup.to_owned(), format!("/base{database}")]);
}

#[tokio::test]
async fn a_router_can_be_nested() {
    let upstream = Upstream::start().await;
    let client = capabilities::platform_backups::client(&upstream.base_url());
    let app = Router::new()
        .nest("/backups/{tenant}", platform_backups::rest::router(client.clone()))
        .nest("/tools", platform_backups::mcp::router(client));
    let address = serve(app).await;
    let answer = get(address, &format!("/backups/t1{BACKUP}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(upstream.only_request().target, "/base/organizations/acme/databases/shop/branches/main/backups/b1");
    assert_eq!(get(address, &format!("/backups/t1{}", BACKUP.replace("shop", "%2e%2e"))).await.status, 400);
    assert_eq!(send(address, request("OPTIONS", &format!("/backups/t1{BACKUP}"))).await.status, 405);
    assert_eq!(get(address, BACKUP).await.status, 404);

    let mut list = mcp::request(mcp::Era::Initialize, "tools/list", json!({}));
    *list.uri_mut() = "/tools/mcp".parse().unwrap();
    assert_eq!(send(address, list).await.status, 200);
}
