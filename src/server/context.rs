use std::fmt;

use http::{Extensions, HeaderMap};

use crate::RequestOptions;
use crate::client::HeaderNames;
use crate::spans::Matched;

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
        Self { surface: Some(surface), headers, extensions, options: options.into().map(Box::new) }
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
