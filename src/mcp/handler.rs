use std::sync::Arc;
use std::time::Instant;

use http::HeaderName;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, GetPromptRequestParams, GetPromptResponse, Implementation,
    ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, Tool as ListedTool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use tracing::Instrument as _;

use super::offers::Offers;
use super::toolbox::Toolbox;
use super::tools::Tools;
use crate::config::TRACE_HEADERS;
use crate::server::{Context, forward_headers};
use crate::spans::{Asked, McpCall};
use crate::{RequestOptions, Settings};

/// Answers the MCP requests of one surface. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Handler(Arc<Inner>);

struct Inner {
    namespace: &'static str,
    info: ServerConfig,
    tools: Toolbox,
    offers: Offers,
    /// Counts calls, where a control surface asks for it.
    #[cfg(feature = "control")]
    meter: std::sync::OnceLock<crate::control::ToolMeter>,
    forwarded_headers: Vec<HeaderName>,
}

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
        Self(Arc::new(Inner {
            namespace,
            info,
            tools: Toolbox::new(tools, settings),
            offers,
            #[cfg(feature = "control")]
            meter: std::sync::OnceLock::new(),
            forwarded_headers,
        }))
    }

    /// Has calls counted.
    #[cfg(feature = "control")]
    pub(crate) fn count(&self, meter: crate::control::ToolMeter) {
        // Nobody counts twice.
        let _ = self.0.meter.set(meter);
    }

    /// What a server says about itself.
    pub(crate) fn info(name: &str, version: &str, title: &str, instructions: Option<&str>) -> ServerConfig {
        let server = Implementation::new(name, version).with_title(title);
        let info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build()).with_server_info(server);
        match instructions {
            Some(instructions) => info.with_instructions(instructions),
            None => info,
        }
    }

    pub(crate) fn namespace(&self) -> &'static str {
        self.0.namespace
    }

    fn begin<'t>(&self, asked: Asked<'t>, request: &RequestContext<RoleServer>) -> McpCall<'t> {
        let parts = request.extensions.get::<http::request::Parts>();
        McpCall::begin(self.0.namespace, asked, parts, &request.meta)
    }

    fn context(&self, request: &RequestContext<RoleServer>) -> Context {
        let Some(parts) = request.extensions.get::<http::request::Parts>() else {
            let (headers, extensions) = Default::default();
            return Context::from_surface(self.0.namespace, headers, extensions, RequestOptions::default());
        };
        let forwarded = forward_headers(&parts.headers, &self.0.forwarded_headers);
        let options = RequestOptions { forwarded, ..RequestOptions::default() };
        Context::from_surface(self.0.namespace, parts.headers.clone(), parts.extensions.clone(), options)
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let mut info = self.0.info.clone();
        if let Some(further) = self.0.tools.instructions() {
            info.instructions = Some(match info.instructions {
                Some(own) => format!("{own}\n\n{further}"),
                None => further,
            });
        }
        info
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        only_page(request)?;
        Ok(self.0.offers.kept(ListToolsResult::with_all_items(self.0.tools.listed().to_vec())))
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        only_page(request)?;
        self.0.offers.resources().await
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        only_page(request)?;
        Ok(self.0.offers.templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let started = Instant::now();
        let told = self.begin(Asked::Resource, &context);
        let reading = self.0.offers.read(&request.uri, self.context(&context)).instrument(told.span.clone());
        let result = tokio::select! {
            result = reading => result,
            () = context.ct.cancelled() => return Err(cancelled(told, started)),
        };
        let code = result.as_ref().err().map(|error| error.code.0.to_string());
        told.end(code.as_deref(), started.elapsed());
        Ok(result?.into())
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        only_page(request)?;
        Ok(self.0.offers.prompts())
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Ok(self.0.offers.prompt(request)?.into())
    }

    fn get_tool(&self, name: &str) -> Option<ListedTool> {
        Some(self.0.tools.find(name)?.1.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tools = &self.0.tools;
        let (name, given) = tools.meant(request.name.into_owned(), request.arguments.unwrap_or_default());
        let Some((position, tool)) = tools.find(&name) else {
            return Err(ErrorData::invalid_params(tools.unknown(&name), None));
        };
        let started = Instant::now();
        let told = self.begin(Asked::Tool(&tool.name), &context);
        let call = tools.call(position, given, self.context(&context)).instrument(told.span.clone());
        let result = tokio::select! {
            result = call => result,
            // Dropping the call drops the request to the upstream.
            () = context.ct.cancelled() => return Err(cancelled(told, started)),
        };
        let failed = result.is_error == Some(true);
        #[cfg(feature = "control")]
        if let Some(meter) = self.0.meter.get() {
            meter.record(position, failed, started.elapsed());
        }
        told.end(failed.then_some("tool_error"), started.elapsed());
        Ok(result.into())
    }
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
