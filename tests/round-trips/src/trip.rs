//! Round trips of the operations of one document.

use axum::Router;
use capsmith::openapi::{Accept, Answered as Typed, Api, CallError, Document, Operate, Refusal, Success};
use capsmith::{ClientError, ConfigError, Response, Sending};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::exchange::{Answered, Exchange, listen};

/// A request, with the index of its operation.
pub(crate) type Call = (usize, Box<dyn Fn() -> Sending<Response> + Send>);

pub(crate) fn call(operation: usize, send: impl Fn() -> Sending<Response> + Send + 'static) -> Call {
    (operation, Box::new(send))
}

/// What a document needs for its round trips.
#[derive(Clone, Copy)]
pub struct Trips {
    pub(crate) api: &'static Api,
    pub(crate) mock: fn() -> Router,
    pub(crate) proxy: fn(&str) -> Result<Router, ConfigError>,
    pub(crate) calls: fn(&str) -> Result<Vec<Call>, ConfigError>,
}

/// What came of the round trips of a document.
#[derive(Debug)]
pub struct Outcome {
    /// The name of the module.
    pub document: &'static str,
    /// How many operations were called.
    pub called: usize,
    /// What went wrong, by operation.
    pub faults: Vec<String>,
}

impl Trips {
    /// The name of the document's module.
    #[must_use]
    pub const fn document(self) -> &'static str {
        self.api.name
    }

    /// The mock of the document.
    #[must_use]
    pub fn mock(self) -> Router {
        (self.mock)()
    }

    /// Calls every operation once, each with a mock of its own.
    ///
    /// # Panics
    ///
    /// Where no server can be started.
    pub async fn run(self) -> Outcome {
        let exchange = Exchange::new().await.expect("a server");
        let proxy = (self.proxy)(&exchange.url).expect("a client of the mock");
        let address = listen(proxy).await.expect("a server");
        let calls = (self.calls)(&format!("http://{address}")).expect("a client of the server");
        let mut outcome = Outcome { document: self.api.name, called: calls.len(), faults: Vec::new() };
        for (index, call) in calls {
            exchange.renew((self.mock)());
            let received = match call().await {
                Ok(response) => read(response).await,
                Err(error) => Err(error),
            };
            if let Err(fault) = compare(received, exchange.last()) {
                let name = self.api.operations.get(index).map_or("", |operation| operation.name);
                outcome.faults.push(format!("{name}: {fault}"));
            }
        }
        outcome
    }
}

async fn read(response: Response) -> Result<Answered, ClientError> {
    let (status, headers) = (response.status(), response.headers().clone());
    Ok(Answered { status, headers, body: response.bytes().await? })
}

/// What is wrong with what was received.
fn compare(received: Result<Answered, ClientError>, sent: Option<Answered>) -> Result<(), String> {
    let received = received.map_err(|error| format!("the call failed: {error:?}"))?;
    let text = |answered: &Answered| String::from_utf8_lossy(&answered.body).into_owned();
    let Some(sent) = sent else {
        return Err(format!("the mock was not asked: {} {}", received.status, text(&received)));
    };
    if !sent.status.is_success() && !sent.status.is_redirection() {
        return Err(format!("the mock refused: {} {}", sent.status, text(&sent)));
    }
    let different =
        |what: &str, sent: String, received: String| Err(format!("{what}: sent {sent}, received {received}"));
    if sent.status != received.status {
        return different("status", sent.status.to_string(), received.status.to_string());
    }
    if kind(&sent.headers) != kind(&received.headers) {
        return different("media type", format!("{:?}", kind(&sent.headers)), format!("{:?}", kind(&received.headers)));
    }
    match (serde_json::from_slice(&sent.body), serde_json::from_slice(&received.body)) {
        (Ok(sent), Ok(received)) => difference("", Some(&sent), Some(&received)).map_or(Ok(()), Err),
        _ if sent.body == received.body => Ok(()),
        _ => different("body", text(&sent), text(&received)),
    }
}

/// The media type without its parameters.
fn kind(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').next()
}

/// The first place at which two JSON values differ. 1 and 1.0 are one number.
fn difference(pointer: &str, sent: Option<&Value>, received: Option<&Value>) -> Option<String> {
    match (sent, received) {
        (Some(Value::Array(left)), Some(Value::Array(right))) => (0..left.len().max(right.len()))
            .find_map(|index| difference(&format!("{pointer}/{index}"), left.get(index), right.get(index))),
        (Some(Value::Object(left)), Some(Value::Object(right))) => left
            .keys()
            .chain(right.keys())
            .find_map(|name| difference(&format!("{pointer}/{name}"), left.get(name), right.get(name))),
        (Some(Value::Number(left)), Some(Value::Number(right))) if left.as_f64() == right.as_f64() => None,
        (left, right) if left == right => None,
        (left, right) => {
            let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            Some(format!("{pointer}: sent {}, received {}", text(left), text(right)))
        }
    }
}

/// An answer of the mock as the answer of a handler.
pub(crate) fn pass<A, F>(answer: Result<Typed<A>, CallError<F>>) -> Result<Success<A>, Refusal<F>> {
    let answered = answer?;
    let status = answered.status;
    Ok(Success::new(answered.into_value()).with_status(status))
}

/// Inputs of an operation that its document allows.
pub(crate) fn sample<O: Accept + Operate>(document: &'static Document, index: usize) -> O {
    let mut inputs = O::blank();
    capsmith::__private::sample_inputs(document, index, &mut inputs).expect("values that fit");
    inputs
}
