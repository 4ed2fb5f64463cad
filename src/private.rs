//! What generated code names. Nothing here is for anyone else, and all of it may change in any release.

pub use crate::arguments::{Argument, ArgumentError, Arguments, FromArgument, IntoArgument, TypedArgument};
#[cfg(feature = "client")]
pub use crate::client::Client;
pub use crate::config::{BindFile, Environment, Values};
#[cfg(all(feature = "control", feature = "mcp"))]
pub use crate::control::ToolMeter;
#[cfg(feature = "mcp")]
pub use crate::mcp::{mcp_router, serve_stdio};
#[cfg(feature = "rest")]
pub use crate::openapi::api_router;
#[cfg(feature = "client")]
pub use crate::openapi::{ApiClient, ApiRequest, ApiValues, IntoItems, server_url};
#[cfg(feature = "__server")]
pub use crate::openapi::{Forwarder, Incoming, Serve, blank_inputs, handle};
#[cfg(feature = "mcp")]
pub use crate::openapi::{api_mcp_router, api_serve_stdio};
#[cfg(feature = "mock")]
pub use crate::openapi::{mock_router, sample_inputs};
#[cfg(feature = "rest")]
pub use crate::rest::{rest_documentation, rest_router};
#[cfg(feature = "__server")]
pub use crate::server::authentication::Acceptance;
#[cfg(feature = "__server")]
pub use crate::server::serve_router;
#[cfg(feature = "mcp")]
pub use crate::server::{Completed, Prompted};
#[cfg(feature = "__server")]
pub use crate::server::{Dispatch, Dispatched, RawReply, Scripted, bind, no_such_operation, no_such_script};
#[cfg(feature = "skill")]
pub use crate::skill::skill_router;
#[cfg(feature = "macros")]
pub use capsmith_macros::{include_capability, include_openapi};

/// Builds the client of a capability.
#[cfg(feature = "client")]
pub type ClientBuilder = crate::client::ClientBuilder<crate::Capability>;
/// Builds the client of an API.
#[cfg(feature = "client")]
pub type ApiClientBuilder = crate::client::ClientBuilder<crate::openapi::Api>;

#[cfg(feature = "__server")]
pub use crate::__implement_blank_inputs as implement_blank_inputs;
#[cfg(feature = "__server")]
pub use crate::__serve_handlers as serve_handlers;
#[cfg(feature = "client")]
pub use crate::{
    __implement_accepted_choice as implement_accepted_choice, __implement_accepted_inputs as implement_accepted_inputs,
    __implement_accepted_parts as implement_accepted_parts, __implement_answers as implement_answers,
    __implement_choice as implement_choice, __implement_inputs as implement_inputs,
    __implement_parts as implement_parts, __implement_responses as implement_responses,
};
pub use crate::{
    __need_format_avro as need_format_avro, __need_format_csv as need_format_csv,
    __need_format_html as need_format_html, __need_format_markdown as need_format_markdown,
    __need_format_protobuf as need_format_protobuf, __need_format_xml as need_format_xml,
    __need_format_yaml as need_format_yaml,
};
pub use crate::{
    __require_opentelemetry as require_opentelemetry, __require_patterns as require_patterns,
    __require_telemetry as require_telemetry, __require_yaml as require_yaml, __when_client as when_client,
    __when_mcp as when_mcp, __when_mock as when_mock, __when_rest as when_rest, __when_rest_text as when_rest_text,
    __when_server as when_server, __when_skill as when_skill,
};

/// Keeps the items with the feature `client`.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_client {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without the feature `client`.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_client {
    ($($items:tt)*) => {};
}

/// Keeps the items with a feature for surfaces.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_server {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without a feature for surfaces.
#[cfg(not(feature = "__server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_server {
    ($($items:tt)*) => {};
}

/// Keeps the items with the feature `rest`.
#[cfg(feature = "rest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_rest {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without the feature `rest`.
#[cfg(not(feature = "rest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_rest {
    ($($items:tt)*) => {};
}

/// Keeps a text with the feature `rest`.
#[cfg(feature = "rest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_rest_text {
    ($text:literal) => {
        $text
    };
}
/// Makes a text empty without the feature `rest`.
#[cfg(not(feature = "rest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_rest_text {
    ($text:literal) => {
        ""
    };
}

/// Keeps the items with the feature `mcp`.
#[cfg(feature = "mcp")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_mcp {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without the feature `mcp`.
#[cfg(not(feature = "mcp"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_mcp {
    ($($items:tt)*) => {};
}

/// Keeps the items with the feature `skill`.
#[cfg(feature = "skill")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_skill {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without the feature `skill`.
#[cfg(not(feature = "skill"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_skill {
    ($($items:tt)*) => {};
}

/// Keeps the items with the feature `mock`.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_mock {
    ($($items:tt)*) => { $($items)* };
}
/// Drops the items without the feature `mock`.
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __when_mock {
    ($($items:tt)*) => {};
}

/// The feature `patterns` is there.
#[cfg(feature = "patterns")]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_patterns {
    () => {};
}
/// Says which feature is missing.
#[cfg(not(feature = "patterns"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_patterns {
    () => {
        ::core::compile_error! { "the capability has patterns for inputs, for which the crate `capsmith` needs its feature `patterns`" }
    };
}

/// The feature `yaml` is there.
#[cfg(feature = "yaml")]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_yaml {
    () => {};
}
/// Says which feature is missing.
#[cfg(not(feature = "yaml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_yaml {
    () => {
        ::core::compile_error! { "the capability reads binds from a file of YAML, for which the crate `capsmith` needs its feature `yaml`" }
    };
}

/// The feature `telemetry` is there.
#[cfg(feature = "telemetry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_telemetry {
    () => {};
}
/// Says which feature is missing.
#[cfg(not(feature = "telemetry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_telemetry {
    () => {
        ::core::compile_error! { "the capability has a control surface with logs, for which the crate `capsmith` needs its feature `telemetry`" }
    };
}

/// The feature `opentelemetry` is there.
#[cfg(feature = "opentelemetry")]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_opentelemetry {
    () => {};
}
/// Says which feature is missing.
#[cfg(not(feature = "opentelemetry"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __require_opentelemetry {
    () => {
        ::core::compile_error! { "the capability has a control surface with traces, for which the crate `capsmith` needs its feature `opentelemetry`" }
    };
}
