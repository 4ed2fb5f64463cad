//! Answering for an API by its document alone.
//!
//! # Data
//!
//! Answers are made from the schemas of the document: examples and defaults first, then what types, formats and
//! constraints allow. They are the same every time.
//!
//! # State
//!
//! A path that ends in a variable (`/backups/{id}`) names an item of the collection at the path before it (`/backups`).
//! `POST` to the collection makes an item, `GET` lists them; `GET`, `PUT`, `PATCH` (as a merge patch) and `DELETE` on the
//! item do what they say. Collections below an item are its own. The property that holds an item's key is the one that is
//! called as the variable, or `id`, `name` and the like.
//!
//! As long as nobody writes a collection, it shows the document's example, and every key has an item, so that a client can
//! read before it writes. From the first write on it has what it showed and what was written, and other keys are answered
//! with 404. A `PUT` to such a key makes an item where the document lists 201.
//!
//! A mock keeps at most 1,000 collections of at most 1,000 items; the oldest go first. Nothing outlives it.

mod answer;
mod body;
mod collection;
mod contents;
mod data;
mod envelope;
mod failure;
mod given;
mod inputs;
mod kind;
mod names;
mod paging;
mod patch;
mod resources;
mod schemas;
mod security;
mod store;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, OnceLock};

use http::header::{ACCEPT, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};

pub use inputs::sample_inputs;

use collection::Outcome;
use given::Given;
use kind::Kind;
use resources::Resources;
use schemas::Schemas;
use store::Store;

use super::serve::{Accept, Incoming, Serve, best};
use super::{Api, Case, Document, Operation, Status, api_router};
use crate::server::{Dispatched, RawReply, no_such_operation};
use crate::{Context, Problem, Settings};

/// Makes blank inputs of an operation by its index.
pub type BlankInputs = fn(usize) -> Option<Box<dyn Accept>>;

/// The operations of an API as routes that answer by its document alone, with a state of their own.
pub fn mock_router(api: &'static Api, document: &'static Document, inputs: BlankInputs) -> axum::Router {
    api_router(api, document, Arc::new(Mock::new(api, document, inputs)), None, &Settings::default())
}

/// A server that answers for an API by its document alone.
pub struct Mock {
    api: &'static Api,
    schemas: Schemas,
    inputs: BlankInputs,
    resources: Resources,
    kinds: Box<[OnceLock<Option<Kind>>]>,
    store: Mutex<Store>,
}

impl Mock {
    /// A mock that keeps nothing yet.
    #[must_use]
    pub fn new(api: &'static Api, document: &'static Document, inputs: BlankInputs) -> Self {
        let resources = Resources::new(api);
        let kinds = (0..resources.len()).map(|_| OnceLock::new()).collect();
        Self { api, schemas: Schemas::new(document), inputs, resources, kinds, store: Mutex::default() }
    }

    /// Answers a request whose inputs were read.
    fn reply(
        &self,
        index: usize,
        operation: &'static Operation,
        inputs: Result<Given, Problem>,
        headers: &HeaderMap,
    ) -> Result<RawReply, Problem> {
        let given = match inputs {
            Ok(given) => given,
            Err(problem) => return self.refuse(index, operation, problem, HeaderMap::new()),
        };
        let outcome = self.act(index, operation, &given);
        if let Outcome::Missing = outcome {
            let problem = Problem::new(StatusCode::NOT_FOUND).with_detail("There is no such item.");
            return self.refuse(index, operation, problem, HeaderMap::new());
        }
        let case = self.case(operation, &outcome, headers.get(ACCEPT));
        Ok(self.answer(index, operation, &given, &outcome, case))
    }

    fn unauthorized(&self, index: usize, operation: &'static Operation) -> Result<RawReply, Problem> {
        let mut problem = Problem::new(StatusCode::UNAUTHORIZED)
            .with_detail("The request has none of the credentials that the operation demands.");
        let mut headers = HeaderMap::new();
        if let Some(challenge) = security::challenge(self.api, operation) {
            problem = problem.with_header(WWW_AUTHENTICATE, challenge.clone());
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        self.refuse(index, operation, problem, headers)
    }

    /// The answer of the status that the document gives first (201 for what is new and for nothing else that is kept), in
    /// the media type that the caller likes best.
    fn case(
        &self,
        operation: &'static Operation,
        outcome: &Outcome,
        accept: Option<&HeaderValue>,
    ) -> Option<&'static Case> {
        let is_unfit = |case: &&Case| match outcome {
            Outcome::Item { is_new, .. } => (case.status == Status::Code(201)) != *is_new,
            _ => false,
        };
        let status = self.cases(operation.answers).min_by_key(is_unfit)?.status;
        best(self.cases(operation.answers).filter(|case| case.status == status), accept)
    }
}

impl Serve for Mock {
    fn serve(&self, operation: usize, incoming: Incoming, context: Context) -> Dispatched {
        let (Some(described), Some(mut inputs)) = (self.api.operations.get(operation), (self.inputs)(operation)) else {
            return no_such_operation();
        };
        // A tool is called with the credentials of whoever serves it.
        let is_met =
            incoming.query().is_none_or(|query| security::is_met(self.api, described, context.headers(), query));
        if !is_met {
            return Box::pin(ready(self.unauthorized(operation, described)));
        }
        let given = incoming.fill(&mut *inputs).map(|()| Given::new(described, &mut *inputs));
        Box::pin(ready(self.reply(operation, described, given, context.headers())))
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mock").field("api", &self.api.name).finish_non_exhaustive()
    }
}
