use std::sync::Arc;
use std::time::Instant;

use http::HeaderName;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig, Tool as ListedTool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use super::tools::{Entry, entries};
use super::{arguments, result};
use crate::config::TRACE_HEADERS;
use crate::description::{Capability, Surface};
use crate::server::{Context, Dispatch, forward_headers, invoke};
use crate::{RequestOptions, Settings};

/// Answers the MCP requests of one surface. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Handler(Arc<Inner>);

struct Inner {
    namespace: &'static str,
    info: ServerConfig,
    entries: Vec<Entry>,
    dispatch: Arc<dyn Dispatch>,
    forwarded_headers: Vec<HeaderName>,
    max_tool_result: usize,
}

impl Handler {
    /// `None` when the surface is not one of MCP.
    pub(crate) fn new(
        capability: &'static Capability,
        exposes: usize,
        dispatch: Arc<dyn Dispatch>,
        settings: &Settings,
    ) -> Option<Self> {
        let exposes = capability.exposes.get(exposes)?;
        let Surface::Mcp { tools, .. } = &exposes.surface else { return None };
        // The headers of an MCP request are about MCP, but for those that say which request it is.
        let forwarded = settings.forwarded_headers.iter().filter(|name| TRACE_HEADERS.contains(&name.as_str()));
        Some(Self(Arc::new(Inner {
            namespace: exposes.namespace,
            info: info(capability, exposes.description),
            entries: entries(capability, tools),
            dispatch,
            forwarded_headers: forwarded.cloned().collect(),
            max_tool_result: settings.max_tool_result,
        })))
    }

    pub(crate) fn namespace(&self) -> &'static str {
        self.0.namespace
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let entries = &self.0.entries;
        let index = entries.binary_search_by_key(&name, |entry| entry.tool.name).ok()?;
        entries.get(index)
    }

    async fn call(&self, entry: &Entry, request: CallToolRequestParams, context: Context) -> CallToolResult {
        let inner = &self.0;
        let values = match arguments::read(entry, request.arguments.unwrap_or_default()) {
            Ok(values) => values,
            Err(text) => return result::error(text),
        };
        let arguments = match entry.target.arguments(values) {
            Ok(arguments) => arguments,
            Err(errors) => return result::error(arguments::refusal(entry.tool, errors)),
        };
        match invoke(&*inner.dispatch, entry.target.operation, arguments, context).await {
            Ok(reply) => result::from_reply(reply, entry.tool, inner.max_tool_result).await,
            Err(problem) => result::from_problem(&problem),
        }
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

fn info(capability: &Capability, description: &str) -> ServerConfig {
    let server = Implementation::new(capability.name, capability.version).with_title(capability.label);
    let info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build()).with_server_info(server);
    match [description, capability.description].into_iter().find(|text| !text.is_empty()) {
        Some(instructions) => info.with_instructions(instructions),
        None => info,
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        self.0.info.clone()
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        // There is one page, because some hosts read no other.
        if request.is_some_and(|request| request.cursor.is_some()) {
            return Err(ErrorData::invalid_params("the cursor is not one of this server", None));
        }
        Ok(ListToolsResult::with_all_items(self.0.entries.iter().map(|entry| entry.listed.clone()).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<ListedTool> {
        Some(self.find(name)?.listed.clone())
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(entry) = self.find(&request.name) else {
            let message = format!("there is no tool `{}`; tools/list names those that there are", request.name);
            return Err(ErrorData::invalid_params(message, None));
        };
        let started = Instant::now();
        let result = tokio::select! {
            result = self.call(entry, request, self.context(&context)) => result,
            // Dropping the call drops the request to the upstream.
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("the call was cancelled", None)),
        };
        let (surface, tool, failed) = (self.0.namespace, entry.tool.name, result.is_error == Some(true));
        tracing::info!(surface, tool, failed, latency = ?started.elapsed(), "tool called");
        Ok(result.into())
    }
}
