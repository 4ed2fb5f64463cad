//! The capability of `pilots.yaml`, served on free ports with methods in the place of its scripts.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use capsmith::{Context, ListenAddress, Problem, Value};
use capsmith_tests::upstream::{Answer, Upstream};
use http::StatusCode;
use serde_json::json;
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/pilots.yaml", name = pilots);

use pilots::{Client, Config, Handlers, bind, scripts};

/// The program's part of the capability.
struct Pilotage {
    client: Client,
    /// What the scripts were given, in the form of `Debug`.
    given: Arc<Mutex<Vec<String>>>,
}

impl Pilotage {
    fn note(&self, inputs: &impl std::fmt::Debug) {
        self.given.lock().expect("whole notes").push(format!("{inputs:?}"));
    }
}

impl Handlers for Pilotage {
    fn client(&self) -> &Client {
        &self.client
    }

    async fn choose(&self, inputs: scripts::Choose, context: Context) -> Result<Value, Problem> {
        self.note(&inputs);
        let pilots: Vec<Value> = inputs.pilots.deserialize().map_err(|_| Problem::new(StatusCode::BAD_GATEWAY))?;
        let pilot = pilots.iter().find(|pilot| pilot["depth"].as_f64() >= inputs.depth).map(|pilot| &pilot["name"]);
        assert!(context.surface().is_some());
        Ok(json!({ "pilot": pilot, "count": inputs.most }))
    }

    async fn check(&self, inputs: scripts::Check, _: Context) -> Result<Value, Problem> {
        self.note(&inputs);
        let ship: Value = inputs.ship.deserialize().map_err(|_| Problem::new(StatusCode::BAD_GATEWAY))?;
        if ship["draught"].as_f64() > Some(9.0) {
            return Err(Problem::new(StatusCode::CONFLICT).with_detail("The ship lies too deep."));
        }
        Ok(json!({ "imo": inputs.imo, "ship": ship["name"] }))
    }

    async fn fee(&self, inputs: scripts::Fee, _: Context) -> Result<Value, Problem> {
        self.note(&inputs);
        match inputs.imo.as_str() {
            "0" => panic!("nobody has thought of this ship"),
            _ => Ok(json!({ "amount": inputs.days.unwrap_or(1) * 100 })),
        }
    }

    async fn get_fee_fee(&self, inputs: scripts::GetFeeFee, _: Context) -> Result<Value, Problem> {
        self.note(&inputs);
        Ok(json!({ "amount": "free" }))
    }

    async fn describe(&self, inputs: scripts::Describe, _: Context) -> Result<Value, Problem> {
        self.note(&inputs);
        Ok(json!([inputs.fee, inputs.imo]))
    }
}

/// The capability at work, in front of the harbour. It stops when the value is dropped.
pub(crate) struct Pilots {
    pub(crate) rest: SocketAddr,
    pub(crate) mcp: SocketAddr,
    pub(crate) control: SocketAddr,
    pub(crate) harbour: Upstream,
    given: Arc<Mutex<Vec<String>>>,
    task: AbortHandle,
}

impl Pilots {
    pub(crate) async fn open() -> Self {
        let harbour = Upstream::start().await;
        harbour.answer_to("/base/ships/5", Answer::json(200, r#"{"name": "Astrid", "draught": 7.5}"#));
        harbour.answer_to("/base/ships/6", Answer::json(200, r#"{"draught": 9.5}"#));
        let free = || ListenAddress::new("127.0.0.1", 0);
        let config = Config {
            harbour_base_url: harbour.base_url().into(),
            pilots_rest_addr: free(),
            pilots_tools_addr: free(),
            control_addr: free(),
            tide: Some("high".into()),
            ..Config::default()
        };
        let client = Client::new(&config).expect("a client");
        let given: Arc<Mutex<Vec<String>>> = Arc::default();
        let handlers = Pilotage { client, given: Arc::clone(&given) };
        let server = bind(config, handlers).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp, control) = (address("pilots-rest"), address("pilots-tools"), address("control"));
        Self { rest, mcp, control, harbour, given, task: tokio::spawn(server.run()).abort_handle() }
    }

    /// What the only script that ran was given.
    pub(crate) fn only_given(&self) -> String {
        let given = self.given.lock().expect("whole notes");
        assert_eq!(given.len(), 1, "{given:?}");
        given[0].clone()
    }
}

impl Drop for Pilots {
    fn drop(&mut self) {
        self.task.abort();
    }
}
