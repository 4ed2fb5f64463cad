//! The capability as static data.
//!
//! The tables stand in a module of their own, in which only constants have names from the capability. So the names of the
//! description types can be imported there, and the tables stay short.

use proc_macro2::TokenStream;
use quote::quote;

use self::operations::operation;
use self::parameters::Parameters;
use self::schema::Schemas;
use self::surfaces::{constant_names, entries, exposes};
use super::docs::Docs;
use super::names::index;
use super::values::Values;
use crate::ir::{BaseUri, Bind, Capability, Location, Method, Piece, Type, Upstream};

mod actions;
mod authentication;
mod body;
pub(super) mod control;
mod json_path;
mod mcp;
mod operations;
mod outputs;
mod parameters;
pub(super) mod rules;
mod schema;
mod skills;
mod steps;
mod surfaces;
mod tool_texts;

pub(super) use self::tool_texts::ToolTexts;

/// The private module `tables`, and `CAPABILITY` taken out of it.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let docs = Docs::new().prose("The capability as data: its upstreams, operations, routes and tools.");
    let taken = ["CAPABILITY", "OPERATIONS", "SCRIPTS"].map(str::to_owned).into_iter();
    let parameters = Parameters::new(capability, taken.chain(capability.exposes.iter().flat_map(constant_names)));
    let schemas = Schemas::new(capability, values);
    let declarations = parameters.declarations(&schemas);
    let operations = capability.operations.iter().map(|item| operation(item, &parameters));
    let count = index(capability.operations.len());
    let surfaces: TokenStream =
        capability.exposes.iter().map(|exposes| entries(exposes, capability, &parameters, &schemas)).collect();
    let documents: TokenStream =
        capability.exposes.iter().filter_map(|exposes| surfaces::document(exposes, capability, values)).collect();
    let scripts = steps::scripts(capability, &parameters);
    let description = description(capability, schemas);
    quote! {
        pub use self::tables::CAPABILITY;

        mod tables {
            // Which of them occur depends on the capability.
            #[allow(unused_imports)]
            use #runtime::description::{
                Action, Annotations, Authentication, Binary, Bind, Body, Cache, CacheScope, Call, CallerAuthentication,
                Capability, Constant, Consumes, Content, Escape, Exposes, FormPart, Forward, InputRule, Introspection,
                JsonTemplate, Location, Logs, Lookup, Mapping, Method, OAuth2, Observability, Operation, Output, Parameter, Part,
                Piece, Prompt, PromptArgument, PromptMessage, Propagation, Reference, Resource, ResourceContent, ResourceServer, Role, Root, Route, Rule,
                Schema, Skill, SkillTool, SkillToolSource, Source, Step, StepCall, StepKind, StepScript, Steps, Surface, Tool, Transport,
                Type,
            };
            #[allow(unused_imports)]
            use #runtime::formats::{Format, protobuf, selector};
            #[allow(unused_imports)]
            use #runtime::jsonpath::{self, JsonPath, Segment, Selector};
            #[allow(unused_imports)]
            use ::core::option::Option::{None, Some};

            #docs
            pub static CAPABILITY: Capability = #description;

            pub(super) static OPERATIONS: [Operation; #count] = [#(#operations),*];

            #surfaces

            #scripts

            #declarations

            #documents
        }
    }
}

fn description(capability: &Capability, schemas: Schemas<'_>) -> TokenStream {
    let schemas = schemas.table();
    let Capability { module, label, description, version, tags, binds, upstreams, exposes: surfaces, .. } = capability;
    let name = module.as_str().trim_start_matches("r#");
    let binds = binds.iter().map(bind);
    let consumes = upstreams.iter().map(consumes);
    let exposes = surfaces.iter().map(exposes);
    quote! {
        Capability {
            name: #name,
            label: #label,
            description: #description,
            version: #version,
            tags: &[#(#tags),*],
            binds: &[#(#binds),*],
            consumes: &[#(#consumes),*],
            operations: &OPERATIONS,
            exposes: &[#(#exposes),*],
            schemas: #schemas,
        }
    }
}

fn bind(bind: &Bind) -> TokenStream {
    let Bind { variable, source_key, file: _, field: _, required } = bind;
    quote! { Bind { variable: #variable, source_key: #source_key, required: #required } }
}

fn consumes(upstream: &Upstream) -> TokenStream {
    let Upstream { namespace, description, base_uri, base_url_variable, field: _, authentication } = upstream;
    let base_uri_template = match base_uri {
        BaseUri::Template(pieces) => template(pieces),
        BaseUri::Unset | BaseUri::Fixed(_) => quote! { &[] },
    };
    let base_uri = option(base_uri.fixed());
    let authentication = authentication::outbound(authentication);
    quote! {
        Consumes {
            namespace: #namespace,
            description: #description,
            base_uri: #base_uri,
            base_uri_template: #base_uri_template,
            base_url_variable: #base_url_variable,
            authentication: #authentication,
        }
    }
}

fn template(pieces: &[Piece]) -> TokenStream {
    let pieces = pieces.iter().map(piece);
    quote! { &[#(#pieces),*] }
}

fn piece(piece: &Piece) -> TokenStream {
    match piece {
        Piece::Text(text) => quote! { Piece::Text(#text) },
        Piece::Input(input) => {
            let input = index(*input);
            quote! { Piece::Input(#input) }
        }
        Piece::Field(input, names) => {
            let input = index(*input);
            quote! { Piece::Field(#input, &[#(#names),*]) }
        }
        Piece::Bind(bind) => {
            let bind = index(*bind);
            quote! { Piece::Bind(#bind) }
        }
    }
}

pub(super) fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}

fn method(method: Method) -> TokenStream {
    match method {
        Method::Get => quote! { Method::Get },
        Method::Head => quote! { Method::Head },
        Method::Post => quote! { Method::Post },
        Method::Put => quote! { Method::Put },
        Method::Patch => quote! { Method::Patch },
        Method::Delete => quote! { Method::Delete },
        Method::Options => quote! { Method::Options },
    }
}

fn location(location: Location) -> TokenStream {
    match location {
        Location::Path => quote! { Location::Path },
        Location::Query => quote! { Location::Query },
        Location::Header => quote! { Location::Header },
        Location::Cookie => quote! { Location::Cookie },
        Location::Body => quote! { Location::Body },
        Location::Property => quote! { Location::Property },
        Location::Template => quote! { Location::Template },
    }
}

fn type_of_value(r#type: Type) -> TokenStream {
    match r#type {
        Type::String => quote! { Type::String },
        Type::Integer => quote! { Type::Integer },
        Type::Number => quote! { Type::Number },
        Type::Boolean => quote! { Type::Boolean },
        Type::Array => quote! { Type::Array },
        Type::Object => quote! { Type::Object },
        Type::Any => quote! { Type::Any },
    }
}
