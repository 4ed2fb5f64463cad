//! `Config`: the settings of an API's client.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::callers::has_usable_scheme;
use super::outline::Outline;
use super::servers::default_url;
use super::{Sink, open_client};
use crate::emit::docs::{Docs, code};
use crate::ir::RustName;
use crate::ir::api::{Api, SecurityKind, SecurityScheme, Server};
use crate::names::{Allocator, NameKind};

/// What has a field in `Config`.
pub(super) struct Settings {
    /// The servers: the document's first one, then those that operations have of their own.
    pub(super) servers: Vec<BaseUrl>,
    /// The security schemes, in the order of the API.
    pub(super) schemes: Vec<Credential>,
    /// The index of each server, by its URL in the document.
    numbers: HashMap<String, usize>,
}

/// A base URL.
pub(super) struct BaseUrl {
    /// As the document has it.
    pub(super) template: String,
    /// `None`: it must be given.
    pub(super) url: Option<String>,
    field: RustName,
    pub(super) variable: String,
}

/// What a security scheme needs.
pub(super) struct Credential {
    /// The key in the document.
    pub(super) wire: String,
    pub(super) kind: SecurityKind,
    description: String,
    field: RustName,
    /// The environment variables that it is read from: alternatives, each of variables that are needed together.
    pub(super) variables: Vec<Vec<String>>,
}

impl Credential {
    /// Whether a program gives it: a client certificate comes with the HTTP client, and of an unknown scheme nobody knows what to
    /// send.
    fn is_given(&self) -> bool {
        !matches!(self.kind, SecurityKind::MutualTls | SecurityKind::Unknown)
    }
}

impl Settings {
    /// Gives each setting a field and a variable that no other has.
    pub(super) fn new(outline: &Outline<'_>) -> Self {
        let mut names = Names::new(outline.options.module.as_str());
        let servers: Vec<_> = servers(outline.api)
            .map(|server| {
                let (field, variable) = names.give(&base_url_name(server, outline.api), &[""]);
                BaseUrl { template: server.url.clone(), url: default_url(server), field, variable }
            })
            .collect();
        let schemes = outline.api.security_schemes.iter().map(|scheme| credential(scheme, &mut names)).collect();
        let numbers = servers.iter().enumerate().map(|(number, server)| (server.template.clone(), number)).collect();
        let mut settings = Self { servers, schemes, numbers };
        // Most documents that define no scheme are of servers that take a token all the same.
        if !has_usable_scheme(outline.api) {
            let token = SecurityScheme {
                wire: "token".to_owned(),
                name: RustName::new("token".to_owned()),
                description: String::new(),
                kind: SecurityKind::Bearer { format: String::new() },
            };
            settings.schemes.push(credential(&token, &mut names));
        }
        settings
    }

    /// The index of an operation's server.
    pub(super) fn server(&self, servers: &[Server]) -> usize {
        servers.first().and_then(|own| self.numbers.get(&own.url)).copied().unwrap_or(0)
    }
}

/// The distinct servers that requests go to by default.
fn servers(api: &Api) -> impl Iterator<Item = &Server> {
    let own = api.operations.iter().filter_map(|operation| operation.servers.first());
    let mut seen = HashSet::new();
    api.servers.iter().take(1).chain(own).filter(move |server| seen.insert(server.url.as_str()))
}

/// The first server is the base URL; others are called by their host.
fn base_url_name(server: &Server, api: &Api) -> String {
    if api.servers.first().is_some_and(|first| first.url == server.url) {
        return "base_url".to_owned();
    }
    let url = default_url(server).unwrap_or_else(|| server.url.clone());
    let rest = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let name = if host.is_empty() { rest } else { host };
    format!("{name}_base_url")
}

fn credential(scheme: &SecurityScheme, names: &mut Names) -> Credential {
    let endings: &[&[&str]] = match scheme.kind {
        SecurityKind::Basic => &[&["_USERNAME", "_PASSWORD"]],
        SecurityKind::Oauth2 { client_credentials: Some(_) } => &[&[""], &["_CLIENT_ID", "_CLIENT_SECRET"]],
        SecurityKind::MutualTls | SecurityKind::Unknown => &[],
        _ => &[&[""]],
    };
    let (field, variable) = match scheme.kind {
        // It has neither, and takes none from others.
        SecurityKind::Unknown => (scheme.name.clone(), String::new()),
        _ => names.give(scheme.name.as_str().trim_start_matches("r#"), &endings.concat()),
    };
    let variables = |endings: &&[&str]| endings.iter().map(|ending| format!("{variable}{ending}")).collect();
    Credential {
        wire: scheme.wire.clone(),
        kind: scheme.kind.clone(),
        description: scheme.description.clone(),
        field,
        variables: endings.iter().map(variables).collect(),
    }
}

/// Hands out fields and environment variables.
struct Names {
    prefix: String,
    fields: Allocator,
    variables: HashSet<String>,
}

impl Names {
    fn new(module: &str) -> Self {
        let fields = Allocator::reserving(&["settings"]);
        Self { prefix: shouting(module.trim_start_matches("r#")), fields, variables: HashSet::new() }
    }

    /// The field for a name, and a variable that is free with all of its endings.
    fn give(&mut self, name: &str, suffixes: &[&str]) -> (RustName, String) {
        let field = self.fields.name(name, NameKind::Value);
        let base = format!("{}_{}", self.prefix, shouting(field.as_str().trim_start_matches("r#")));
        let mut variable = base.clone();
        let mut number = 1;
        while suffixes.iter().any(|suffix| self.variables.contains(&format!("{variable}{suffix}"))) {
            number += 1;
            variable = format!("{base}_{number}");
        }
        self.variables.extend(suffixes.iter().map(|suffix| format!("{variable}{suffix}")));
        (field, variable)
    }
}

