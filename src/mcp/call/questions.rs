//! What a handler asks a client.
#![expect(deprecated, reason = "sampling and roots are deprecated in 2026-07-28, and what clients of today offer")]

use http::StatusCode;
use rmcp::model::{
    ClientCapabilities, ClientResult, CreateMessageRequest, CreateMessageRequestParams, CreateMessageResult,
    ElicitRequest, ElicitRequestParams, ElicitResult, ElicitationAction, ElicitationCapability, ElicitationSchema,
    FormElicitationCapability, InputRequest, ListRootsRequest, ListRootsResult, RootsCapabilities, SamplingCapability,
    SamplingMessage, ServerRequest, UrlElicitationCapability,
};
use rmcp::service::ServiceError;
use serde::de::DeserializeOwned;
use serde_json::Map;

use super::{Call, Means};
use crate::{Problem, Value};

/// What a user has done about a question.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Elicited {
    /// Answered it. The members are those of the schema, as the client sends them: nobody else has checked them. Of a URL there
    /// are none.
    Accepted(Map<String, Value>),
    /// Refused to answer.
    Declined,
    /// Neither: closed it, or went away.
    Cancelled,
}

impl Elicited {
    /// The answer; a problem (403) for a user who gave none.
    ///
    /// # Errors
    ///
    /// Where the user declined or cancelled.
    pub fn accepted(self) -> Result<Map<String, Value>, Problem> {
        match self {
            Self::Accepted(members) => Ok(members),
            Self::Declined => Err(Problem::new(StatusCode::FORBIDDEN).with_detail("The user declined to answer.")),
            Self::Cancelled => Err(Problem::new(StatusCode::FORBIDDEN).with_detail("The user gave no answer.")),
        }
    }
}

/// What the client's model is to write (`sampling/createMessage`).
#[derive(Clone, Debug)]
pub struct Sampling(CreateMessageRequestParams);

impl Sampling {
    /// The continuation of what a user says, no longer than a number of tokens.
    pub fn new(text: impl Into<String>, max_tokens: u32) -> Self {
        Self(CreateMessageRequestParams::new(vec![SamplingMessage::user_text(text)], max_tokens))
    }

    /// Adds what the model said to it.
    #[must_use]
    pub fn assistant(mut self, text: impl Into<String>) -> Self {
        self.0.messages.push(SamplingMessage::assistant_text(text));
        self
    }

    /// Adds what the user said after that.
    #[must_use]
    pub fn user(mut self, text: impl Into<String>) -> Self {
        self.0.messages.push(SamplingMessage::user_text(text));
        self
    }

    /// Sets the system prompt, which the client may ignore.
    #[must_use]
    pub fn with_system_prompt(mut self, prompt: impl Into<String>) -> Self {
        self.0.system_prompt = Some(prompt.into());
        self
    }
}

/// What the client's model wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sampled {
    /// The name of the model.
    pub model: String,
    /// The text; empty where it gave something else.
    pub text: String,
    /// Why it ended, such as `endTurn` or `maxTokens`, where the client says it.
    pub stop_reason: Option<String>,
}

/// A folder that the client's user works in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Root {
    /// Its URI, `file://…`.
    pub uri: String,
    /// What the user calls it.
    pub name: Option<String>,
}

impl Call {
    /// Asks the client's user by a form.
    ///
    /// In revisions before 2026-07-28 the client is asked while the handler waits, which by HTTP takes
    /// [sessions](crate::Settings::mcp_sessions). In 2026-07-28 the call ends here: the client gets the question as the result,
    /// asks its user, and makes the call again with the answer, for which the handler starts anew and gets the answer where it
    /// asked. So ask before anything is changed; what the handler was doing is dropped. Questions that are asked at once
    /// (`try_join!`) are sent at once.
    ///
    /// The key tells the questions of one call apart, and has to be the same each time.
    ///
    /// ```
    /// use capsmith::mcp::{Call, ElicitationSchema};
    /// use capsmith::{Problem, Value};
    ///
    /// async fn booking_name(call: &Call) -> Result<Value, Problem> {
    ///     let form = ElicitationSchema::builder().required_string("name").build();
    ///     let form = form.map_err(|_| Problem::new(capsmith::http::StatusCode::INTERNAL_SERVER_ERROR))?;
    ///     let mut answer = call.elicit("name", "Who books?", form).await?.accepted()?;
    ///     Ok(answer.remove("name").unwrap_or_default())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Where the client cannot be asked, or gives no answer. In 2026-07-28 a call of a client that cannot be asked ends with
    /// the error of the protocol (-32021) instead; [`can_elicit`](Self::can_elicit) says so before.
    pub async fn elicit(
        &self,
        key: &str,
        message: impl Into<String>,
        schema: ElicitationSchema,
    ) -> Result<Elicited, Problem> {
        let params = ElicitRequestParams::FormElicitationParams {
            meta: None,
            message: message.into(),
            requested_schema: schema,
        };
        let needed = ElicitationCapability::new().with_form(FormElicitationCapability::default());
        self.elicited(key, params, self.can_elicit(), needed).await
    }

