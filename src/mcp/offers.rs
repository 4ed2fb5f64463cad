//! What a surface offers beside tools.

use rmcp::ErrorData;
use rmcp::model::{
    CacheScope as Scope, GetPromptRequestParams, GetPromptResult, ListPromptsResult, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PromptsCapability, ReadResourceResult, ResourcesCapability,
    ServerCapabilities,
};

use super::prompts;
use super::resources::Resources;
use crate::Context;
use crate::description::{Cache, CacheScope, Prompt};

/// What a surface offers beside tools, and how long clients may keep it.
#[derive(Default)]
pub(crate) struct Offers {
    pub(crate) resources: Option<Resources>,
    pub(crate) prompts: &'static [Prompt],
    pub(crate) cache: Cache,
}

impl Offers {
    /// Says what there is.
    pub(crate) fn advertise(&self, capabilities: &mut ServerCapabilities) {
        capabilities.resources = self.resources.as_ref().map(|_| ResourcesCapability::default());
        capabilities.prompts = (!self.prompts.is_empty()).then(PromptsCapability::default);
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
        let mut result = ReadResourceResult::new(vec![resources.read(uri, context).await?]);
        (result.ttl_ms, result.cache_scope) = self.cache();
        Ok(result)
    }

    pub(crate) fn prompts(&self) -> ListPromptsResult {
        let (ttl_ms, cache_scope) = self.cache();
        ListPromptsResult { ttl_ms, cache_scope, ..ListPromptsResult::with_all_items(prompts::listed(self.prompts)) }
    }

    pub(crate) fn prompt(&self, request: GetPromptRequestParams) -> Result<GetPromptResult, ErrorData> {
        prompts::get(self.prompts, &request.name, request.arguments.unwrap_or_default())
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
