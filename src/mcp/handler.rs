#![expect(deprecated, reason = "what 2026-07-28 does without is there for clients of the revisions before it")]

use std::sync::Arc;
use std::time::Instant;

use http::HeaderName;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CompleteRequestParams, CompleteResult, GetPromptRequestParams,
    GetPromptResponse, Implementation, InitializeRequestParams, InitializeResult, InputRequiredResult, InputResponses,
    JsonObject, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
    SetLevelRequestMethod, SetLevelRequestParams, SubscribeRequestMethod, SubscribeRequestParams, SubscriptionFilter,
    Tool as ListedTool, UnsubscribeRequestMethod, UnsubscribeRequestParams,
};
use rmcp::service::{NotificationContext, RequestContext, SubscriptionContext};
use rmcp::{ErrorData, RoleServer, ServerHandler};
use tracing::Instrument as _;

use super::call::{Bound, Call, Outcome, RequestStates, Rounds, is_stateless};
use super::completion::Completion;
use super::offers::Offers;
use super::session::Session;
use super::subscriptions;
use super::toolbox::Toolbox;
use super::tools::Tools;
use crate::config::TRACE_HEADERS;
use crate::server::{Context, Draining, forward_headers};
use crate::spans::{Asked, McpCall};
use crate::{RequestOptions, Settings};

/// Answers the MCP requests of one surface. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Handler {
    inner: Arc<Inner>,
    /// What the requests belong to, where they belong together.
    session: Option<Arc<Session>>,
    /// Ends what would never end.
    draining: Draining,
}

struct Inner {
    namespace: &'static str,
    info: ServerConfig,
    tools: Toolbox,
    offers: Offers,
    states: Arc<RequestStates>,
    /// Counts calls, where a control surface asks for it.
    #[cfg(feature = "control")]
    meter: std::sync::OnceLock<crate::control::ToolMeter>,
    forwarded_headers: Vec<HeaderName>,
}

/// What a request brings along from earlier rounds of the same call.
type Brought = (Option<InputResponses>, Option<String>);

impl Handler {
    pub(crate) fn new(
        namespace: &'static str,
        mut info: ServerConfig,
        tools: impl Tools,
        offers: Offers,
        settings: &Settings,
    ) -> Self {
        offers.advertise(&mut info.capabilities);
        // The headers of an MCP request are about MCP, but for those that say which request it is.
        let forwarded = settings.forwarded_headers.iter().filter(|name| TRACE_HEADERS.contains(&name.as_str()));
        let forwarded_headers = forwarded.cloned().collect();
        let inner = Inner {
            namespace,
            info,
            tools: Toolbox::new(tools, settings),
            offers,
            states: Arc::new(RequestStates::new(settings)),
            #[cfg(feature = "control")]
            meter: std::sync::OnceLock::new(),
            forwarded_headers,
        };
        Self { inner: Arc::new(inner), session: None, draining: Draining::default() }
    }

    /// The handler of one session, or of one connection.
    pub(crate) fn with_session(&self) -> Self {
        Self { session: Some(Session::new()), ..self.clone() }
    }

    /// The handler of a server that ends.
    pub(crate) fn until(self, draining: &Draining) -> Self {
        Self { draining: draining.clone(), ..self }
    }

    pub(crate) fn draining(&self) -> &Draining {
        &self.draining
    }

    /// Has calls counted.
    #[cfg(feature = "control")]
    pub(crate) fn count(&self, meter: crate::control::ToolMeter) {
        // Nobody counts twice.
        let _ = self.inner.meter.set(meter);
    }

    /// What a server says about itself.
    pub(crate) fn info(name: &str, version: &str, title: &str, instructions: Option<&str>) -> ServerConfig {
        let server = Implementation::new(name, version).with_title(title);
        let info = ServerConfig::new(ServerCapabilities::builder().enable_logging().enable_tools().build())
            .with_server_info(server);
        match instructions {
            Some(instructions) => info.with_instructions(instructions),
            None => info,
        }
    }