    /// Asks the client to lead its user to a URL, for what the client must not see, such as a login. That the user accepted
    /// says that the page was opened, and not what was done there. For the rest it is as [`elicit`](Self::elicit).
    ///
    /// # Errors
    ///
    /// As of `elicit`.
    pub async fn elicit_url(
        &self,
        key: &str,
        message: impl Into<String>,
        url: impl Into<String>,
    ) -> Result<Elicited, Problem> {
        let params = ElicitRequestParams::UrlElicitationParams {
            meta: None,
            message: message.into(),
            url: url.into(),
            elicitation_id: key.to_owned(),
        };
        let needed = ElicitationCapability::new().with_url(UrlElicitationCapability::default());
        self.elicited(key, params, self.can_elicit_url(), needed).await
    }

    async fn elicited(
        &self,
        key: &str,
        params: ElicitRequestParams,
        declared: bool,
        needed: ElicitationCapability,
    ) -> Result<Elicited, Problem> {
        let mut lacking = ClientCapabilities::default();
        lacking.elicitation = Some(needed);
        let answer: ElicitResult =
            self.ask(key, InputRequest::Elicitation(ElicitRequest::new(params)), declared, lacking).await?;
        Ok(match (answer.action, answer.content) {
            (ElicitationAction::Accept, Some(Value::Object(members))) => Elicited::Accepted(members),
            (ElicitationAction::Accept, _) => Elicited::Accepted(Map::new()),
            (ElicitationAction::Decline, _) => Elicited::Declined,
            _ => Elicited::Cancelled,
        })
    }

    /// Asks the client to have its model write something. It is asked as by [`elicit`](Self::elicit).
    ///
    /// # Errors
    ///
    /// As of `elicit`.
    pub async fn sample(&self, key: &str, sampling: Sampling) -> Result<Sampled, Problem> {
        let mut lacking = ClientCapabilities::default();
        lacking.sampling = Some(SamplingCapability::default());
        let request = InputRequest::CreateMessage(CreateMessageRequest::new(sampling.0));
        let answer: CreateMessageResult = self.ask(key, request, self.can_sample(), lacking).await?;
        let text = answer.message.content.first().and_then(|content| content.as_text());
        let text = text.map(|text| text.text.clone()).unwrap_or_default();
        Ok(Sampled { model: answer.model, text, stop_reason: answer.stop_reason })
    }

    /// Asks the client for the folders that its user works in. It is asked as by [`elicit`](Self::elicit).
    ///
    /// # Errors
    ///
    /// As of `elicit`.
    pub async fn list_roots(&self, key: &str) -> Result<Vec<Root>, Problem> {
        let mut lacking = ClientCapabilities::default();
        lacking.roots = Some(RootsCapabilities::default());
        let request = InputRequest::ListRoots(ListRootsRequest::default());
        let answer: ListRootsResult = self.ask(key, request, self.can_list_roots(), lacking).await?;
        Ok(answer.roots.into_iter().map(|root| Root { uri: root.uri, name: root.name }).collect())
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        key: &str,
        question: InputRequest,
        declared: bool,
        lacking: ClientCapabilities,
    ) -> Result<T, Problem> {
        match self.means {
            Means::Nothing => Err(unable("This client can only be asked in a session, and this server keeps none.")),
            Means::InputRequired if !declared => self.rounds.lack(lacking).await,
            Means::InputRequired => Ok(self.rounds.answer(key, question).await),
            Means::Request if !declared => Err(unable("The client has not said that it can be asked for this.")),
            Means::Request => {
                let result =
                    self.request.peer.send_request(request(question)?).await.map_err(|error| unanswered(&error))?;
                read(result).ok_or_else(|| unable("The client's answer is not of the type that was asked for."))
            }
        }
    }
}

fn request(question: InputRequest) -> Result<ServerRequest, Problem> {
    match question {
        InputRequest::CreateMessage(request) => Ok(ServerRequest::CreateMessageRequest(request)),
        InputRequest::Elicitation(request) => Ok(ServerRequest::ElicitRequest(request)),
        InputRequest::ListRoots(request) => Ok(ServerRequest::ListRootsRequest(request)),
        _ => Err(Problem::new(StatusCode::NOT_IMPLEMENTED)),
    }
}

fn read<T: DeserializeOwned>(result: ClientResult) -> Option<T> {
    let result = match result {
        ClientResult::CreateMessageResult(result) => serde_json::to_value(result),
        ClientResult::ElicitResult(result) => serde_json::to_value(result),
        ClientResult::ListRootsResult(result) => serde_json::to_value(result),
        _ => return None,
    };
    serde_json::from_value(result.ok()?).ok()
}

fn unable(detail: &'static str) -> Problem {
    Problem::new(StatusCode::NOT_IMPLEMENTED).with_detail(detail)
}

fn unanswered(error: &ServiceError) -> Problem {
    let problem = Problem::new(StatusCode::BAD_GATEWAY);
    match error {
        ServiceError::McpError(error) => {
            problem.with_detail(format!("The client refused to answer: {}", error.message))
        }
        _ => problem.with_detail("The client did not answer."),
    }
}
