//! The exposed surfaces.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::parameters::Parameters;
use super::schema::Schemas;
use super::{actions, method, operations, option, outputs, rules, template};
use crate::emit::names::index;
use crate::ir::{Action, Binary, Capability, Exposes, Forward, Hints, Route, Surface, Tool};

pub(super) fn exposes(exposes: &Exposes) -> TokenStream {
    let Exposes { namespace, description, module: _, listen, surface, forwards } = exposes;
    let (address, port, variable) = match listen {
        Some(listen) => (listen.address.as_str(), listen.port.map(Literal::u16_unsuffixed), listen.variable.as_str()),
        None => ("", None, ""),
    };
    let port = option(port);
    let entries = format_ident!("{}", constant_name(exposes));
    let surface = match surface {
        Surface::Rest(_) => quote! { Surface::Rest { routes: &#entries } },
        Surface::Mcp(_) => {
            let transport = if listen.is_some() {
                quote! { Transport::Http }
            } else {
                quote! { Transport::Stdio }
            };
            quote! { Surface::Mcp { transport: #transport, tools: &#entries } }
        }
    };
    let forwards = forwards.iter().map(forward);
    quote! {
        Exposes {
            namespace: #namespace,
            description: #description,
            address: #address,
            port: #port,
            address_variable: #variable,
            surface: #surface,
            forwards: &[#(#forwards),*],
        }
    }
}

fn forward(forward: &Forward) -> TokenStream {
    let Forward { path, prefix, spans, upstream, trusted_headers, constants } = forward;
    let prefix = template(prefix);
    let operation = operations::forwarded(path, *upstream, constants);
    quote! {
        Forward { path: #path, prefix: #prefix, spans: #spans, trusted_headers: &[#(#trusted_headers),*], operation: #operation }
    }
}

/// The name of the table of a surface's routes or tools.
pub(super) fn constant_name(exposes: &Exposes) -> String {
    exposes.module.as_str().to_uppercase()
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
        Surface::Mcp(tools) => {
            let count = index(tools.len());
            let tools = tools.iter().map(|item| tool(item, parameters, answer(&item.action, capability, schemas)));
            quote! { static #name: [Tool; #count] = [#(#tools),*]; }
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
    let Route { name, description, method: verb, path, path_template, parameters: declared, rules, action, binary } =
        route;
    let verb = method(*verb);
    let path_template = template(path_template);
    let declared = parameters.list(declared.iter());
    let action = actions::action(action);
    let rules = rules::rules(rules);
    let binary = self::binary(binary.as_ref());
    quote! {
        Route {
            name: #name,
            description: #description,
            method: #verb,
            path: #path,
            path_template: #path_template,
            parameters: #declared,
            rules: #rules,
            action: #action,
            binary: #binary,
        }
    }
}

/// What an answer is handed on as, where it is bytes.
fn binary(binary: Option<&Binary>) -> TokenStream {
    let binary = binary.map(|Binary { status, media_type, max_size }| {
        let status = option(status.map(Literal::u16_unsuffixed));
        let media_type = option(media_type.as_ref());
        let max_size = option(max_size.map(Literal::u64_unsuffixed));
        quote! { Binary { status: #status, media_type: #media_type, max_size: #max_size } }
    });
    option(binary)
}

fn tool(tool: &Tool, parameters: &Parameters<'_>, answer: Option<Literal>) -> TokenStream {
    let Tool { name, title, description, hints, parameters: declared, rules, action, binary } = tool;
    let title = option(title.as_ref());
    let annotations = annotations(*hints);
    let declared = parameters.list(declared.iter());
    let action = actions::action(action);
    let rules = rules::rules(rules);
    let answer = option(answer.filter(|_| binary.is_none()));
    let binary = self::binary(binary.as_ref());
    quote! {
        Tool {
            name: #name,
            title: #title,
            description: #description,
            answer_schema: #answer,
            annotations: #annotations,
            parameters: #declared,
            rules: #rules,
            action: #action,
            binary: #binary,
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
