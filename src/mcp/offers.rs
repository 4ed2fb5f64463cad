//! What a surface offers beside tools.

use std::sync::Arc;

use rmcp::ErrorData;
use rmcp::model::{
    CacheScope as Scope, CompleteResult, GetPromptResult, JsonObject, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PromptsCapability, ReadResourceResult, ResourcesCapability,
    ServerCapabilities,
};

use super::completion::{self, Completion, CompletionReference};
use super::prompts;
use super::refusal;
use super::resources::{self, Resources};
use super::updates::Updates;
use crate::description::{Cache, CacheScope, Prompt};
use crate::server::{Context, Dispatch, Problem, guarded};

/// What a surface offers beside tools, and how long clients may keep it.
#[derive(Default)]
pub(crate) struct Offers {
    pub(crate) resources: Option<Resources>,
    pub(crate) prompts: &'static [Prompt],
    pub(crate) cache: Cache,
    /// What answers for prompts and completions; absent where there are none.
    pub(crate) dispatch: Option<Arc<dyn Dispatch>>,
}

impl Offers {
    /// Says what there is.
    pub(crate) fn advertise(&self, capabilities: &mut ServerCapabilities) {
        let updates = self.updates().is_some().then_some(true);
        capabilities.resources = self.resources.as_ref().map(|_| {
            let mut resources = ResourcesCapability::default();
            (resources.subscribe, resources.list_changed) = (updates, updates);
            resources
        });
        capabilities.prompts = (!self.prompts.is_empty()).then(PromptsCapability::default);
        let has_variables = self.resources.as_ref().is_some_and(|resources| !resources.templates().is_empty());
        let has_arguments = self.prompts.iter().any(|prompt| !prompt.arguments.is_empty());
        capabilities.completions = (has_variables || has_arguments).then(JsonObject::new);
    }

    /// What tells when resources change, where there are some and somebody knows it.
    pub(crate) fn updates(&self) -> Option<Updates> {
        self.resources.as_ref()?;
        self.dispatch.as_ref()?.mcp_updates()
    }

    /// Whether there may be a resource of a URI.
    pub(crate) fn has_resource(&self, uri: &str) -> bool {
        self.resources.as_ref().is_some_and(|resources| resources.has(uri))
    }

    /// Refuses the URI of no resource.
    pub(crate) fn check_resource(&self, uri: &str) -> Result<(), ErrorData> {
        if self.has_resource(uri) { Ok(()) } else { Err(resources::not_found(uri)) }
    }

    pub(crate) async fn resources(&self) -> Result<ListResourcesResult, ErrorData> {
        let resources = match &self.resources {
            Some(resources) => resources.listed().await?,
            None => Vec::new(),
        };
        let (ttl_ms, cache_scope) = self.cache();
        Ok(ListResourcesResult { ttl_ms, cache_scope, ..ListResourcesResult::with_all_items(resources) })
    }

    pub(crate) fn templates(&self) -> ListResourceTemplatesResult {
        let templates = self.resources.as_ref().map(Resources::templates).unwrap_or_default();
        let (ttl_ms, cache_scope) = self.cache();
        ListResourceTemplatesResult { ttl_ms, cache_scope, ..ListResourceTemplatesResult::with_all_items(templates) }
    }

    pub(crate) async fn read(&self, uri: &str, context: Context) -> Result<ReadResourceResult, ErrorData> {
        let Some(resources) = &self.resources else {
            return Err(ErrorData::resource_not_found("this server has no resources", None));
        };
        let mut result = ReadResourceResult::new(resources.read(uri, context).await?);
        (result.ttl_ms, result.cache_scope) = self.cache();
        Ok(result)
    }

    pub(crate) fn prompts(&self) -> ListPromptsResult {
        let (ttl_ms, cache_scope) = self.cache();
        ListPromptsResult { ttl_ms, cache_scope, ..ListPromptsResult::with_all_items(prompts::listed(self.prompts)) }
    }

    /// The name of a prompt that there is.
    pub(crate) fn prompt_name(&self, name: &str) -> Result<&'static str, ErrorData> {
        Ok(prompts::find(self.prompts, name)?.name)
    }

    pub(crate) async fn prompt(
        &self,
        name: &str,
        given: JsonObject,
        context: Context,
    ) -> Result<GetPromptResult, ErrorData> {
        let (prompt, description) = prompts::get(self.prompts, name, given)?;
        let messages = match &self.dispatch {
            Some(dispatch) => {
                let name = prompt.name;
                guarded(name, || dispatch.mcp_prompt(prompt, context)).await.map_err(|problem| refused(&problem))?
            }
            None => prompt.messages,
        };
        Ok(prompts::result(description, messages))
    }

    /// What an argument may be continued to: what the file lists, and what a handler knows.
    pub(crate) async fn complete(&self, completion: Completion, context: Context) -> Result<CompleteResult, ErrorData> {
        let mut values = self.listed_values(&completion)?;
        values.retain(|value| value.starts_with(&completion.value));
        if let Some(dispatch) = &self.dispatch {
            let further = guarded("completion", || dispatch.mcp_completion(completion, context)).await;
            values.extend(further.map_err(|problem| refused(&problem))?);
        }
        Ok(completion::result(values))
    }

    fn listed_values(&self, Completion { reference, argument, .. }: &Completion) -> Result<Vec<String>, ErrorData> {
        match reference {
            CompletionReference::Prompt(name) => {
                prompts::find(self.prompts, name)?;
                Ok(Vec::new())
            }
            CompletionReference::ResourceTemplate(uri) => {
                Ok(self.resources.as_ref().map(|resources| resources.listed_values(uri, argument)).unwrap_or_default())
            }
        }
    }

    /// A list of tools with how long clients may keep it.
    pub(crate) fn kept(&self, tools: ListToolsResult) -> ListToolsResult {
        let (ttl_ms, cache_scope) = self.cache();
        ListToolsResult { ttl_ms, cache_scope, ..tools }
    }

    /// How long, and who. What is absent the library fills in where the protocol demands it: not at all, and nobody else.
    fn cache(&self) -> (Option<u64>, Option<Scope>) {
        let scope = self.cache.scope.map(|scope| match scope {
            CacheScope::Public => Scope::Public,
            CacheScope::Private => Scope::Private,
        });
        (self.cache.milliseconds, scope)
    }
}

/// What a client is told of a problem where there is no result that could tell it.
fn refused(problem: &Problem) -> ErrorData {
    let text = refusal::of_problem(problem, None);
    if problem.status().is_client_error() {
        ErrorData::invalid_params(text, None)
    } else {
        ErrorData::internal_error(text, None)
    }
}
