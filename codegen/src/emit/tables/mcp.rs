//! Resources and prompts of MCP surfaces.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::parameters::Parameters;
use super::{actions, option, rules, template};
use crate::emit::names::index;
use crate::ir::{Cache, CacheScope, Mcp, Prompt, PromptArgument, PromptMessage, Resource, ResourceContent, Role};

/// The names of the tables beside that of the tools, which has the name `table`. What tells them apart stands in front: behind
/// it could be the end of another surface's namespace.
pub(super) fn constant_names(table: &str) -> [String; 2] {
    [format!("RESOURCES_{table}"), format!("PROMPTS_{table}")]
}

/// The fields of a surface that say what it offers beside tools.
pub(super) fn offered(mcp: &Mcp, table: &str) -> TokenStream {
    let [resources, prompts] = constant_names(table).map(|name| format_ident!("{name}"));
    let resources = if mcp.resources.is_empty() {
        quote! { &[] }
    } else {
        quote! { &#resources }
    };
    let prompts = if mcp.prompts.is_empty() {
        quote! { &[] }
    } else {
        quote! { &#prompts }
    };
    let cache = cache(mcp.cache);
    quote! { resources: #resources, prompts: #prompts, cache: #cache }
}

/// The tables of resources and prompts, where there are any.
pub(super) fn entries(mcp: &Mcp, table: &str, parameters: &Parameters<'_>) -> TokenStream {
    let [resources, prompts] = constant_names(table).map(|name| format_ident!("{name}"));
    let mut tables = TokenStream::new();
    if !mcp.resources.is_empty() {
        let count = index(mcp.resources.len());
        let entries = mcp.resources.iter().map(|entry| resource(entry, parameters));
        tables.extend(quote! { static #resources: [Resource; #count] = [#(#entries),*]; });
    }
    if !mcp.prompts.is_empty() {
        let count = index(mcp.prompts.len());
        let entries = mcp.prompts.iter().map(prompt);
        tables.extend(quote! { static #prompts: [Prompt; #count] = [#(#entries),*]; });
    }
    tables
}

fn cache(cache: Cache) -> TokenStream {
    let Cache { milliseconds, scope } = cache;
    let milliseconds = option(milliseconds.map(Literal::u64_unsuffixed));
    let scope = option(scope.map(|scope| match scope {
        CacheScope::Public => quote! { CacheScope::Public },
        CacheScope::Private => quote! { CacheScope::Private },
    }));
    quote! { Cache { milliseconds: #milliseconds, scope: #scope } }
}

fn resource(resource: &Resource, parameters: &Parameters<'_>) -> TokenStream {
    let Resource { name, title, description, uri, uri_template, media_type, is_binary, content } = resource;
    let title = option(title.as_ref());
    let uri_template = template(uri_template);
    let media_type = option(media_type.as_ref());
    let content = match content {
        ResourceContent::Action { parameters: declared, rules: given, action } => {
            let declared = parameters.list(declared.iter());
            let given = rules::rules(given);
            let action = actions::action(action);
            quote! { ResourceContent::Action { parameters: #declared, rules: #given, action: #action } }
        }
        ResourceContent::Folder(path) => quote! { ResourceContent::Folder(#path) },
    };
    quote! {
        Resource {
            name: #name,
            title: #title,
            description: #description,
            uri: #uri,
            uri_template: #uri_template,
            media_type: #media_type,
            is_binary: #is_binary,
            content: #content,
        }
    }
}

fn prompt(prompt: &Prompt) -> TokenStream {
    let Prompt { name, title, description, arguments, messages } = prompt;
    let title = option(title.as_ref());
    let arguments = arguments.iter().map(|argument| {
        let PromptArgument { name, title, description, required } = argument;
        let title = option(title.as_ref());
        quote! { PromptArgument { name: #name, title: #title, description: #description, required: #required } }
    });
    let messages = messages.iter().map(|PromptMessage { role, content }| {
        let role = match role {
            Role::User => quote! { Role::User },
            Role::Assistant => quote! { Role::Assistant },
        };
        let content = template(content);
        quote! { PromptMessage { role: #role, content: #content } }
    });
    quote! {
        Prompt {
            name: #name,
            title: #title,
            description: #description,
            arguments: &[#(#arguments),*],
            messages: &[#(#messages),*],
        }
    }
}
