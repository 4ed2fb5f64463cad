//! What the demo prints: routes, tools, and lines to paste.

use std::fmt::{self, Write as _};
use std::net::SocketAddr;

use serde_json::json;

use capsmith::description::{Exposes, Surface};
use capsmith::{Capability, Server};

/// Everything that a reader needs to try the capability.
pub(crate) fn text(capability: &Capability, server: &Server) -> String {
    let mut text = format!("{}\n", capability.label);
    for exposes in capability.exposes {
        if let Some(address) = server.local_addr(exposes.namespace) {
            // Writing to a string cannot fail.
            let _ = surface(&mut text, exposes, address);
        }
    }
    text.push_str("\nCtrl-C stops it.");
    text
}

fn surface(text: &mut String, exposes: &Exposes, address: SocketAddr) -> fmt::Result {
    match exposes.surface {
        Surface::Rest { routes } => {
            writeln!(text, "\nREST, http://{address}\n")?;
            for route in routes {
                writeln!(text, "  {:<6} {}", route.method.as_str(), route.path)?;
            }
            rest_lines(text, address)
        }
        Surface::Mcp { tools, .. } => {
            writeln!(text, "\nMCP, http://{address}/mcp\n")?;
            for tool in tools {
                writeln!(text, "  {:<14} {}", tool.name, tool.description)?;
            }
            mcp_lines(text, address)
        }
        _ => Ok(()),
    }
}

fn rest_lines(text: &mut String, address: SocketAddr) -> fmt::Result {
    let backups = format!("http://{address}/v1/organizations/acme/databases/shop/branches/main/backups");
    writeln!(text, "\nMake a backup, then list, read and delete it (put its id in place of ID):\n")?;
    writeln!(text, r#"  curl -s -H 'content-type: application/json' -d '{{"name": "before-migration"}}' {backups}"#)?;
    writeln!(text, "  curl -s {backups}")?;
    writeln!(text, "  curl -s {backups}/ID")?;
    writeln!(text, "  curl -s -i -X DELETE {backups}/ID")
}

fn mcp_lines(text: &mut String, address: SocketAddr) -> fmt::Result {
    let call = json!({
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": { "name": "list-backups", "arguments": { "organization": "acme", "database": "shop", "branch": "main" } },
    });
    writeln!(text, "\nCall a tool:\n")?;
    writeln!(
        text,
        "  curl -s -H 'content-type: application/json' -H 'accept: application/json, text/event-stream' -d '{call}' http://{address}/mcp"
    )?;
    writeln!(text, "\nOr with an MCP client:\n")?;
    writeln!(
        text,
        "  npx -y @modelcontextprotocol/inspector --cli http://{address}/mcp --transport http --method tools/call \
         --tool-name list-backups --tool-arg organization=acme database=shop branch=main"
    )?;
    writeln!(text, "  claude mcp add --transport http backups http://{address}/mcp")
}
