//! The resources of a capability: what its actions answer, and files.

mod contents;
mod folder;
mod uri;

use std::sync::Arc;

use rmcp::ErrorData;
use rmcp::model::{Resource as ListedResource, ResourceContents, ResourceTemplate};
use serde_json::json;

use self::uri::UriPattern;
use super::arguments::lines;
use super::refusal;
use crate::Settings;
use crate::arguments::{Argument, ArgumentError, read_texts};
use crate::description::{Capability, InputRule, Parameter, Resource, ResourceContent, Rule};
use crate::server::{Action, Context, Dispatch, Failure, FileEntry, Folder, media_type_of, rules};

/// The media type of what an action answers, where nobody says another.
const JSON: &str = "application/json";

/// The resources of a surface.
pub(crate) struct Resources {
    /// In the order of the file.
    entries: Vec<Entry>,
    /// The entries in the order in which they are asked for a URI: what fits less comes first.
    order: Vec<usize>,
    dispatch: Arc<dyn Dispatch>,
    max_content: usize,
}

/// A resource, ready to be read.
struct Entry {
    resource: &'static Resource,
    pattern: UriPattern,
    source: Source,
}

enum Source {
    Action { parameters: &'static [Parameter], rules: &'static [InputRule], action: Action },
    Folder(Folder),
}

impl Resources {
    /// The resources of a surface; `None` where it has none.
    pub(crate) fn new(
        capability: &'static Capability,
        resources: &'static [Resource],
        dispatch: Arc<dyn Dispatch>,
        settings: &Settings,
    ) -> Option<Self> {
        let entry = |resource: &'static Resource| {
            let source = match &resource.content {
                ResourceContent::Action { parameters, rules, action } => {
                    Source::Action { parameters, rules, action: Action::new(capability, action, parameters, settings) }
                }
                ResourceContent::Folder(location) => {
                    let folder = Folder::new(location, settings);
                    if let Err(error) = folder.check() {
                        tracing::warn!(folder = %folder.path().display(), %error, "the folder of a resource is not there");
                    }
                    Source::Folder(folder)
                }
            };
            Entry { resource, pattern: UriPattern::new(resource.uri_template), source }
        };
        let entries: Vec<Entry> = resources.iter().map(entry).collect();
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|index| match entries[*index].source {
            Source::Action { .. } => entries[*index].pattern.variables() * 2,
            Source::Folder(_) => 1,
        });
        (!entries.is_empty()).then_some(Self { entries, order, dispatch, max_content: settings.max_tool_result })
    }

    /// The resources that have a URI of their own, in the order of the file; those of a folder sorted.
    pub(crate) async fn listed(&self) -> Result<Vec<ListedResource>, ErrorData> {
        let mut listed = Vec::new();
        for Entry { resource, pattern, source } in &self.entries {
            match source {
                Source::Action { .. } if pattern.variables() > 0 => {}
                Source::Action { .. } => {
                    let media_type = resource.media_type.unwrap_or(JSON);
                    listed.push(described(ListedResource::new(resource.uri, resource.name), resource, media_type));
                }
                Source::Folder(folder) => {
                    let files = folder::files(folder).await?;
                    listed.extend(files.iter().map(|file| listed_file(resource, file)));
                }
            }
        }
        Ok(listed)
    }

    /// The templates of the others.
    pub(crate) fn templates(&self) -> Vec<ResourceTemplate> {
        let templates = self.entries.iter().filter(|entry| entry.pattern.variables() > 0);
        let template = |Entry { resource, .. }: &Entry| {
            let template = ResourceTemplate::new(resource.uri, resource.name);
            let template = template.with_mime_type(resource.media_type.unwrap_or(JSON));
            let template = match resource.title {
                Some(title) => template.with_title(title),
                None => template,
            };
            match resource.description {
                "" => template,
                description => template.with_description(description),
            }
        };
        templates.map(template).collect()
    }

    /// Whether something may stand at a URI.
    pub(crate) fn has(&self, uri: &str) -> bool {
        self.entries.iter().any(|Entry { resource, pattern, source }| match source {
            Source::Action { .. } => pattern.captures(uri).is_some(),
            Source::Folder(_) => below(resource.uri, uri).is_some(),
        })
    }

    /// The values that the file lists for a variable of a template.
    pub(crate) fn listed_values(&self, template: &str, variable: &str) -> Vec<String> {
        let listed = self.one_of(template, variable).unwrap_or_default().iter();
        listed.map(|json| serde_json::from_str(json).unwrap_or_else(|_| (*json).to_owned())).collect()
    }

    fn one_of(&self, template: &str, variable: &str) -> Option<&'static [&'static str]> {
        let is_it = |entry: &&Entry| entry.resource.uri == template && entry.pattern.variables() > 0;
        let entry = self.entries.iter().find(is_it)?;
        let Source::Action { parameters, rules, .. } = &entry.source else { return None };
        let index = parameters.iter().position(|parameter| parameter.name == variable)?;
        rules.iter().find_map(|rule| match rule.rule {
            Rule::OneOf(values) if rule.parameter == index => Some(values),
            _ => None,
        })
    }

    /// What stands at a URI.
    pub(crate) async fn read(&self, uri: &str, context: Context) -> Result<Vec<ResourceContents>, ErrorData> {
        for Entry { resource, pattern, source } in self.order.iter().filter_map(|index| self.entries.get(*index)) {
            match source {
                Source::Action { parameters, rules, action } => {
                    let Some(texts) = pattern.captures(uri) else { continue };
                    let values = values(parameters, rules, action, &texts).map_err(|errors| refused(uri, errors))?;
                    let call = context.mcp_call();
                    let reply = match action.perform(values, &*self.dispatch, context).await {
                        Ok(reply) => reply,
                        Err(Failure::Inputs(errors)) => return Err(refused(uri, errors)),
                        Err(Failure::Problem(problem)) => {
                            return Err(contents::failed(uri, problem.status(), refusal::of_problem(&problem, None)));
                        }
                    };
                    if let Some(content) = call.and_then(|call| call.take_content()) {
                        return Ok(contents::of_blocks(content, uri));
                    }
                    return Ok(vec![contents::of_reply(reply, resource, uri, self.max_content).await?]);
                }
                Source::Folder(folder) => {
                    let Some(path) = below(resource.uri, uri) else { continue };
                    let bytes = folder::read(folder, path, uri, self.max_content).await?;
                    let media_type = resource.media_type.or_else(|| media_type_of(path));
                    return Ok(vec![contents::of_bytes(&bytes, resource.is_binary, media_type, uri)]);
                }
            }
        }
        Err(not_found(uri))
    }
}