/// A name as environment variables are written: what shells do not take is a number.
fn shouting(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii_alphanumeric() || character == '_' {
            text.push(character.to_ascii_uppercase());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "U{:X}", u32::from(character));
        }
    }
    text
}

/// The struct, its default and its reader.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let settings = Settings::new(outline);
    open_client(outline, sink);
    sink.item(structure(&settings, &outline.options.runtime));
    sink.item(functions(&settings, &outline.options.runtime));
    sink.close();
}

fn structure(settings: &Settings, runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose("Settings of a client: base URLs, credentials and limits.").prose(
        "The default is what the document says, without credentials. [`Config::from_env`] also reads the environment.",
    );
    let base_urls = settings.servers.iter().map(|server| {
        let BaseUrl { field, template, variable, .. } = server;
        let of = if template.is_empty() { String::new() } else { format!(" {}", code(template)) };
        let docs = Docs::new().prose(&format!("The base URL{of}; {} in the environment.", code(variable)));
        quote! { #docs pub #field: #runtime::BaseUrl, }
    });
    let credentials = credentials(settings).map(|credential| {
        let field = &credential.field;
        let docs = credential_docs(credential);
        quote! { #docs pub #field: ::core::option::Option<#runtime::openapi::Credential>, }
    });
    let default_urls = settings.servers.iter().map(|server| {
        let field = &server.field;
        let unset = || quote! { #field: #runtime::BaseUrl::unset(), };
        server.url.as_ref().map_or_else(unset, |url| quote! { #field: #runtime::BaseUrl::new(#url), })
    });
    let none = self::credentials(settings).map(|credential| {
        let field = &credential.field;
        quote! { #field: ::core::option::Option::None, }
    });
    let others = Docs::new().prose("Timeouts, limits and policies.");
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Config {
            #(#base_urls)*
            #(#credentials)*
            #others
            pub settings: #runtime::Settings,
        }

        impl ::core::default::Default for Config {
            fn default() -> Self {
                Self {
                    #(#default_urls)*
                    #(#none)*
                    settings: ::core::default::Default::default(),
                }
            }
        }
    }
}

/// The schemes that have a field.
fn credentials(settings: &Settings) -> impl Iterator<Item = &Credential> {
    settings.schemes.iter().filter(|credential| credential.is_given())
}

fn credential_docs(credential: &Credential) -> Docs {
    let Credential { wire, kind, description, variables, .. } = credential;
    let name = code(wire);
    let what = match kind {
        SecurityKind::Basic => format!("User name and password of {name}"),
        SecurityKind::Oauth2 { client_credentials: Some(_) } => {
            format!("A token or the client credentials of {name}")
        }
        SecurityKind::ApiKey { .. } => format!("The key of {name}"),
        SecurityKind::Http(scheme) => format!("The credentials of {name} for {}", code(scheme)),
        _ => format!("The token of {name}"),
    };
    let together = |variables: &Vec<String>| {
        let variables: Vec<_> = variables.iter().map(|variable| code(variable)).collect();
        variables.join(" and ")
    };
    let variables: Vec<_> = variables.iter().map(together).collect();
    let line = format!("{what}; {} in the environment.", variables.join(", or "));
    Docs::new().prose(&line).text(super::docs::shortened(description))
}

fn functions(settings: &Settings, runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new()
        .prose("Takes what the environment sets over what the document says.")
        .prose("# Errors")
        .prose(
            "Names every variable that is missing or cannot be read, all of them at once, and never a value. Credentials may be\n\
             missing: a request that needs them is refused, and the error names their variables.",
        );
    let base_urls = settings.servers.iter().map(|server| {
        let BaseUrl { field, variable, .. } = server;
        quote! { environment.base_url(#variable, &mut config.#field); }
    });
    let secrets = credentials(settings).map(reader);
    let fields = settings.servers.iter().map(|server| &server.field);
    let lowered = settings.schemes.iter().map(|credential| {
        let field = &credential.field;
        if !credential.is_given() {
            return quote! { ::core::option::Option::None };
        }
        quote! { ::core::clone::Clone::clone(&self.#field) }
    });
    quote! {
        impl Config {
            #docs
            pub fn from_env() -> ::core::result::Result<Self, #runtime::ConfigError> {
                let mut config = <Self as ::core::default::Default>::default();
                let mut environment = #runtime::__private::Environment::new();
                #(#base_urls)*
                #(#secrets)*
                environment.finish()?;
                ::core::result::Result::Ok(config)
            }

            fn lower(&self) -> #runtime::__private::ApiValues {
                #runtime::__private::ApiValues {
                    base_urls: ::core::convert::From::from([#(::core::clone::Clone::clone(&self.#fields)),*]),
                    credentials: ::core::convert::From::from([#(#lowered),*]),
                    settings: ::core::clone::Clone::clone(&self.settings),
                }
            }
        }
    }
}

/// What reads a credential from the environment.
fn reader(credential: &Credential) -> TokenStream {
    let Credential { field, variables, kind, .. } = credential;
    let readers = variables.iter().map(|variables| {
        let function = match (variables.len(), kind) {
            (1, _) => quote! { token },
            (_, SecurityKind::Basic) => quote! { login },
            _ => quote! { client },
        };
        quote! { environment.#function(#(#variables,)* &mut config.#field); }
    });
    quote! { #(#readers)* }
}
