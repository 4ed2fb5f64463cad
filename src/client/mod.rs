//! Calling upstreams.

mod authentication;
mod base;
mod body;
mod builder;
mod capability;
mod challenged;
mod chunks;
mod circuit;
mod digest;
mod encode;
mod error;
#[cfg(feature = "rest")]
mod forward;
mod hook;
mod http_client;
mod idle;
mod oauth2;
mod options;
mod parts;
mod percent;
mod prepare;
mod redirect;
mod response;
mod retry;
mod send;
mod sending;
mod template;
mod transport;
mod unpooled;

pub use chunks::Chunks;
pub use error::{ClientError, DecodeError, HookError, StatusError, TransportError};
pub use hook::RequestHook;
pub use http_client::http_client_builder;
pub use options::RequestOptions;
pub use response::Response;
pub use sending::Sending;

pub(crate) use authentication::{Credentials, basic, bearer, cookie, sensitive, take_user_info};
pub(crate) use body::{boundary, quoted};
pub(crate) use builder::{Callee, ClientBuilder};
pub(crate) use encode::{Encoded, query_pair};
pub(crate) use error::DecodeCause;
#[cfg(feature = "rest")]
pub(crate) use forward::Forwarded;
pub(crate) use http_client::{HttpClients, is_loopback};
#[cfg(feature = "rest")]
pub(crate) use idle::IdleBody;
#[cfg(feature = "__server")]
pub(crate) use parts::Parts;
pub(crate) use prepare::Upstream;
pub(crate) use send::{authenticate, overwrite, position};
#[cfg(feature = "__server")]
pub(crate) use template::filled;
pub(crate) use transport::{Destination, Transport};

#[cfg(feature = "__server")]
pub(crate) use encode::check_segment;
pub(crate) use percent::{IN_NO_PATH, IN_NO_URL, RESERVED, encode_path_text};
pub(crate) use response::HeaderNames;

use std::fmt;
use std::sync::Arc;

use prepare::PreparedOperation;
#[cfg(feature = "__server")]
use secrecy::ExposeSecret as _;
use secrecy::SecretString;

use crate::arguments::Arguments;
use crate::description::{Capability, Operation};
use crate::{Json, OperationInputs, Settings};

/// A client of the upstreams of one capability; what a generated client wraps. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Core>);

struct Core {
    capability: &'static Capability,
    upstreams: Vec<Upstream>,
    operations: Vec<PreparedOperation>,
    /// For each of [`Capability::binds`].
    #[cfg_attr(not(feature = "__server"), expect(dead_code, reason = "only surfaces refer to binds at run time"))]
    binds: Vec<Option<SecretString>>,
    /// For each forwarded resource, in the order of the tables.
    #[cfg(feature = "rest")]
    forwards: Vec<PreparedOperation>,
    transport: Transport,
    /// For each surface what its callers must prove.
    #[cfg(feature = "__server")]
    guards: Vec<Option<Arc<crate::server::authentication::Guard>>>,
}

impl Client {
    /// Timeouts, limits and policies that the client was built with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.transport.settings
    }

    /// The value of a bind variable, an index into [`Capability::binds`]; empty text counts as absent.
    #[cfg(feature = "__server")]
    pub(crate) fn bind(&self, index: usize) -> Option<&str> {
        let value = self.0.binds.get(index)?.as_ref()?.expose_secret();
        (!value.is_empty()).then_some(value)
    }

    /// What the callers of a surface must prove.
    #[cfg(feature = "__server")]
    pub(crate) fn guard(&self, surface: usize) -> Option<Arc<crate::server::authentication::Guard>> {
        self.0.guards.get(surface)?.clone()
    }

    /// Sends a request and gives back the answer unread, whatever its status.
    pub fn send<O: OperationInputs>(&self, inputs: O, options: RequestOptions) -> Sending<Response> {
        self.send_arguments(O::OPERATION, arguments(inputs), options)
    }

    /// Sends a request and reads the answer; a status that is not a success is an error.
    pub fn call<O: OperationInputs>(&self, inputs: O, options: RequestOptions) -> Sending<O::Answer> {
        let (client, arguments) = (self.clone(), arguments(inputs));
        Sending::new(async move {
            let response = client.0.send(O::OPERATION, arguments, options).await?;
            let response = response.error_for_status().await?;
            // What a document says has no content is not looked at.
            if O::OPERATION.is_empty
                && let Ok(nothing) = Json::null().deserialize()
            {
                return Ok(nothing);
            }
            response.json().await
        })
    }

    pub(crate) fn send_arguments(
        &self,
        operation: &'static Operation,
        arguments: Arguments,
        options: RequestOptions,
    ) -> Sending<Response> {
        let core = Arc::clone(&self.0);
        Sending::new(async move { core.send(operation, arguments, options).await })
    }
}

pub(crate) fn arguments<O: OperationInputs>(inputs: O) -> Arguments {
    let mut arguments = Arguments::new(O::OPERATION.inputs);
    inputs.write(&mut arguments);
    arguments
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |upstream: &'_ Upstream| {
            if upstream.is_secret { "[REDACTED]".to_owned() } else { upstream.base.to_string() }
        };
        let upstreams: Vec<_> = self.0.upstreams.iter().map(|upstream| (upstream.namespace, shown(upstream))).collect();
        formatter
            .debug_struct("Client")
            .field("capability", &self.0.capability.name)
            .field("upstreams", &upstreams)
            .finish_non_exhaustive()
    }
}
