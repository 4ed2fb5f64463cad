//! What surfaces share, and the server that listens for them.

mod action;
mod allowed;
pub(crate) mod authentication;
#[cfg(feature = "rest")]
pub(crate) mod binary;
mod bind;
mod body;
mod caller;
#[cfg(any(feature = "rest", feature = "mcp"))]
mod collect;
mod connections;
mod context;
mod cors;
mod dispatch;
mod error;
#[cfg(any(feature = "skill", feature = "mcp"))]
mod folder;
mod forward;
mod headers;
mod health;
mod limits;
mod media_type;
mod problem;
mod reply;
mod request_log;
pub(crate) mod rules;
mod run;
mod serve;
mod transport;

pub use bind::{Server, bind};
pub use context::Context;
#[cfg(feature = "mcp")]
pub use dispatch::{Completed, Prompted};
pub use dispatch::{Dispatch, Dispatched, Scripted, no_such_operation, no_such_script};
pub use error::ServerError;
pub use forward::Forward;
pub use problem::Problem;
pub use reply::{RawReply, Reply};
pub use serve::serve_router;

pub(crate) use action::Action;
#[cfg(feature = "mcp")]
pub(crate) use action::Failure;
pub(crate) use body::broken_off;
#[cfg(all(feature = "control", feature = "telemetry"))]
pub(crate) use body::too_late;
#[cfg(any(feature = "rest", feature = "mcp"))]
pub(crate) use collect::collect;
#[cfg(feature = "rest")]
pub(crate) use collect::{check_encoding, check_length};
pub(crate) use dispatch::guarded;
pub(crate) use dispatch::invoke;
#[cfg(any(feature = "skill", feature = "mcp"))]
pub(crate) use folder::{FileEntry, Folder, FolderError};
pub(crate) use headers::forward_headers;
#[cfg(feature = "rest")]
pub(crate) use headers::of_connection;
pub(crate) use headers::retain_end_to_end;
#[cfg(any(feature = "control", feature = "mcp"))]
pub(crate) use health::Draining;
#[cfg(feature = "control")]
pub(crate) use health::{LIVE, READY};
pub(crate) use media_type::is_json;
#[cfg(any(feature = "skill", feature = "mcp"))]
pub(crate) use media_type::media_type_of;
pub(crate) use reply::RawBody;
#[cfg(feature = "mcp")]
pub(crate) use reply::Unreadable;
#[cfg(feature = "rest")]
pub(crate) use reply::UpstreamBody;
pub(crate) use run::stopped;
