//! The exposed surfaces.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::parameters::Parameters;
use super::schema::Schemas;
use super::{actions, mcp, method, option, outputs, template};
use crate::emit::names::index;
use crate::ir::{Action, Capability, Exposes, Hints, Route, Surface, Tool};

pub(super) fn exposes(exposes: &Exposes) -> TokenStream {
    let Exposes { namespace, description, module: _, listen, surface } = exposes;
    let (address, port, variable) = match listen {
        Some(listen) => (listen.address.as_str(), Some(Literal::u16_unsuffixed(listen.port)), listen.variable.as_str()),
        None => ("", None, ""),
    };
    let port = option(port);
    let entries = format_ident!("{}", constant_name(exposes));
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
    };
    quote! {
        Exposes {
            namespace: #namespace,
            description: #description,
            address: #address,
            port: #port,
            address_variable: #variable,
            surface: #surface,
        }
    }
}

/// The name of the table of a surface's routes or tools.
pub(super) fn constant_name(exposes: &Exposes) -> String {
    exposes.module.as_str().to_uppercase()
}

/// The names of all tables of a surface.
pub(super) fn constant_names(exposes: &Exposes) -> Vec<String> {
    let name = constant_name(exposes);
    match exposes.surface {
        Surface::Rest(_) => vec![name],
        Surface::Mcp(_) => mcp::constant_names(&name).into_iter().chain([name]).collect(),
    }
}

/// The table of a surface's routes or tools.
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
    }
}

/// The JSON Schema of what an action answers with, where it is known.
fn answer(action: &Action, capability: &Capability, schemas: &Schemas<'_>) -> Option<Literal> {
    match action {
        Action::Call(call) => {
            let operation = capability.operations.get(call.operation);
            outputs::mapped_schema(&call.outputs)
                .or_else(|| schemas.answer(operation.and_then(|operation| operation.answer)))
        }
        Action::Mock(output) => Some(outputs::mock_schema(output.as_ref())),
    }
}

fn route(route: &Route, parameters: &Parameters<'_>) -> TokenStream {
    let Route { name, description, method: verb, path, path_template, parameters: declared, action } = route;
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
