//! Callers must prove who they are: `capabilities/callers.yaml`.

mod digests;
mod documentation;
mod others;
mod routers;
mod secrets;
mod tokens;

use capsmith_tests::recorder::{Answer, Recorder};
use tokio::task::JoinHandle;

capsmith::include_capability!(path = "capabilities/callers.yaml", name = callers);

use callers::{Client, Config, bind};

const TOKEN: &str = "t0ken+/=&";
const PASSWORD: &str = "pass:w\u{f6}rd";
const UPSTREAM_TOKEN: &str = "upstre4m";

fn config(upstream: &Recorder) -> Config {
    Config {
        things_base_url: upstream.url().into(),
        callers_token: Some(TOKEN.into()),
        password: Some(PASSWORD.into()),
        authority: Some("http://127.0.0.1:1".into()),
        client_id: Some("us".into()),
        client_secret: Some("0urs".into()),
        upstream_token: Some(UPSTREAM_TOKEN.into()),
        ..Config::default()
    }
}

async fn upstream() -> Recorder {
    Recorder::new(|_| Answer::json("[]")).await
}

/// All surfaces at work.
struct Running {
    addresses: Vec<(&'static str, std::net::SocketAddr)>,
    task: JoinHandle<capsmith::Result<()>>,
}

impl Running {
    async fn new(upstream: &Recorder) -> Self {
        Self::with(config(upstream)).await
    }

    async fn with(config: Config) -> Self {
        let client = Client::new(&config).unwrap();
        let server = bind(config, client).await.unwrap();
        let addresses = server.addresses().collect();
        Self { addresses, task: tokio::spawn(server.run_until(std::future::pending())) }
    }

    fn at(&self, namespace: &str) -> std::net::SocketAddr {
        self.addresses.iter().find(|(name, _)| *name == namespace).unwrap().1
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
