//! No more sessions than a surface may have.

use futures_util::{Stream, StreamExt as _};
use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::transport::common::server_side_http::{ServerSseMessage, SessionId};
use rmcp::transport::streamable_http_server::session::SessionManager;
use rmcp::transport::streamable_http_server::session::local::{LocalSessionManager, LocalSessionManagerError};

use crate::server::Draining;

/// Sessions of which there is a number at most.
pub(super) struct Sessions {
    most: usize,
    /// Held while one begins, so that they are counted one after the other.
    beginning: tokio::sync::Mutex<()>,
    local: LocalSessionManager,
    draining: Draining,
}

/// Why there is no session, or none any more.
#[derive(Debug, thiserror::Error)]
pub(super) enum SessionsError {
    #[error("the server has as many sessions as it may have ({0}); try again later")]
    TooMany(usize),
    #[error(transparent)]
    Local(#[from] LocalSessionManagerError),
}

impl Sessions {
    pub(super) fn new(most: usize, draining: Draining) -> Self {
        Self { most, beginning: tokio::sync::Mutex::default(), local: LocalSessionManager::default(), draining }
    }
}

impl SessionManager for Sessions {
    type Error = SessionsError;
    type Transport = <LocalSessionManager as SessionManager>::Transport;

    async fn create_session(&self) -> Result<(SessionId, Self::Transport), SessionsError> {
        let _one = self.beginning.lock().await;
        if self.local.sessions.read().await.len() >= self.most {
            return Err(SessionsError::TooMany(self.most));
        }
        Ok(self.local.create_session().await?)
    }

    async fn initialize_session(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<ServerJsonRpcMessage, SessionsError> {
        Ok(self.local.initialize_session(id, message).await?)
    }

    async fn has_session(&self, id: &SessionId) -> Result<bool, SessionsError> {
        Ok(self.local.has_session(id).await?)
    }

    async fn close_session(&self, id: &SessionId) -> Result<(), SessionsError> {
        Ok(self.local.close_session(id).await?)
    }

    async fn create_stream(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, SessionsError> {
        Ok(self.local.create_stream(id, message).await?)
    }

    async fn accept_message(&self, id: &SessionId, message: ClientJsonRpcMessage) -> Result<(), SessionsError> {
        Ok(self.local.accept_message(id, message).await?)
    }

    async fn create_standalone_stream(
        &self,
        id: &SessionId,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, SessionsError> {
        // It would never end by itself.
        Ok(self.local.create_standalone_stream(id).await?.take_until(self.draining.clone().begun()))
    }

    async fn resume(
        &self,
        id: &SessionId,
        last_event_id: String,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, SessionsError> {
        // The events of a request have its number behind a `/`, and their stream ends by itself.
        let is_endless = !last_event_id.contains('/');
        let draining = self.draining.clone();
        let end = async move { if is_endless { draining.begun().await } else { std::future::pending().await } };
        Ok(self.local.resume(id, last_event_id).await?.take_until(end))
    }
}
