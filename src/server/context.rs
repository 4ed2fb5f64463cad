use std::fmt;

use http::header::{ACCEPT, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{Extensions, HeaderMap, HeaderName};

use super::authentication::Claims;
use crate::client::HeaderNames;
use crate::spans::Matched;
use crate::{RequestOptions, Value};

/// What a handler gets besides the operation's inputs: where the call came from and what goes along to the upstream.
///
/// ```
/// use std::time::Duration;
/// use capsmith::Context;
///
/// let mut context = Context::new();
/// context.options_mut().set_timeout(Duration::from_secs(2));
/// assert_eq!(context.surface(), None);
/// ```
#[derive(Clone, Default)]
pub struct Context {
    surface: Option<&'static str>,
    headers: HeaderMap,
    extensions: Extensions,
    /// Made when it is first changed: most handlers ask no upstream, and contexts are moved often.
    options: Option<Box<RequestOptions>>,
    #[cfg(feature = "mcp")]
    mcp: Option<std::sync::Arc<crate::mcp::Call>>,
}

impl Context {
    /// A context of a call that came by no surface, as in a test.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn from_surface(
        surface: &'static str,
        headers: HeaderMap,
        mut extensions: Extensions,
        options: impl Into<Option<RequestOptions>>,
    ) -> Self {
        // A handler that keeps its context would keep the span of the request open.
        extensions.remove::<Matched>();
        Self {
            surface: Some(surface),
            headers,
            extensions,
            options: options.into().map(Box::new),
            #[cfg(feature = "mcp")]
            mcp: None,
        }
    }

    /// The namespace of the surface that the call came by.
    #[must_use]
    pub const fn surface(&self) -> Option<&'static str> {
        self.surface
    }

    /// The headers of the caller's request; none for a call by standard input.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What middleware in front of the router has attached to the caller's request.
    #[must_use]
    pub const fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// The claims of the caller's token, an object, where the surface demands tokens of an authorization server: what a signed
    /// token says, or what the server says of another one (RFC 7662). For servers of OpenAPI documents also what
    /// [`Verifier::check`](crate::openapi::Verifier::check) gives. `None` on every other surface.
    #[must_use]
    pub fn claims(&self) -> Option<&Value> {
        self.extensions.get::<Claims>().map(|claims| &*claims.0)
    }

    /// The call of an MCP client that is being answered: by it a handler gives back any content, tells of its progress, sends log
    /// messages and asks the client. `None` for a call by another surface.
    #[cfg(feature = "mcp")]
    #[must_use]
    pub fn mcp(&self) -> Option<&crate::mcp::Call> {
        self.mcp.as_deref()
    }

    #[cfg(feature = "mcp")]
    pub(crate) fn mcp_call(&self) -> Option<std::sync::Arc<crate::mcp::Call>> {
        self.mcp.clone()
    }

    #[cfg(feature = "mcp")]
    pub(crate) fn set_mcp(&mut self, call: std::sync::Arc<crate::mcp::Call>) {
        self.mcp = Some(call);
    }

    /// Sets what is known of the caller.
    #[cfg(feature = "mcp")]
    pub(crate) fn set_claims(&mut self, claims: Option<Claims>) {
        if let Some(claims) = claims {
            self.extensions.insert(claims);
        }
    }

    /// Forgets which form of an answer the caller wants, which is about the one that is made and not about those that it is
    /// made of: one of another type, a part, or none at all could not be read. Conditions of what changes something stay.
    pub(crate) fn forget_form(&mut self, is_safe: bool) {
        const FORM: [HeaderName; 3] = [ACCEPT, RANGE, IF_RANGE];
        const FRESHNESS: [HeaderName; 2] = [IF_NONE_MATCH, IF_MODIFIED_SINCE];
        let Some(options) = &mut self.options else { return };
        for name in FORM.iter().chain(FRESHNESS.iter().filter(|_| is_safe)) {
            options.forwarded.remove(name);
        }
    }

    /// What the request to the upstream gets besides the operation's inputs.
    pub fn options_mut(&mut self) -> &mut RequestOptions {
        self.options.get_or_insert_default()
    }

    pub(crate) fn into_options(self) -> RequestOptions {
        self.options.map(|options| *options).unwrap_or_default()
    }
}

/// Without the values of headers, which hold the caller's credentials.
impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Context")
            .field("surface", &self.surface)
            .field("headers", &HeaderNames(&self.headers))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
