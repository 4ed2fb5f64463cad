//! Servers, mocks and tools of an OpenAPI document have the same limits: `backups.yaml`.

use std::net::SocketAddr;
use std::time::Duration;

use api::{Client, Config, Handlers, mcp, mock, operations, server};
use capsmith::openapi::{Refusal, Success};
use capsmith::{Context, ListenAddress, Settings};
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::port::Port;
use tokio::net::TcpStream;

capsmith::include_openapi!("backups.yaml", name = api, only = ["compare"]);

struct Service;

impl Handlers for Service {
    async fn compare(&self, inputs: operations::Compare, _: Context) -> Result<Success<i64>, Refusal<()>> {
        Ok((inputs.head - inputs.base).into())
    }
}

const COMPARE: &str = "/databases/shop/compare/1...3";

async fn serve<E>(address: SocketAddr, serving: impl Future<Output = Result<(), E>> + Send + 'static)
where
    E: Send + 'static,
{
    tokio::spawn(serving);
    while TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn settings() -> Settings {
    let mut settings = Settings::default();
    settings.max_uri_length = 40;
    settings.rate.requests = 2;
    settings.rate.per = Duration::from_secs(6000);
    settings
}

/// Two requests pass, one of which has too long a target, and the third is one too many.
async fn has_limits(address: SocketAddr, path: &str) {
    let status = get(address, path).await.status;
    assert!(![414, 429].contains(&status.as_u16()), "{status}");
    let refused = get(address, &format!("{path}?{}", "x".repeat(40))).await;
    assert_eq!(refused.status, 414);
    refused.problem();
    let refused = get(address, path).await;
    assert_eq!(refused.status, 429);
    refused.problem();
    assert_ne!(refused.header("retry-after"), "");
}

#[tokio::test]
async fn a_server_has_them() {
    let port = Port::free();
    let address = port.address();
    serve(address, async move { server::serve_with(Service, ListenAddress::from(address), &settings()).await }).await;
    has_limits(address, COMPARE).await;
}

#[tokio::test]
async fn tools_have_them() {
    let port = Port::free();
    let address = port.address();
    let client = Client::new(&Config { settings: settings(), ..Config::default() }).unwrap();
    serve(address, async move { mcp::serve(client, ListenAddress::from(address)).await }).await;
    has_limits(address, "/mcp").await;
}

#[tokio::test]
async fn a_mock_has_those_of_the_default_settings() {
    let port = Port::free();
    let address = port.address();
    serve(address, async move { mock::serve(ListenAddress::from(address)).await }).await;
    assert_eq!(get(address, COMPARE).await.status, 200);
    let refused = get(address, &format!("{COMPARE}?{}", "x".repeat(9000))).await;
    assert_eq!(refused.status, 414);
    let mut with_many = request("GET", COMPARE);
    for field in 0..81 {
        let name = http::HeaderName::try_from(format!("x-field-{field}")).unwrap();
        with_many.headers_mut().insert(name, "1".parse().unwrap());
    }
    let refused = send(address, with_many).await;
    assert_eq!(refused.status, 431);
    refused.problem();
}
