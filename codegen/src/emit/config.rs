//! `Config`: the settings of a capability, one field for each thing that can be set.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, code};
use crate::ir::{BaseUri, Bind, BindFile, BindKey, Capability, Listen, Piece, RustName, Upstream};

/// A field of `Config`.
struct Field<'a> {
    name: &'a RustName,
    docs: Docs,
    kind: TokenStream,
    /// The value that the file gives.
    default: TokenStream,
    /// The environment variable, and the method that reads it.
    variable: &'a str,
    reader: TokenStream,
    /// Where a file has the value.
    file: Option<&'a BindKey>,
}

/// The struct, its default and its reader.
pub(super) fn emit(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let upstreams = base_urls(&capability.upstreams, runtime);
    let listeners = listen_addresses(capability, runtime);
    let secrets = secrets(capability, runtime);
    let reads_files = !capability.bind_files.is_empty();
    let structure = structure(&[&upstreams, &listeners, &secrets], reads_files, runtime);
    let readers = upstreams.iter().chain(&listeners).chain(&secrets).map(|field| {
        let Field { name, variable, reader, .. } = field;
        match field.file {
            None => quote! { environment.#reader(#variable, &mut config.#name); },
            Some(BindKey { file, key }) => {
                let file = Literal::usize_unsuffixed(*file);
                quote! { environment.#reader(&mut files[#file], #variable, #key, &mut config.#name); }
            }
        }
    });
    let files = bind_files(&capability.bind_files);
    let gate = gate(&capability.bind_files, runtime);
    let parts = capability.upstreams.iter().filter_map(|upstream| base_url_parts(upstream, &capability.binds));
    let server = capability.server_variables.as_deref();
    let docs = from_env_docs(reads_files, capability.files_root.as_deref(), server);
    let server = server.map(|prefix| quote! { environment.settings(#prefix, &mut config.settings); });
    let files_root = capability
        .files_root
        .as_ref()
        .map(|variable| quote! { environment.folder(#variable, &mut config.settings.files_root); });
    let lower = lower(&upstreams, &listeners, &secrets, runtime);
    quote! {
        #gate

        #structure

        impl Config {
            #docs
            pub fn from_env() -> ::core::result::Result<Self, #runtime::ConfigError> {
                let mut config = <Self as ::core::default::Default>::default();
                let mut environment = #runtime::__private::Environment::new();
                #files
                #(#readers)*
                #(#parts)*
                #files_root
                #server
                environment.finish()?;
                ::core::result::Result::Ok(config)
            }

            #lower
        }
    }
}

/// Demands the variables of a base URI that is not given as a whole.
fn base_url_parts(upstream: &Upstream, binds: &[Bind]) -> Option<TokenStream> {
    let BaseUri::Template(pieces) = &upstream.base_uri else { return None };
    let mut parts: Vec<&Bind> = Vec::new();
    for piece in pieces {
        if let Piece::Bind(bind) = piece
            && let Some(bind) = binds.get(*bind).filter(|bind| !bind.required)
            && !parts.contains(&bind)
        {
            parts.push(bind);
        }
    }
    let name = &upstream.field;
    let variables = parts.iter().map(|bind| &bind.source_key);
    let fields = parts.iter().map(|bind| &bind.field);
    (!parts.is_empty())
        .then(|| quote! { environment.base_url_parts(&config.#name, &[#((#variables, &config.#fields)),*]); })
}

fn structure(fields: &[&[Field<'_>]], reads_files: bool, runtime: &TokenStream) -> TokenStream {
    let docs =
        Docs::new().prose("Settings of this capability: base URLs, listen addresses, secrets and limits.").prose(
            "The default is what the capability file says, without secrets. [`Config::from_env`] also reads the\n\
             environment.",
        );
    let docs = if reads_files { docs.prose("It alone reads the files that secrets stand in.") } else { docs };
    let settings = Docs::new().prose("Timeouts, limits and policies.");
    let declarations = fields.iter().copied().flatten().map(|field| {
        let Field { name, docs, kind, .. } = field;
        quote! { #docs pub #name: #kind }
    });
    let defaults = fields.iter().copied().flatten().map(|field| {
        let Field { name, default, .. } = field;
        quote! { #name: #default }
    });
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Config {
            #(#declarations,)*
            #settings
            pub settings: #runtime::Settings,
        }

        #[automatically_derived]
        impl ::core::default::Default for Config {
            fn default() -> Self {
                Self {
                    #(#defaults,)*
                    settings: <#runtime::Settings as ::core::default::Default>::default(),
                }
            }
        }
    }
}

/// The files of binds, of which `from_env` reads those that it needs.
fn bind_files(files: &[BindFile]) -> TokenStream {
    if files.is_empty() {
        return TokenStream::new();
    }
    let files = files.iter().map(|BindFile { path, variable }| quote! { environment.bind_file(#variable, #path) });
    quote! { let mut files = [#(#files),*]; }
}

/// Without what the files need, the program does not build.
fn gate(files: &[BindFile], runtime: &TokenStream) -> TokenStream {
    let is_yaml = |path: &str| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
    };
    let gate = files.iter().any(|file| is_yaml(&file.path)).then(|| quote! { #runtime::__private::require_yaml! {} });
    gate.unwrap_or_default()
}

fn from_env_docs(reads_files: bool, files_root: Option<&str>, server: Option<&str>) -> Docs {
    let docs = Docs::new().prose("Takes what the environment sets over what the capability file says.");
    let docs = if reads_files {
        docs.prose("Secrets that the environment does not have are read from the files that the capability file names.")
    } else {
        docs
    };
    let docs = match files_root {
        Some(variable) => docs.prose(&format!(
            "Folders of resources and skills are below the folder that {} names, where it does.",
            code(variable)
        )),
        None => docs,
    };
    let docs = match server {
        Some(prefix) => docs.prose(&format!(
            "So are settings of servers, from variables that begin with {}, such as {}.",
            code(&format!("{prefix}_")),
            code(&format!("{prefix}_ALLOW_REMOTE"))
        )),
        None => docs,
    };
    docs.prose("# Errors")
        .prose("Names every variable that is missing or cannot be read, all of them at once, and never a value.")
}

/// The conversion to the runtime's form, in which the order of the tables takes the place of names.
fn lower(
    upstreams: &[Field<'_>],
    listeners: &[Field<'_>],
    secrets: &[Field<'_>],
    runtime: &TokenStream,
) -> TokenStream {
    let [base_urls, listen_addresses, secrets] = [upstreams, listeners, secrets].map(|fields| {
        let names = fields.iter().map(|field| field.name);
        quote! { ::core::convert::From::from([#(::core::clone::Clone::clone(&self.#names)),*]) }
    });
    quote! {
        fn lower(&self) -> #runtime::__private::Values {
            #runtime::__private::Values {
                base_urls: #base_urls,
                listen_addresses: #listen_addresses,
                secrets: #secrets,
                settings: ::core::clone::Clone::clone(&self.settings),
            }
        }
    }
}

fn base_urls<'a>(upstreams: &'a [Upstream], runtime: &TokenStream) -> Vec<Field<'a>> {
    upstreams
        .iter()
        .map(|upstream| Field {
            name: &upstream.field,
            docs: Docs::new().prose(&format!(
                "The base URL of {}; {} in the environment.",
                code(&upstream.namespace),
                code(&upstream.base_url_variable)
            )),
            kind: quote! { #runtime::BaseUrl },
            default: upstream
                .base_uri
                .fixed()
                .map_or_else(|| quote! { #runtime::BaseUrl::unset() }, |uri| quote! { #runtime::BaseUrl::new(#uri) }),
            variable: &upstream.base_url_variable,
            reader: match upstream.base_uri {
                BaseUri::Template(_) => quote! { optional_base_url },
                BaseUri::Unset | BaseUri::Fixed(_) => quote! { base_url },
            },
            file: None,
        })
        .collect()
}

fn listen_addresses<'a>(capability: &'a Capability, runtime: &TokenStream) -> Vec<Field<'a>> {
    let listening =
        capability.exposes.iter().filter_map(|exposes| Some((exposes.namespace.as_str(), exposes.listen.as_ref()?)));
    listening
        .map(|(namespace, listen)| {
            let Listen { address, port, variable, field } = listen;
            let open = if port.is_none() { ", since the capability file does not say" } else { "" };
            Field {
                name: field,
                docs: Docs::new().prose(&format!(
                    "Where {} listens; {} in the environment{open}.",
                    code(namespace),
                    code(variable)
                )),
                kind: quote! { #runtime::ListenAddress },
                default: port.map(Literal::u16_unsuffixed).map_or_else(
                    || quote! { #runtime::ListenAddress::unset() },
                    |port| quote! { #runtime::ListenAddress::new(#address, #port) },
                ),
                variable,
                reader: quote! { listen_address },
                file: None,
            }
        })
        .collect()
}

fn secrets<'a>(capability: &'a Capability, runtime: &TokenStream) -> Vec<Field<'a>> {
    let binds = capability.binds.iter();
    binds
        .map(|bind| Field {
            name: &bind.field,
            docs: secret_docs(bind, &capability.bind_files),
            kind: quote! { ::core::option::Option<#runtime::SecretString> },
            default: quote! { ::core::option::Option::None },
            variable: &bind.source_key,
            reader: match (&bind.file, bind.required) {
                (None, true) => quote! { secret },
                (None, false) => quote! { optional_secret },
                (Some(_), true) => quote! { secret_from },
                (Some(_), false) => quote! { optional_secret_from },
            },
            file: bind.file.as_ref(),
        })
        .collect()
}

fn secret_docs(bind: &Bind, files: &[BindFile]) -> Docs {
    let (variable, environment) = (code(&bind.variable), code(&bind.source_key));
    let file = bind.file.as_ref().and_then(|key| Some((&key.key, files.get(key.file)?)));
    let text = match file {
        None => format!("The bind variable {variable}; {environment} in the environment."),
        Some((key, BindFile { path, variable: place })) => format!(
            "The bind variable {variable}; {environment} in the environment, or else {}\n\
             in the file {}, in place of which {} in the environment names another.",
            code(key),
            code(path),
            code(place)
        ),
    };
    Docs::new().prose(&text)
}
