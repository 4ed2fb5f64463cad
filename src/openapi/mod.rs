//! APIs that OpenAPI documents describe: their tables, and calling them.
//!
//! Generated code holds data and one-line functions; what happens with them is here, once for all operations.

mod description;
#[cfg(feature = "__server")]
mod document;

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "__server")]
mod callers;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod constraints;
#[cfg(feature = "client")]
mod credential;
#[cfg(feature = "client")]
mod custom;
#[cfg(feature = "client")]
mod encode;
#[cfg(feature = "client")]
mod environment;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod escape;
#[cfg(feature = "client")]
mod events;
#[cfg(feature = "client")]
mod exchange;
#[cfg(feature = "client")]
mod header;
#[cfg(feature = "client")]
mod implement;
#[cfg(feature = "client")]
mod inputs;
#[cfg(feature = "client")]
pub(crate) mod joined;
#[cfg(feature = "client")]
mod lines;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "client")]
mod multipart;
#[cfg(feature = "client")]
mod next;
#[cfg(feature = "client")]
mod pages;
#[cfg(feature = "client")]
mod path;
#[cfg(feature = "client")]
mod plain;
#[cfg(feature = "client")]
mod security;
#[cfg(feature = "client")]
mod select;
#[cfg(feature = "__server")]
pub(crate) mod serve;
#[cfg(feature = "rest")]
mod server;
#[cfg(feature = "client")]
mod server_url;
#[cfg(feature = "client")]
mod style;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "client")]
mod upload;

#[cfg(all(test, feature = "client"))]
mod tests;

pub use description::{
    Api, Body, Case, Location, MediaKind, Operation, Pagination, Parameter, Part, Requirement, SecurityKind,
    SecurityScheme, Server, Status, Style,
};

#[cfg(feature = "__server")]
pub(crate) use crate::server::authentication::Acceptance;
#[cfg(feature = "__server")]
pub use crate::server::authentication::{Verifier, kinds};
#[cfg(feature = "client")]
pub use answer::{Answer, Answered, Received};
#[cfg(feature = "client")]
pub use builder::ApiValues;
#[cfg(feature = "client")]
pub use call::Calling;
#[cfg(feature = "client")]
pub use client::{ApiClient, ApiRequest};
#[cfg(feature = "client")]
pub use credential::Credential;
#[cfg(feature = "client")]
pub use custom::Custom;
#[cfg(feature = "__server")]
pub use document::Document;
#[cfg(feature = "client")]
pub use error::{CallError, Failure, InputPlace, InputViolation, InvalidRequest, TokenError};
#[cfg(feature = "client")]
pub use events::{Event, Events};
#[cfg(feature = "client")]
pub use inputs::{Inputs, IntoItems, Operate, Paginate, PartValue, Parts, Payload};
#[cfg(feature = "client")]
pub use lines::Lines;
#[cfg(feature = "mcp")]
pub use mcp::{api_mcp_router, api_serve_stdio};
#[cfg(feature = "mock")]
pub use mock::{BlankInputs, Mock, mock_router, sample_inputs};
#[cfg(feature = "client")]
pub use pages::{Items, Pages};
#[cfg(feature = "client")]
pub(crate) use path::path_of;
#[cfg(feature = "__server")]
pub use serve::{
    Accept, AcceptParts, Blank, Forwarder, Handler, Incoming, PartPlace, Place, Refusal, Respond, Serve, Success,
    Written, blank_inputs, handle,
};
#[cfg(feature = "rest")]
pub use server::api_router;
#[cfg(feature = "client")]
pub use server_url::server_url;
#[cfg(feature = "__server")]
pub(crate) use token::client_login;
#[cfg(feature = "client")]
pub(crate) use token::{Endpoint, Tokens};
#[cfg(feature = "client")]
pub use upload::Upload;
