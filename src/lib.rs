//! Runtime of capability files that were compiled to Rust.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod arguments;
#[cfg(feature = "client")]
mod client;
mod config;
pub mod description;
mod error;
mod json;
#[cfg(feature = "macros")]
mod macros;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "rest")]
mod rest;
#[cfg(feature = "__server")]
mod server;
#[doc(hidden)]
pub mod types;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

#[cfg(feature = "__server")]
pub use axum;
#[cfg(feature = "client")]
pub use reqwest;
pub use http;
pub use secrecy::{ExposeSecret, SecretString};
pub use serde_json::Value;

pub use arguments::{ArgumentError, OperationInputs};
#[cfg(feature = "client")]
pub use client::{
    ClientError, DecodeError, HookError, RequestHook, RequestOptions, Response, Sending, StatusError, TransportError,
};
pub use config::{
    BaseUrl, ConfigError, ConfigProblem, InvalidListenAddress, ListenAddress, Retries, Settings, UnknownQuery,
};
pub use description::Capability;
pub use error::{Error, Result};
pub use json::Json;
#[cfg(feature = "__server")]
pub use server::{Context, Forward, Problem, Reply, Server, ServerError};
