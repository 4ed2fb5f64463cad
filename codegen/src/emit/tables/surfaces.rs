//! The exposed surfaces.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{method, option, parameters, template};
use crate::emit::names::index;
use crate::emit::schema::input_schema;
use crate::ir::{Exposes, Hints, Route, Source, Surface, Tool};

pub(super) fn exposes(exposes: &Exposes) -> TokenStream {
    let Exposes { namespace, description, module: _, listen, surface } = exposes;
    let (address, port, variable) = match listen {
        Some(listen) => (listen.address.as_str(), Some(Literal::u16_unsuffixed(listen.port)), listen.variable.as_str()),
        None => ("", None, ""),
    };
    let port = option(port);
    let surface = match surface {
        Surface::Rest(routes) => {
            let routes = routes.iter().map(route);
            quote! { Surface::Rest { routes: &[#(#routes),*] } }
        }
        Surface::Mcp(tools) => {
            let transport = if listen.is_some() {
                quote! { Transport::Http }
            } else {
                quote! { Transport::Stdio }
            };
            let tools = tools.iter().map(tool);
            quote! { Surface::Mcp { transport: #transport, tools: &[#(#tools),*] } }
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

fn route(route: &Route) -> TokenStream {
    let Route { name, description, method: verb, path, path_template, parameters: declared, operation, arguments } =
        route;
    let verb = method(*verb);
    let path_template = template(path_template);
    let declared = parameters(declared.iter());
    let operation = index(*operation);
    let arguments = sources(arguments);
    quote! {
        Route {
            name: #name,
            description: #description,
            method: #verb,
            path: #path,
            path_template: #path_template,
            parameters: #declared,
            operation: #operation,
            arguments: #arguments,
        }
    }
}

fn tool(tool: &Tool) -> TokenStream {
    let Tool { name, title, description, hints, parameters: declared, operation, arguments } = tool;
    let title = option(title.as_ref());
    let schema = input_schema(declared);
    let annotations = annotations(*hints);
    let declared = parameters(declared.iter());
    let operation = index(*operation);
    let arguments = sources(arguments);
    quote! {
        Tool {
            name: #name,
            title: #title,
            description: #description,
            input_schema: #schema,
            output_schema: None,
            annotations: #annotations,
            parameters: #declared,
            operation: #operation,
            arguments: #arguments,
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

fn sources(sources: &[Source]) -> TokenStream {
    let sources = sources.iter().map(|source| match source {
        Source::Parameter(parameter) => {
            let parameter = index(*parameter);
            quote! { Source::Parameter(#parameter) }
        }
        Source::Constant(text) => quote! { Source::Constant(#text) },
        Source::Absent => quote! { Source::Absent },
    });
    quote! { &[#(#sources),*] }
}
