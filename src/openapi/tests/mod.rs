//! The client of OpenAPI documents as generated code uses it, over real sockets.

mod answers;
mod bodies;
mod constraints;
mod expansion;
mod headers;
mod limits;
mod pages;
mod recorder;
mod redirects;
mod security;
#[cfg(feature = "rest")]
mod server;
mod streams;
mod styles;
pub(super) mod tracker;

use recorder::Recorder;
use serde_json::{Value, json};

use crate::types::Typed;
use crate::{BaseUrl, Settings};

use super::builder::ApiValues;
use super::client::ApiClient;
use super::credential::Credential;
use super::description::{Api, Operation, Parameter, Server};
use super::inputs::Inputs;
use crate::__private::ApiClientBuilder;

/// A client of `recorder` for one operation with these parameters, made for one test.
fn client_of(recorder: &Recorder, operation: Operation, parameters: Vec<Parameter>) -> ApiClient {
    let api = Api {
        name: "probe",
        title: "",
        description: "",
        version: "",
        servers: &[Server { url: "", variable: "PROBE_BASE_URL" }],
        security_schemes: &[],
        requirements: &[],
        parameters: parameters.leak(),
        bodies: &[],
        cases: &[],
        operations: vec![operation].leak(),
    };
    let values = ApiValues {
        base_urls: vec![BaseUrl::new(recorder.url.as_str())],
        credentials: Vec::new(),
        settings: Settings::default(),
    };
    ApiClientBuilder::new(Box::leak(Box::new(api)), values).build().unwrap()
}

/// Inputs by number.
struct Probe(Vec<Box<dyn Typed + Send>>);

impl Inputs for Probe {
    fn field(&self, index: usize) -> &dyn Typed {
        &*self.0[index]
    }
}

/// An object of two properties.
fn colour() -> Value {
    json!({"R": 100, "G": 200})
}

fn settings() -> Settings {
    Settings::default()
}

/// A client of the sample with these credentials.
fn client_with(recorder: &Recorder, credentials: Vec<Option<Credential>>, settings: Settings) -> ApiClient {
    client_of_url(&recorder.url, credentials, settings)
}

fn client_of_url(url: &str, credentials: Vec<Option<Credential>>, settings: Settings) -> ApiClient {
    let base_urls = vec![BaseUrl::new(url)];
    ApiClientBuilder::new(&tracker::API, ApiValues { base_urls, credentials, settings }).build().unwrap()
}

/// A client of the sample with all credentials.
fn client(recorder: &Recorder) -> ApiClient {
    let credentials = vec![
        Some("token".into()),
        None,
        Some("h".into()),
        Some("q".into()),
        None,
        Some(Credential::client("id", "secret")),
    ];
    client_with(recorder, credentials, settings())
}
