//! Answering the operations of an API: from a request to typed inputs, and from a typed answer to a reply.
//!
//! [`Serve`] is the seam. In front of it stand the surfaces (HTTP, MCP), which make an [`Incoming`] of what they get;
//! behind it stands whatever answers: the handlers of a user, the upstream, a mock.

mod accept;
#[cfg(feature = "mcp")]
mod arguments;
mod blank;
#[cfg(feature = "rest")]
mod body;
#[cfg(feature = "rest")]
mod claim;
mod deliver;
mod dispatch;
mod forwarder;
mod incoming;
pub(crate) mod joined;
mod macros;
#[cfg(feature = "rest")]
mod multipart;
mod negotiate;
mod refusal;
#[cfg(feature = "rest")]
mod request;
mod respond;
mod stream;
mod success;
#[cfg(all(test, feature = "rest"))]
mod tests;
#[cfg(feature = "rest")]
mod texts;

pub use accept::{Accept, AcceptParts, PartPlace, Place};
pub use blank::{Blank, blank_inputs};
pub use dispatch::{Handler, Serve, handle};
pub use forwarder::Forwarder;
pub use incoming::Incoming;
pub use refusal::Refusal;
pub use respond::{Respond, Written};
pub use success::Success;

#[cfg(feature = "mcp")]
pub(crate) use arguments::JsonArguments;
#[cfg(feature = "rest")]
pub(crate) use body::GivenBody;
#[cfg(feature = "mock")]
pub(crate) use negotiate::best;
#[cfg(feature = "rest")]
pub(crate) use negotiate::refuse_unacceptable;
#[cfg(feature = "rest")]
pub(crate) use request::Request;