/// The part of a URI below that of a folder, without the `/` between.
fn below<'u>(folder: &str, uri: &'u str) -> Option<&'u str> {
    uri.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
}

/// The values of the parameters, those of the URI's variables first.
fn values(
    parameters: &'static [Parameter],
    rules: &[InputRule],
    action: &Action,
    texts: &[String],
) -> Result<Vec<Option<Argument>>, Vec<ArgumentError>> {
    let mut errors = Vec::new();
    let mut values = vec![None; parameters.len()];
    for (index, parameter) in parameters.iter().enumerate() {
        let given = texts.get(index).map(|text| read_texts(parameter, vec![text.clone()]));
        let given = given.transpose().map_err(|error| vec![error]);
        match rules::checked(rules, action, index, parameter, given) {
            Ok(value) => values[index] = value,
            Err(found) => errors.extend(found),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

fn refused(uri: &str, errors: Vec<ArgumentError>) -> ErrorData {
    let errors: Vec<ArgumentError> = errors.into_iter().map(ArgumentError::without_location).collect();
    let message = format!("`{uri}` cannot be read:{}", lines(&errors));
    ErrorData::invalid_params(message, Some(json!({ "uri": uri })))
}

pub(super) fn not_found(uri: &str) -> ErrorData {
    let message =
        format!("there is no resource `{uri}`; resources/list and resources/templates/list name those that there are");
    ErrorData::resource_not_found(message, Some(json!({ "uri": uri })))
}

fn described(listed: ListedResource, resource: &Resource, media_type: &str) -> ListedResource {
    let listed = listed.with_mime_type(media_type);
    let listed = match resource.title {
        Some(title) => listed.with_title(title),
        None => listed,
    };
    match resource.description {
        "" => listed,
        description => listed.with_description(description),
    }
}

fn listed_file(resource: &Resource, file: &FileEntry) -> ListedResource {
    let uri = format!("{}/{}", resource.uri.trim_end_matches('/'), folder::encoded(&file.path));
    let name = format!("{}/{}", resource.name, file.path);
    let listed = ListedResource::new(uri, name).with_size(file.size);
    let listed = match resource.media_type.or_else(|| media_type_of(&file.path)) {
        Some(media_type) => listed.with_mime_type(media_type),
        None => listed,
    };
    match resource.description {
        "" => listed,
        description => listed.with_description(description),
    }
}
