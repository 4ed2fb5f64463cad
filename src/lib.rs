//! Naftiko capability files and OpenAPI documents, compiled to typed clients, axum routers and MCP servers.
//!
//! `include_capability!` and `include_openapi!` turn a file into a module; a build script can do the same with
//! the crate `capsmith-codegen`. This crate is what the module stands on.
//!
#![cfg_attr(all(feature = "macros", feature = "mcp"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "macros", feature = "mcp")), doc = "```ignore")]
//! capsmith::include_capability!("platform-backups.yaml");
//!
//! #[tokio::main]
//! async fn main() -> capsmith::Result<()> {
//!     platform_backups::serve(platform_backups::Config::from_env()?).await
//! }
//! ```
//!
//! # What the module of a capability has
//!
//! | Item | What it is |
//! |---|---|
//! | `CAPABILITY` | The file as data: a [`Capability`]. |
//! | `Config` | Base URLs, listen addresses, secrets and [`Settings`]; `Config::from_env` reads the environment. |
//! | `Client` | One method an operation, each a request that is sent when it is awaited. |
//! | `Handlers` | What answers the operations: a trait whose methods call the upstream unless they are overridden. |
//! | `rest::router`, `mcp::router`, `skill::router` | A surface as an axum router, to be mounted anywhere. |
//! | `serve`, `serve_with`, `bind` | All surfaces at their addresses, with health routes, logging and an orderly end. |
//!
//! # What the module of an OpenAPI document has
//!
//! | Item | What it is |
//! |---|---|
//! | `API` | The document as data: an [`Api`](openapi::Api). |
//! | `Config` | Base URL, credentials and [`Settings`]; `Config::from_env` reads the environment. |
//! | `Client` | One method an operation, each a request that is sent when it is awaited. |
//! | `types` | A struct, enum or alias for each schema that an operation reaches. |
//! | `mcp::router`, `mcp::serve`, `mcp::serve_stdio` | The operations as MCP tools, answered by a client's upstream. |
//! | `operations`, `bodies`, `responses`, `errors`, `servers` | What calls take, send and give back where that is no type of the document, and its base URLs. |
//!
//! # Features
//!
//! All but `formats`, `mock`, `opentelemetry`, `telemetry` and `tls` are enabled by default.
//!
//! - `macros`: `include_capability!` and `include_openapi!`.
//! - `client`: `Client`, on [reqwest](https://docs.rs/reqwest) and rustls. The process's default cryptography provider
//!   is used, or *ring* where none is installed.
//! - `rest`: REST surfaces, on [axum](https://docs.rs/axum).
//! - `mcp`: MCP surfaces, on [rmcp](https://docs.rs/rmcp).
//! - `control`: control surfaces, with health, status and metrics in the text format of Prometheus.
//! - `skill`: catalogues of agent skills, with [zip](https://docs.rs/zip) for downloads.
//! - `telemetry`: a log whose level control surfaces can change, and which they can show (`capsmith::telemetry`), on
//!   [tracing-subscriber](https://docs.rs/tracing-subscriber).
//! - `opentelemetry`: traces that continue those of callers and go on at upstreams, and metrics, sent by OTLP, on
//!   [opentelemetry](https://docs.rs/opentelemetry). `telemetry` is a part of it.
//! - `mock`: servers that answer for an OpenAPI document by themselves.
//! - `tls`: servers over TLS ([`Settings::tls`]), by [tokio-rustls](https://docs.rs/tokio-rustls), with HTTP/1.1 and HTTP/2.
//! - `formats`: answers of upstreams that are not JSON, as JSON ([`formats`]). Each format has a feature of its own, too:
//!   `format-avro`, `format-csv`, `format-html`, `format-markdown`, `format-protobuf`, `format-xml`, `format-yaml`.
//! - `patterns`: the constraint `pattern` of OpenAPI documents is checked, by [regress](https://docs.rs/regress), which
//!   knows the regular expressions of ECMA-262.
//! - `yaml`: files of binds may be YAML, read by [saphyr-parser](https://docs.rs/saphyr-parser). JSON needs no feature.
//!
//! Without a feature the items that need it are absent from generated modules, and `serve` leaves such surfaces out.
//!
//! # Security
//!
//! A server uses the upstream with the credentials of its configuration, for everyone who can reach it and proves what the
//! file demands of callers (`authentication` of what is exposed), which may be nothing. It therefore listens on loopback addresses alone unless [`Settings::allow_remote`] is set, and an MCP surface checks `Host` and
//! `Origin`. Credentials of the caller never reach the upstream; those for the upstream show in no log, error or
//! `Debug` form. No redirect and no link to a further page takes them to another host.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod arguments;
#[cfg(feature = "client")]
mod client;
mod config;
#[cfg(feature = "control")]
mod control;
pub mod description;
#[cfg(feature = "client")]
mod digest;
#[cfg(feature = "rest")]
mod documentation;
mod error;
pub mod formats;
mod json;
pub mod jsonpath;
#[cfg(feature = "macros")]
mod macros;
#[cfg(feature = "mcp")]
pub mod mcp;
#[cfg(feature = "mcp")]
mod near;
#[cfg(feature = "client")]
mod oauth2;
pub mod openapi;
#[cfg(feature = "rest")]
mod rest;
#[cfg(feature = "__server")]
mod server;
#[cfg(feature = "skill")]
mod skill;
#[cfg(feature = "client")]
mod spans;
#[cfg(feature = "telemetry")]
pub mod telemetry;
#[cfg(all(feature = "client", not(feature = "telemetry")))]
mod telemetry;
#[cfg(all(test, feature = "rest", feature = "mcp"))]
mod tests;
pub mod types;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

#[cfg(feature = "__server")]
pub use axum;
pub use http;
#[cfg(feature = "client")]
pub use reqwest;
pub use secrecy::{ExposeSecret, SecretString};
pub use serde_json::Value;

pub use arguments::{ArgumentError, OperationInputs};
#[cfg(feature = "client")]
pub use client::{
    Chunks, ClientError, DecodeError, HookError, RequestHook, RequestOptions, Response, Sending, StatusError,
    TransportError, http_client_builder,
};
pub use config::{
    BaseUrl, Breaker, ConfigError, ConfigProblem, Cors, InvalidListenAddress, ListenAddress, Rate, RequestStateKey,
    Retries, Settings, Tls, ToolList, UnknownQuery,
};
pub use description::Capability;
pub use error::{Error, Result};
pub use json::Json;
#[cfg(feature = "__server")]
pub use server::{Context, Forward, Problem, Reply, Server, ServerError};
