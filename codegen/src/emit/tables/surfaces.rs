//! The exposed surfaces.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use super::parameters::Parameters;
use super::schema::Schemas;
use super::skills::skill;
use super::{actions, authentication, control, mcp, method, operations, option, outputs, rules, steps, template};
use crate::emit::names::index;
use crate::emit::openapi::document::literal;
use crate::emit::rest_document;
use crate::emit::values::Values;
use crate::ir::{Action, Binary, Capability, Exposes, Forward, Hints, Route, StepKind, Surface, Tool};

pub(super) fn exposes(exposes: &Exposes) -> TokenStream {
    let Exposes { namespace, description, module: _, listen, authentication, surface, forwards } = exposes;
    let (address, port, variable) = match listen {
        Some(listen) => (listen.address.as_str(), listen.port.map(Literal::u16_unsuffixed), listen.variable.as_str()),
        None => ("", None, ""),
    };
    let port = option(port);
    let authentication = option(authentication.as_ref().map(authentication::inbound));
    let entries = format_ident!("{}", constant_name(exposes));
    let document = match surface {
        Surface::Rest(_) => document_name(exposes).to_token_stream(),
        Surface::Mcp(_) | Surface::Skill(_) | Surface::Control(_) => quote! { "" },
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
        Surface::Control(described) => control::surface(described),
    };
    let forwards = forwards.iter().map(forward);
    quote! {
        Exposes {
            namespace: #namespace,
            description: #description,
            address: #address,
            port: #port,
            address_variable: #variable,
            authentication: #authentication,
            surface: #surface,
            forwards: &[#(#forwards),*],
            document: #document,
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

/// The OpenAPI document of a surface, if it is one of REST.
pub(super) fn document(exposes: &Exposes, capability: &Capability, values: &Values<'_>) -> Option<TokenStream> {
    let text = literal(&rest_document::text(capability, exposes, values.plan.as_ref())?);
    let name = document_name(exposes);
    let runtime = values.runtime;
    Some(quote! { const #name: &str = #runtime::__private::when_rest_text!(#text); })
}

fn document_name(exposes: &Exposes) -> Ident {
    format_ident!("DOCUMENT_{}", constant_name(exposes))
}

/// The name of the table of a surface's routes, tools or skills.
pub(super) fn constant_name(exposes: &Exposes) -> String {
    exposes.module.as_str().to_uppercase()
}

/// The names of all tables of a surface.
pub(super) fn constant_names(exposes: &Exposes) -> Vec<String> {
    let name = constant_name(exposes);
    match exposes.surface {
        Surface::Rest(_) => vec![document_name(exposes).to_string(), name],
        Surface::Mcp(_) => mcp::constant_names(&name).into_iter().chain([name]).collect(),
        Surface::Skill(_) => vec![name],
        Surface::Control(_) => Vec::new(),
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
        Surface::Control(_) => TokenStream::new(),
    }
}

/// The JSON Schema of what an action answers with, where it is known.
pub(super) fn answer(action: &Action, capability: &Capability, schemas: &Schemas<'_>) -> Option<Literal> {
    let of_operation = |operation: usize| schemas.answer(capability.operations.get(operation)?.answer);
    match action {
        Action::Call(call) => outputs::mapped_schema(&call.outputs).or_else(|| of_operation(call.operation)),
        Action::Steps(action) => {
            let last = action.last.and_then(|last| match &action.steps.get(last)?.kind {
                StepKind::Call(call) => Some(call.operation),
                StepKind::Lookup(_) | StepKind::Script(_) => None,
            });
            let mapped = steps::mapped_schema(&action.mappings).or_else(|| outputs::mapped_schema(&action.outputs));
            mapped.or_else(|| of_operation(last?))
        }
        Action::Mock(output) => Some(outputs::mock_schema(output.as_ref())),
    }
}

fn route(route: &Route, parameters: &Parameters<'_>) -> TokenStream {
    let Route {
        name,
        title: _,
        tags: _,
        description,
        method: verb,
        path,
        path_template,
        parameters: declared,
        rules,
        action,
        binary,
    } = route;
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
