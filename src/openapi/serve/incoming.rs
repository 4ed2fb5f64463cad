//! A call before its inputs have a type.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::accept::Accept;
#[cfg(feature = "mcp")]
use super::arguments::{self, JsonArguments};
use super::deliver::Delivery;
#[cfg(feature = "rest")]
use super::request::{self, Request};
use crate::arguments::ArgumentError;
use crate::openapi::constraints;
use crate::openapi::error::InputPlace;
use crate::openapi::{Api, Operation};
use crate::types::validate::{MOST_FAULTS, Side};
use crate::types::{ReadError, Typed, faults};
use crate::{Problem, description};

/// A request or the call of a tool before its inputs have a type.
///
/// Reading it finds everything that is wrong with it at once: what is missing, what is of another type, and what breaks a
/// constraint of the document. Each is an entry of the problem's `errors`, with the place of the input, its name and a JSON
/// pointer (RFC 6901) to what is meant in it.
pub struct Incoming {
    api: &'static Api,
    operation: &'static Operation,
    source: Source,
}

enum Source {
    #[cfg(feature = "mcp")]
    Json(JsonArguments),
    #[cfg(feature = "rest")]
    Request(Box<Request>),
}

impl Incoming {
    /// The call of an operation with JSON values for its inputs. `None` when there is no such operation.
    #[cfg(feature = "mcp")]
    pub(crate) fn from_json(api: &'static Api, operation: usize, arguments: JsonArguments) -> Option<Self> {
        let operation = api.operations.get(operation)?;
        Some(Self { api, operation, source: Source::Json(arguments) })
    }

    /// An HTTP request to an operation of an API.
    #[cfg(feature = "rest")]
    pub(crate) fn from_request(api: &'static Api, operation: &'static Operation, request: Box<Request>) -> Self {
        Self { api, operation, source: Source::Request(request) }
    }

    /// The inputs.
    ///
    /// # Errors
    ///
    /// When they cannot be taken: status 400, with all that is wrong in [`Problem::errors`].
    pub fn read<O: Accept>(self) -> Result<O, Problem> {
        let mut inputs = O::blank();
        self.fill(&mut inputs)?;
        Ok(inputs)
    }

    /// Fills blank inputs.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read). The inputs then hold what could be taken.
    pub fn fill(self, inputs: &mut dyn Accept) -> Result<(), Problem> {
        self.fill_and_keep(inputs).map(drop)
    }

    /// As [`fill`](Self::fill). Gives the undeclared pairs of the query that the settings pass on.
    pub(super) fn fill_and_keep(self, inputs: &mut dyn Accept) -> Result<String, Problem> {
        let Self { api, operation, source } = self;
        let mut faults = Faults::default();
        let forwarded = match source {
            #[cfg(feature = "mcp")]
            Source::Json(arguments) => {
                arguments::fill(api, operation, arguments, inputs, &mut faults);
                String::new()
            }
            #[cfg(feature = "rest")]
            Source::Request(request) => request::fill(api, operation, *request, inputs, &mut faults),
        };
        faults.check(api, operation, inputs);
        if faults.0.is_empty() { Ok(forwarded) } else { Err(Problem::invalid_inputs(faults.into_errors())) }
    }

    /// The query of an HTTP request; `None` for the call of a tool.
    #[cfg(feature = "mock")]
    #[cfg_attr(
        not(feature = "mcp"),
        expect(clippy::unnecessary_wraps, reason = "there are no tools without the feature")
    )]
    pub(crate) fn query(&self) -> Option<&str> {
        match &self.source {
            #[cfg(feature = "mcp")]
            Source::Json(_) => None,
            Source::Request(request) => Some(request.uri.query().unwrap_or_default()),
        }
    }

    pub(super) fn delivery(&self) -> Delivery {
        let accept = match &self.source {
            #[cfg(feature = "mcp")]
            Source::Json(_) => None,
            #[cfg(feature = "rest")]
            Source::Request(request) => request.accept.clone(),
        };
        Delivery { api: self.api, operation: self.operation, accept }
    }
}

/// Without the values of the inputs.
impl fmt::Debug for Incoming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Incoming").field("operation", &self.operation.name).finish_non_exhaustive()
    }
}

/// What is wrong with the inputs, in the order of the document.
#[derive(Default)]
pub(super) struct Faults(Vec<(Option<InputPlace>, ArgumentError)>);

impl Faults {
    /// Adds a fault of something that is no input.
    #[cfg(feature = "rest")]
    pub(super) fn unknown(&mut self, name: String, location: description::Location, detail: Cow<'static, str>) {
        self.push(None, ArgumentError::new(name, Some(location), detail));
    }

    /// Adds a fault at a place in an input.
    pub(super) fn at(&mut self, place: InputPlace, pointer: String, detail: impl Into<Cow<'static, str>>) {
        let (name, location) = match place {
            InputPlace::Parameter { name, location } => (name, location.into()),
            InputPlace::Body => ("body", description::Location::Body),
        };
        self.push(Some(place), ArgumentError::new(name, Some(location), detail).with_pointer(pointer));
    }

    /// Adds everything in a value that does not fit; `error` is what a reading that stops there has found.
    pub(super) fn all(
        &mut self,
        target: &mut dyn Typed,
        value: &Value,
        error: &ReadError,
        place: InputPlace,
        prefix: &str,
    ) {
        let mut found = faults(value, target);
        if found.is_empty() {
            found.push((error.pointer().to_owned(), error.reason().to_string()));
        }
        for (pointer, reason) in found {
            self.at(place, format!("{prefix}{pointer}"), said(reason));
        }
    }

    fn push(&mut self, place: Option<InputPlace>, error: ArgumentError) {
        if self.0.len() < MOST_FAULTS {
            self.0.push((place, error));
        }
    }

    /// Adds what breaks the constraints of the document, but for inputs that could not even be read.
    fn check(&mut self, api: &'static Api, operation: &'static Operation, inputs: &mut dyn Accept) {
        let read = self.0.len();
        for found in constraints::violations(api, operation, inputs, Side::Receiver) {
            if self.0.iter().take(read).all(|(place, _)| *place != Some(found.place)) {
                self.at(found.place, found.violation.pointer, found.violation.message);
            }
        }
    }

    fn into_errors(self) -> Vec<ArgumentError> {
        self.0.into_iter().map(|(_, error)| error).collect()
    }
}

/// What is wrong with an input that is not there.
pub(super) const REQUIRED: &str = "is required";

/// A reason as the end of a sentence that begins with the input.
pub(super) fn said(reason: String) -> String {
    let is_demand = reason.starts_with("is ") || reason.starts_with("must ");
    if is_demand { reason } else { unfit(&reason) }
}

/// What is wrong with an input of another type.
pub(super) fn unfit(reason: &impl fmt::Display) -> String {
    format!("does not fit: {reason}")
}
