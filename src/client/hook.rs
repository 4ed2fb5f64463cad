use std::pin::Pin;

use super::HookError;

/// Code that sees every request before it is sent, and may change it: for headers, credentials, signatures.
///
/// It runs for every attempt, so that a repeated request can carry a fresh token. What it does not need to await is
/// simpler as the closure that `on_request` takes.
///
/// ```
/// use capsmith::http::{HeaderValue, header::AUTHORIZATION};
/// use capsmith::{HookError, RequestHook, reqwest};
///
/// struct Tokens;
///
/// impl Tokens {
///     async fn current(&self) -> String {
///         "from a vault".to_owned()
///     }
/// }
///
/// impl RequestHook for Tokens {
///     async fn prepare(&self, request: &mut reqwest::Request) -> Result<(), HookError> {
///         let mut value = HeaderValue::try_from(format!("Bearer {}", self.current().await))
///             .map_err(|error| HookError::with_source("the vault's token is not a header value", error))?;
///         value.set_sensitive(true);
///         request.headers_mut().insert(AUTHORIZATION, value);
///         Ok(())
///     }
/// }
/// ```
pub trait RequestHook: Send + Sync + 'static {
    /// Changes the request, or refuses it.
    ///
    /// # Errors
    ///
    /// Whatever keeps the request from being sent.
    fn prepare(&self, request: &mut reqwest::Request) -> impl Future<Output = Result<(), HookError>> + Send;
}

/// A hook of either kind.
pub(crate) enum Hook {
    Sync(Box<SyncHook>),
    Async(Box<dyn AnyHook>),
}

type SyncHook = dyn Fn(&mut reqwest::Request) -> Result<(), HookError> + Send + Sync;

impl Hook {
    pub(crate) async fn prepare(&self, request: &mut reqwest::Request) -> Result<(), HookError> {
        match self {
            Self::Sync(hook) => hook(request),
            Self::Async(hook) => hook.prepare_boxed(request).await,
        }
    }
}

/// [`RequestHook`] as a trait object.
pub(crate) trait AnyHook: Send + Sync {
    fn prepare_boxed<'a>(
        &'a self,
        request: &'a mut reqwest::Request,
    ) -> Pin<Box<dyn Future<Output = Result<(), HookError>> + Send + 'a>>;
}

impl<H: RequestHook> AnyHook for H {
    fn prepare_boxed<'a>(
        &'a self,
        request: &'a mut reqwest::Request,
    ) -> Pin<Box<dyn Future<Output = Result<(), HookError>> + Send + 'a>> {
        Box::pin(self.prepare(request))
    }
}