    pub(crate) fn namespace(&self) -> &'static str {
        self.inner.namespace
    }

    fn begin<'t>(&self, asked: Asked<'t>, request: &RequestContext<RoleServer>) -> McpCall<'t> {
        let parts = request.extensions.get::<http::request::Parts>();
        McpCall::begin(self.inner.namespace, asked, parts, &request.meta)
    }

    fn context(&self, request: &mut RequestContext<RoleServer>) -> Context {
        let Some(parts) = request.extensions.remove::<http::request::Parts>() else {
            let (headers, extensions) = Default::default();
            return Context::from_surface(self.inner.namespace, headers, extensions, RequestOptions::default());
        };
        let forwarded = forward_headers(&parts.headers, &self.inner.forwarded_headers);
        let options = RequestOptions { forwarded, ..RequestOptions::default() };
        Context::from_surface(self.inner.namespace, parts.headers, parts.extensions, options)
    }

    /// The call that a handler answers, and the context that it answers it in.
    fn call(
        &self,
        mut request: RequestContext<RoleServer>,
        (method, name, arguments): (&'static str, &str, Option<&JsonObject>),
        (responses, state): Brought,
    ) -> Result<(Arc<Call>, Context), ErrorData> {
        let mut context = self.context(&mut request);
        // Nothing else can come back, so nothing else need be recognised.
        let arguments = arguments.filter(|_| is_stateless(&request)).cloned();
        let caller = context.claims().map(|claims| ["iss", "sub"].iter().map(|claim| claims[claim].clone()).collect());
        let bound = Bound { method, name: name.to_owned(), arguments, caller };
        let rounds = Rounds::new(Arc::clone(&self.inner.states), bound, responses, state.as_deref())?;
        let call = Arc::new(Call::new(request, self.session.as_deref(), rounds));
        context.set_mcp(Arc::clone(&call));
        Ok((call, context))
    }

    /// The session of a request that only makes sense in one.
    fn in_session<M: rmcp::model::ConstString>(
        &self,
        request: &RequestContext<RoleServer>,
    ) -> Result<&Arc<Session>, ErrorData> {
        let session = self.session.as_ref().filter(|_| !is_stateless(request));
        session.ok_or_else(ErrorData::method_not_found::<M>)
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let mut info = self.inner.info.clone();
        if let Some(further) = self.inner.tools.instructions() {
            info.instructions = Some(match info.instructions {
                Some(own) => format!("{own}\n\n{further}"),
                None => further,
            });
        }
        info
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        context.peer.set_peer_info(request.clone());
        let mut result = self.negotiate_initialize(&request)?;
        if self.session.is_none() {
            // These revisions set levels and subscribe by one request for all that follow.
            result.capabilities.logging = None;
            if let Some(resources) = &mut result.capabilities.resources {
                (resources.subscribe, resources.list_changed) = (None, None);
            }
        }
        Ok(result)
    }

    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        if let (Some(session), Some(updates)) = (&self.session, self.inner.offers.updates()) {
            session.tell(context.peer, || updates.subscribe());
        }
    }

    async fn set_level(
        &self,
        request: SetLevelRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.in_session::<SetLevelRequestMethod>(&context)?.set_level(request.level.into());
        Ok(())
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        let session = self.in_session::<SubscribeRequestMethod>(&context)?;
        let updates = self.inner.offers.updates();
        let updates = updates.ok_or_else(ErrorData::method_not_found::<SubscribeRequestMethod>)?;
        self.inner.offers.check_resource(&request.uri)?;
        session.subscribe(request.uri, context.peer, || updates.subscribe())
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        self.in_session::<UnsubscribeRequestMethod>(&context)?.unsubscribe(&request.uri);
        Ok(())
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        subscriptions::accepted(&self.inner.offers, requested)
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        if let Some(updates) = self.inner.offers.updates() {
            subscriptions::listen(context, updates.subscribe(), self.draining.clone()).await;
        }
        Ok(())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        mut context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let cancelled = context.ct.clone();
        let context = self.context(&mut context);
        tokio::select! {
            result = self.inner.offers.complete(Completion::try_from(request)?, context) => result,
            () = cancelled.cancelled() => Err(ErrorData::internal_error("the request was cancelled", None)),
        }
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        only_page(request)?;
        Ok(self.inner.offers.kept(ListToolsResult::with_all_items(self.inner.tools.listed().to_vec())))
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        only_page(request)?;
        self.inner.offers.resources().await
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        only_page(request)?;
        Ok(self.inner.offers.templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let started = Instant::now();
        let told = self.begin(Asked::Resource, &context);
        let brought = (request.input_responses, request.request_state);
        let (call, context) = self.call(context, ("resources/read", &request.uri, None), brought)?;
        let reading = self.inner.offers.read(&request.uri, context).instrument(told.span.clone());
        match call.perform(reading).await {
            Outcome::Done(result) => {
                let code = result.as_ref().err().map(|error| error.code.0.to_string());
                told.end(code.as_deref(), started.elapsed());
                Ok(result?.into())
            }
            Outcome::Asked(result) => Ok(asked(told, started, result)?.into()),
            Outcome::Cancelled => Err(cancelled(told, started)),
        }
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        only_page(request)?;
        Ok(self.inner.offers.prompts())
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let started = Instant::now();
        let name = self.inner.offers.prompt_name(&request.name)?;
        let told = self.begin(Asked::Prompt(name), &context);
        let given = request.arguments.unwrap_or_default();
        let brought = (request.input_responses, request.request_state);
        let (call, context) = self.call(context, ("prompts/get", name, Some(&given)), brought)?;
        let prompting = self.inner.offers.prompt(name, given, context).instrument(told.span.clone());
        match call.perform(prompting).await {
            Outcome::Done(result) => {
                let code = result.as_ref().err().map(|error| error.code.0.to_string());
                told.end(code.as_deref(), started.elapsed());
                Ok(result?.into())
            }
            Outcome::Asked(result) => Ok(asked(told, started, result)?.into()),
            Outcome::Cancelled => Err(cancelled(told, started)),
        }
    }

    fn get_tool(&self, name: &str) -> Option<ListedTool> {
        Some(self.inner.tools.find(name)?.1.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tools = &self.inner.tools;
        let (name, given) = tools.meant(request.name.into_owned(), request.arguments.unwrap_or_default());
        let Some((position, tool)) = tools.find(&name) else {
            return Err(ErrorData::invalid_params(tools.unknown(&name), None));
        };
        let started = Instant::now();
        let told = self.begin(Asked::Tool(&tool.name), &context);
        let brought = (request.input_responses, request.request_state);
        let (call, context) = self.call(context, ("tools/call", &tool.name, Some(&given)), brought)?;
        let work = tools.call(position, given, context).instrument(told.span.clone());
        let result = match call.perform(work).await {
            Outcome::Done(result) => result,
            Outcome::Asked(result) => return Ok(asked(told, started, result)?.into()),
            Outcome::Cancelled => return Err(cancelled(told, started)),
        };
        let failed = result.is_error == Some(true);
        #[cfg(feature = "control")]
        if let Some(meter) = self.inner.meter.get() {
            meter.record(position, failed, started.elapsed());
        }
        told.end(failed.then_some("tool_error"), started.elapsed());
        Ok(result.into())
    }
}

/// The question to a client that comes first, or what it lacks for that. Neither is a failure of the tool.
fn asked(
    told: McpCall<'_>,
    started: Instant,
    result: Result<InputRequiredResult, ErrorData>,
) -> Result<InputRequiredResult, ErrorData> {
    let code = result.as_ref().err().map(|error| error.code.0.to_string());
    told.end(code.as_deref(), started.elapsed());
    result
}

fn cancelled(told: McpCall<'_>, started: Instant) -> ErrorData {
    told.end(Some("cancelled"), started.elapsed());
    ErrorData::internal_error("the call was cancelled", None)
}

/// Refuses other pages than the only one that there is: some hosts read no other.
fn only_page(request: Option<PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request.and_then(|request| request.cursor) {
        Some(_) => Err(ErrorData::invalid_params("the cursor is not one of this server", None)),
        None => Ok(()),
    }
}
