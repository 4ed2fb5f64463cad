//! The exposed surfaces.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::parameters::Parameters;
use super::schema::Schemas;
use super::skills::skill;
use super::{actions, authentication, mcp, method, option, outputs, steps, template};
use crate::emit::names::index;
use crate::emit::openapi::document::literal;
use crate::emit::rest_document;
use crate::emit::values::Values;
use crate::ir::{Action, Capability, Exposes, Hints, Route, StepKind, Surface, Tool};

pub(super) fn exposes(exposes: &Exposes) -> TokenStream {
    let Exposes { namespace, description, module: _, listen, authentication, surface } = exposes;
    let (address, port, variable) = match listen {
        Some(listen) => (listen.address.as_str(), listen.port.map(Literal::u16_unsuffixed), listen.variable.as_str()),
        None => ("", None, ""),
    };
    let port = option(port);
    let authentication = option(authentication.as_ref().map(authentication::inbound));
    let entries = format_ident!("{}", constant_name(exposes));
    let document = match surface {
        Surface::Rest(_) => document_name(exposes).to_token_stream(),
        Surface::Mcp(_) | Surface::Skill(_) => quote! { "" },
    };
    let surface = match surface {
        Surface::Rest(_) => quote! { Surface::Rest { routes: &#entries } },
        Surface::Mcp(mcp) => {
            let transport = if listen.is_some() {
                quote! { Transport::Http }
            } else {
                quote! { Transport::Stdio }
            };
            let offered = mcp::offered(mcp, &constant_name(exposes));
            quote! { Surface::Mcp { transport: #transport, tools: &#entries, #offered } }
        }
        Surface::Skill(_) => quote! { Surface::Skill { skills: &#entries } },
    };
    quote! {
        Exposes {
            namespace: #namespace,
            description: #description,
            address: #address,
            port: #port,
            address_variable: #variable,
            authentication: #authentication,
            surface: #surface,
            document: #document,
        }
    }
}

/// The OpenAPI document of a surface, if it is one of REST.
pub(super) fn document(exposes: &Exposes, capability: &Capability, values: &Values<'_>) -> Option<TokenStream> {
    let text = literal(&rest_document::text(capability, exposes, values.plan.as_ref())?);
    let name = document_name(exposes);
    let runtime = values.runtime;
    Some(quote! { const #name: &str = #runtime::__private::when_rest_text!(#text); })
}

fn document_name(exposes: &Exposes) -> Ident {
    format_ident!("{}_DOCUMENT", constant_name(exposes))
}

/// The name of the table of a surface's routes, tools or skills.
pub(super) fn constant_name(exposes: &Exposes) -> String {
    exposes.module.as_str().to_uppercase()
}

/// The names of all tables of a surface.
pub(super) fn constant_names(exposes: &Exposes) -> Vec<String> {
    let name = constant_name(exposes);
    match exposes.surface {
        Surface::Rest(_) => vec![format!("{name}_DOCUMENT"), name],
        Surface::Mcp(_) => mcp::constant_names(&name).into_iter().chain([name]).collect(),
        Surface::Skill(_) => vec![name],
    }
}

/// The table of a surface's routes, tools or skills.
pub(super) fn entries(
    exposes: &Exposes,
    capability: &Capability,
    parameters: &Parameters<'_>,
    schemas: &Schemas<'_>,
) -> TokenStream {
    let name = format_ident!("{}", constant_name(exposes));
    match &exposes.surface {
        Surface::Rest(routes) => {
            let count = index(routes.len());
            let routes = routes.iter().map(|item| route(item, parameters));
            quote! { static #name: [Route; #count] = [#(#routes),*]; }
        }
        Surface::Mcp(mcp) => {
            let count = index(mcp.tools.len());
            let tools = mcp.tools.iter().map(|item| tool(item, parameters, answer(&item.action, capability, schemas)));
            let others = mcp::entries(mcp, &constant_name(exposes), parameters);
            quote! {
                static #name: [Tool; #count] = [#(#tools),*];

                #others
            }
        }
        Surface::Skill(skills) => {
            let count = index(skills.len());
            let skills = skills.iter().map(skill);
            quote! { static #name: [Skill; #count] = [#(#skills),*]; }
        }
    }
}

/// The JSON Schema of what an action answers with, where it is known.
fn answer(action: &Action, capability: &Capability, schemas: &Schemas<'_>) -> Option<Literal> {
    let of_operation = |operation: usize| schemas.answer(capability.operations.get(operation)?.answer);
    match action {
        Action::Call(call) => outputs::mapped_schema(&call.outputs).or_else(|| of_operation(call.operation)),
        Action::Steps(action) => {
            let last = action.last.and_then(|last| match &action.steps.get(last)?.kind {
                StepKind::Call(call) => Some(call.operation),
                StepKind::Lookup(_) => None,
            });
            let mapped = steps::mapped_schema(&action.mappings).or_else(|| outputs::mapped_schema(&action.outputs));
            mapped.or_else(|| of_operation(last?))
        }
        Action::Mock(output) => Some(outputs::mock_schema(output.as_ref())),
    }
}

fn route(route: &Route, parameters: &Parameters<'_>) -> TokenStream {
    let Route { name, title: _, tags: _, description, method: verb, path, path_template, parameters: declared, action } =
        route;
    let verb = method(*verb);
    let path_template = template(path_template);
    let declared = parameters.list(declared.iter());
    let action = actions::action(action);
    quote! {
        Route {
            name: #name,
            description: #description,
            method: #verb,
            path: #path,
            path_template: #path_template,
            parameters: #declared,
            action: #action,
        }
    }
}

fn tool(tool: &Tool, parameters: &Parameters<'_>, answer: Option<Literal>) -> TokenStream {
    let Tool { name, title, description, hints, parameters: declared, action } = tool;
    let title = option(title.as_ref());
    let annotations = annotations(*hints);
    let answer = option(answer);
    let declared = parameters.list(declared.iter());
    let action = actions::action(action);
    quote! {
        Tool {
            name: #name,
            title: #title,
            description: #description,
            answer_schema: #answer,
            annotations: #annotations,
            parameters: #declared,
            action: #action,
        }
    }
}

fn annotations(hints: Hints) -> TokenStream {
    let Hints { read_only, destructive, idempotent, open_world } = hints;
    let [read_only, destructive, idempotent, open_world] = [read_only, destructive, idempotent, open_world].map(option);
    quote! {
        Annotations {
            read_only: #read_only,
            destructive: #destructive,
            idempotent: #idempotent,
            open_world: #open_world,
        }
    }
}
