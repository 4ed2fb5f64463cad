//! Questions to a client that cannot be asked while it waits: the call ends with what is missing, and is made again with it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::ErrorData;
use rmcp::model::{ClientCapabilities, InputRequest, InputRequests, InputRequiredResult, InputResponses, JsonObject};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Notify;

use super::RequestStates;
use crate::Value;

/// How a handler's work came to an end.
pub(crate) enum Outcome<T> {
    Done(T),
    /// The client is asked first, or is told what it lacks for that.
    Asked(Result<InputRequiredResult, ErrorData>),
    Cancelled,
}

/// The answers that a client has given, and what it has to be asked beside.
pub(crate) struct Rounds {
    states: Arc<RequestStates>,
    bound: Bound,
    /// What this request brings, and what earlier ones brought.
    answers: BTreeMap<String, Value>,
    asked: Mutex<Asked>,
    interrupt: Notify,
}

/// What a `requestState` belongs to, so that it is good for nothing else: the request but for what it brings, and who makes it.
#[derive(Serialize)]
pub(crate) struct Bound {
    pub(crate) method: &'static str,
    pub(crate) name: String,
    pub(crate) arguments: Option<JsonObject>,
    pub(crate) caller: Option<Value>,
}

#[derive(Default)]
struct Asked {
    /// The answers that the handler has taken.
    taken: BTreeMap<String, Value>,
    missing: InputRequests,
    lacking: Option<ClientCapabilities>,
}

impl Rounds {
    /// The answers of a request.
    ///
    /// # Errors
    ///
    /// Where the state that it brings along is not one that was given to it.
    pub(crate) fn new(
        states: Arc<RequestStates>,
        bound: Bound,
        responses: Option<InputResponses>,
        state: Option<&str>,
    ) -> Result<Self, ErrorData> {
        let mut answers = match state {
            Some(state) => states.open(state, &bound)?,
            None => BTreeMap::new(),
        };
        answers.extend(responses.unwrap_or_default());
        Ok(Self { states, bound, answers, asked: Mutex::default(), interrupt: Notify::new() })
    }

    /// The client's answer to a question. Where it has given none, or none that can be read, this never ends: the call does.
    pub(super) async fn answer<T: DeserializeOwned>(&self, key: &str, question: InputRequest) -> T {
        if let Some(answer) = self.answers.get(key)
            && let Ok(read) = serde_json::from_value(answer.clone())
        {
            self.change(|asked| asked.taken.insert(key.to_owned(), answer.clone()));
            return read;
        }
        self.change(|asked| asked.missing.insert(key.to_owned(), question));
        self.interrupt.notify_one();
        std::future::pending().await
    }

    /// Ends the call because the client has not said that it can be asked. This never ends.
    pub(super) async fn lack<T>(&self, lacking: ClientCapabilities) -> T {
        self.change(|asked| asked.lacking = Some(lacking));
        self.interrupt.notify_one();
        std::future::pending().await
    }

    pub(super) async fn interrupted(&self) {
        self.interrupt.notified().await;
    }

    pub(super) fn outcome<T>(&self) -> Outcome<T> {
        let Asked { taken, missing, lacking } = self.change(std::mem::take);
        Outcome::Asked(match lacking {
            Some(lacking) => Err(ErrorData::missing_required_client_capability(lacking)),
            None => {
                self.states.seal(&taken, &self.bound).map(|state| InputRequiredResult::new(Some(missing), Some(state)))
            }
        })
    }

    fn change<R>(&self, change: impl FnOnce(&mut Asked) -> R) -> R {
        change(&mut self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
