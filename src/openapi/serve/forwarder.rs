use std::fmt;

use super::incoming::Incoming;
use crate::Value;
use crate::openapi::{Accept, ApiClient, Serve};
use crate::server::{Context, Dispatched, Reply, no_such_operation};

/// Answers operations by asking the upstream that a client speaks to.
///
/// Inputs are checked before they are sent on, and answers are passed on as they arrive, whatever their status.
pub struct Forwarder {
    client: ApiClient,
    inputs: fn(usize) -> Option<Box<dyn Accept>>,
}

impl Forwarder {
    /// `inputs` gives blank inputs for the index of an operation.
    #[must_use]
    pub fn new(client: ApiClient, inputs: fn(usize) -> Option<Box<dyn Accept>>) -> Self {
        Self { client, inputs }
    }
}

impl Serve for Forwarder {
    fn serve(&self, operation: usize, incoming: Incoming, context: Context) -> Dispatched {
        let Some(mut inputs) = (self.inputs)(operation) else { return no_such_operation() };
        let query = match incoming.fill_and_keep(&mut *inputs) {
            Ok(query) => query,
            Err(problem) => return Box::pin(std::future::ready(Err(problem))),
        };
        let mut options = context.into_options();
        options.append_query(&query);
        match self.client.forward(operation, &mut *inputs, options) {
            Some(sending) => Box::pin(async move { Reply::<Value>::from(sending.await?).into_raw() }),
            None => no_such_operation(),
        }
    }

    fn forwards(&self) -> bool {
        true
    }
}

impl fmt::Debug for Forwarder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Forwarder").field("client", &self.client).finish_non_exhaustive()
    }
}
