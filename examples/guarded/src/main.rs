//! One operation overridden: a backup that the upstream calls protected is not deleted, neither by REST nor by MCP.
//!
//! ```sh
//! PLANETSCALE_API_KEY=… cargo run -p guarded
//! ```

use capsmith::http::StatusCode;
use capsmith::{Context, Problem, Reply};

use platform_backups::{Client, Config, Handlers, operations};

capsmith::include_capability!("platform-backups.yaml");

/// Calls the upstream, but asks before it deletes.
struct Guarded {
    client: Client,
}

impl Handlers for Guarded {
    fn client(&self) -> &Client {
        &self.client
    }

    async fn deletebackup(&self, inputs: operations::Deletebackup, context: Context) -> Result<Reply, Problem> {
        let (organization, database) = (&inputs.organization, &inputs.database);
        let backup = self.client.getbackup(organization, database, &inputs.branch, &inputs.backup_id).await?;
        if backup["protected"] == true {
            let detail = format!("`{}` is protected and stays", inputs.backup_id);
            return Err(Problem::new(StatusCode::CONFLICT).with_detail(detail));
        }
        self.client.forward(inputs, context).await
    }
}

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    let config = Config::from_env()?;
    let client = Client::new(&config)?;
    platform_backups::serve_with(config, Guarded { client }).await
}

#[cfg(test)]
mod tests {
    use capsmith_tests::upstream::{Answer, Upstream};
    use capsmith_tests::{http1, mcp};
    use serde_json::json;

    use super::*;

    const BACKUP: &str = "/v1/organizations/acme/databases/shop/branches/main/backups/b1";

    #[tokio::test]
    async fn a_protected_backup_stays() {
        let upstream = Upstream::start().await;
        let config = Config {
            platform_backups_base_url: upstream.base_url().into(),
            platform_backups_rest_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
            platform_backups_mcp_addr: capsmith::ListenAddress::new("127.0.0.1", 0),
            planetscale_api_key: Some("token".into()),
            ..Config::default()
        };
        let client = Client::new(&config).unwrap();
        let server = platform_backups::bind(config, Guarded { client }).await.unwrap();
        let rest = server.local_addr("platform-backups-rest").unwrap();
        let mcp = server.local_addr("platform-backups-mcp").unwrap();
        tokio::spawn(server.run());

        upstream.answer(Answer::json(200, r#"{"id":"b1","protected":true}"#));
        let answer = http1::send(rest, http1::request("DELETE", BACKUP)).await;
        assert_eq!(answer.status, 409);
        assert_eq!(answer.problem()["detail"], "`b1` is protected and stays");

        upstream.answer(Answer::json(200, r#"{"id":"b1","protected":true}"#));
        let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main", "backup_id": "b1" });
        let result = mcp::call(mcp, "delete-backup", arguments).await;
        assert!(mcp::error_text(&result).contains("`b1` is protected and stays"));

        upstream.answer(Answer::json(200, r#"{"id":"b1","protected":false}"#));
        upstream.answer(Answer::status(204));
        assert_eq!(http1::send(rest, http1::request("DELETE", BACKUP)).await.status, 204);
        let methods: Vec<_> = upstream.requests().into_iter().map(|request| request.method.to_string()).collect();
        assert_eq!(methods, ["GET", "GET", "GET", "DELETE"]);
    }
}
