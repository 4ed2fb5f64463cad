//! What a handler learns of the call of an MCP client that it answers, and what it can tell and ask that client.

mod content;
mod notices;
mod questions;
mod rounds;
mod sealed;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::RoleServer;
use rmcp::model::{ClientCapabilities, ContentBlock, ProtocolVersion};
use rmcp::service::RequestContext;

pub use self::content::{audio, blob, image};
pub use self::notices::Level;
pub use self::questions::{Elicited, Root, Sampled, Sampling};
pub(super) use self::rounds::{Bound, Outcome, Rounds};
pub(super) use self::sealed::RequestStates;
use super::session::Session;

/// The call of an MCP client: `tools/call`, `resources/read` or `prompts/get`.
///
/// [`Context::mcp`](crate::Context::mcp) has it while a handler answers one. With it a handler gives back content of any
/// type, reports progress, sends log messages, notices that nobody waits any more, and asks the client.
///
/// ```
/// use capsmith::mcp::{Level, image};
/// use capsmith::{Context, Problem, Value};
///
/// async fn draw_chart(context: Context) -> Result<Value, Problem> {
///     let png = b"\x89PNG";
///     if let Some(call) = context.mcp() {
///         call.progress(1.0, Some(2.0), Some("drawing")).await;
///         call.log(Level::Info, "the chart has 12 bars").await;
///         call.set_content([image(png, "image/png")]);
///     }
///     Ok(Value::Null)
/// }
/// ```
pub struct Call {
    request: RequestContext<RoleServer>,
    means: Means,
    /// The least level of log messages that the client wants.
    level: Option<Level>,
    rounds: Rounds,
    content: Mutex<Option<Vec<ContentBlock>>>,
}

/// How a client can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    /// By a request on the connection or in the session that the call came by.
    Request,
    /// By an answer that says what is missing; the client then calls again and brings it along.
    InputRequired,
    /// Not at all: revisions before 2026-07-28 need a session for it.
    Nothing,
}

impl Call {
    pub(super) fn new(request: RequestContext<RoleServer>, session: Option<&Session>, rounds: Rounds) -> Self {
        let (means, level) = if is_stateless(&request) {
            (Means::InputRequired, request.meta.log_level().map(Level::from))
        } else {
            match session {
                Some(session) => (Means::Request, Some(session.level())),
                None => (Means::Nothing, None),
            }
        };
        Self { request, means, level, rounds, content: Mutex::default() }
    }

    /// The revision of the protocol that the call is made in, such as `2026-07-28`. `None`: the client has not said.
    #[must_use]
    pub fn protocol_version(&self) -> Option<String> {
        self.request.protocol_version().map(|version| version.to_string())
    }

    /// Whether the client can be asked to elicit something from its user with a form ([`Call::elicit`]).
    #[must_use]
    pub fn can_elicit(&self) -> bool {
        self.can(|client| client.elicitation.as_ref().is_some_and(|modes| modes.form.is_some() || modes.url.is_none()))
    }

    /// Whether the client can be asked to lead its user to a URL ([`Call::elicit_url`]).
    #[must_use]
    pub fn can_elicit_url(&self) -> bool {
        self.can(|client| client.elicitation.as_ref().is_some_and(|modes| modes.url.is_some()))
    }

    /// Whether the client can be asked to have its model write something ([`Call::sample`]).
    #[must_use]
    pub fn can_sample(&self) -> bool {
        self.can(|client| client.sampling.is_some())
    }

    /// Whether the client can be asked for its roots ([`Call::list_roots`]).
    #[must_use]
    pub fn can_list_roots(&self) -> bool {
        self.can(|client| client.roots.is_some())
    }

    fn can(&self, declared: impl Fn(&ClientCapabilities) -> bool) -> bool {
        self.means != Means::Nothing && self.request.client_capabilities().as_ref().is_some_and(declared)
    }

    /// Whether nobody waits for the answer any more.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.request.ct.is_cancelled()
    }

    /// Waits until nobody waits for the answer any more.
    ///
    /// A handler needs it only for what it has begun elsewhere, such as in a task of its own: the handler itself, with its
    /// requests to upstreams, is dropped when the client cancels the call or goes away.
    pub async fn cancelled(&self) {
        self.request.ct.cancelled().await;
    }

    /// Sets the content of the result: text, images, audio, links to resources and resources themselves, in any number.
    ///
    /// In the result of a tool it stands in the place of the text that would be made of what the handler gives back, which
    /// remains the structured content, unless that is null. Where the handler fails, it follows the text of the problem. For
    /// a resource it is the contents: one for each block but links. It has no effect on prompts.
    ///
    /// Setting it again replaces what was set.
    pub fn set_content(&self, content: impl IntoIterator<Item = ContentBlock>) {
        *self.content.lock().unwrap_or_else(PoisonError::into_inner) = Some(content.into_iter().collect());
    }

    pub(super) fn take_content(&self) -> Option<Vec<ContentBlock>> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Has a handler do its work, until it is done, the client has to be asked first, or nobody waits for it any more.
    pub(super) async fn perform<T>(self: &Arc<Self>, work: impl Future<Output = T>) -> Outcome<T> {
        tokio::select! {
            biased;
            // First, so that all that it asks at once is asked at once.
            result = work => Outcome::Done(result),
            () = self.rounds.interrupted() => self.rounds.outcome(),
            // Dropping the work drops the requests to upstreams.
            () = self.request.ct.cancelled() => Outcome::Cancelled,
        }
    }
}

/// Whether a request is one of 2026-07-28 or later, which has all that it needs with it.
pub(super) fn is_stateless(request: &RequestContext<RoleServer>) -> bool {
    request.protocol_version().is_some_and(|version| version >= ProtocolVersion::V_2026_07_28)
}

/// Without what the client sent, which may be confidential.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Call").field("id", &self.request.id).field("means", &self.means).finish_non_exhaustive()
    }
}
