//! The API as static data.
//!
//! The tables stand in a module of their own, in which nothing has a name from the document. So the names of the
//! description types can be imported there, and the tables stay short. What several operations share stands in a table
//! once, and operations name it by its index.

use std::collections::HashMap;
use std::hash::Hash;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::bodies::Bodies;
use self::cases::Cases;
use self::operations::operation;
use self::parameters::Parameters;
use self::requirements::Requirements;
use super::Sink;
use super::outline::Outline;
use super::settings::{Credential, Settings};
use crate::emit::docs::Docs;
use crate::emit::names::index;
use crate::ir::api::{Location, MediaKind, SecurityKind, Style};

mod bodies;
mod cases;
mod operations;
mod parameters;
mod requirements;

/// The private module `tables`, and `API` taken out of it.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let runtime = &outline.options.runtime;
    sink.item(quote! { pub use self::tables::API; });
    sink.open(quote! { mod tables });
    sink.item(quote! {
        // Which of them occur depends on the document.
        #[allow(unused_imports)]
        use #runtime::openapi::{
            Api, Body, Case, Location, MediaKind, Operation, Pagination, Parameter, Part, Requirement, SecurityKind,
            SecurityScheme, Server, Status, Style,
        };
        #[allow(unused_imports)]
        use #runtime::types::validate::Check;
        #[allow(unused_imports)]
        use ::core::option::Option::{None, Some};
    });
    let settings = Settings::new(outline);
    sink.item(api(outline, &settings));
    let mut tables = Tables::default();
    let operations: Vec<_> =
        outline.calls.iter().map(|call| operation(outline, &settings, call, &mut tables)).collect();
    let count = index(operations.len());
    sink.item(quote! { pub(super) static OPERATIONS: [Operation; #count] = [#(#operations,)*]; });
    for (name, kind, rows) in [
        (quote! { REQUIREMENTS }, quote! { Requirement }, tables.requirements.rows()),
        (quote! { PARAMETERS }, quote! { Parameter }, tables.parameters.rows()),
        (quote! { BODIES }, quote! { Body }, tables.bodies.rows()),
        (quote! { CASES }, quote! { Case }, tables.cases.rows()),
    ] {
        let count = index(rows.len());
        sink.item(quote! { static #name: [#kind; #count] = [#(#rows,)*]; });
    }
    sink.close();
}

/// The tables to which operations refer.
#[derive(Default)]
struct Tables {
    requirements: Requirements,
    parameters: Parameters,
    bodies: Bodies,
    cases: Cases,
}

/// Rows, each of which occurs once.
struct Rows<K> {
    rows: Vec<TokenStream>,
    known: HashMap<K, usize>,
}

impl<K> Default for Rows<K> {
    fn default() -> Self {
        Self { rows: Vec::new(), known: HashMap::new() }
    }
}

impl<K: Hash + Eq> Rows<K> {
    /// The index of a row, which is made if there is none with its key.
    fn index(&mut self, key: K, row: impl FnOnce(&K) -> TokenStream) -> usize {
        if let Some(index) = self.known.get(&key) {
            return *index;
        }
        self.rows.push(row(&key));
        self.known.insert(key, self.rows.len() - 1);
        self.rows.len() - 1
    }
}

fn api(outline: &Outline<'_>, settings: &Settings) -> TokenStream {
    let docs = Docs::new().prose("The API as data: its servers, security schemes and operations.");
    let name = outline.options.module.as_str().trim_start_matches("r#");
    let (title, description, version) = (&outline.api.title, &outline.api.description, &outline.api.version);
    let servers = settings.servers.iter().map(|server| {
        let url = server.url.as_deref().unwrap_or_default();
        let variable = &server.variable;
        quote! { Server { url: #url, variable: #variable } }
    });
    let schemes = settings.schemes.iter().map(|credential| {
        let name = &credential.wire;
        let kind = security_kind(credential);
        let variables = &credential.variables;
        let variables = variables.iter().map(|variables| quote! { &[#(#variables),*] });
        quote! { SecurityScheme { name: #name, kind: SecurityKind::#kind, variables: &[#(#variables),*] } }
    });
    quote! {
        #docs
        pub static API: Api = Api {
            name: #name,
            title: #title,
            description: #description,
            version: #version,
            servers: &[#(#servers),*],
            security_schemes: &[#(#schemes),*],
            requirements: &REQUIREMENTS,
            parameters: &PARAMETERS,
            bodies: &BODIES,
            cases: &CASES,
            operations: &OPERATIONS,
        };
    }
}

fn security_kind(credential: &Credential) -> TokenStream {
    match &credential.kind {
        SecurityKind::Basic => quote! { Basic },
        SecurityKind::Http(scheme) => quote! { Http(#scheme) },
        SecurityKind::ApiKey { location: Location::Query | Location::QueryString, key } => quote! { Query(#key) },
        SecurityKind::ApiKey { location: Location::Cookie, key } => quote! { Cookie(#key) },
        SecurityKind::ApiKey { key, .. } => quote! { Header(#key) },
        SecurityKind::Oauth2 { client_credentials: Some(flow) } => {
            let url = &flow.token_url;
            quote! { ClientCredentials(#url) }
        }
        SecurityKind::Bearer { .. } | SecurityKind::Oauth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            quote! { Bearer }
        }
        SecurityKind::MutualTls => quote! { MutualTls },
        SecurityKind::Unknown => quote! { Unknown },
    }
}

pub(in crate::emit) fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote! { Style::Simple },
        Style::Label => quote! { Style::Label },
        Style::Matrix => quote! { Style::Matrix },
        Style::Form => quote! { Style::Form },
        Style::SpaceDelimited => quote! { Style::SpaceDelimited },
        Style::PipeDelimited => quote! { Style::PipeDelimited },
        Style::DeepObject => quote! { Style::DeepObject },
        Style::Cookie => quote! { Style::Cookie },
    }
}

/// A media kind; `None`: there is no body.
fn media_kind(kind: Option<MediaKind>) -> TokenStream {
    match kind {
        None => quote! { MediaKind::Empty },
        Some(MediaKind::Json) => quote! { MediaKind::Json },
        Some(MediaKind::Form) => quote! { MediaKind::Form },
        Some(MediaKind::Multipart) => quote! { MediaKind::Multipart },
        Some(MediaKind::EventStream) => quote! { MediaKind::EventStream },
        Some(MediaKind::JsonLines) => quote! { MediaKind::JsonLines },
        Some(MediaKind::Xml) => quote! { MediaKind::Xml },
        Some(MediaKind::Text) => quote! { MediaKind::Text },
        Some(MediaKind::Binary) => quote! { MediaKind::Binary },
        Some(MediaKind::Any) => quote! { MediaKind::Any },
    }
}

/// A list of indices.
fn indices(indices: impl IntoIterator<Item = usize>) -> TokenStream {
    let indices: Vec<Literal> = indices.into_iter().map(index).collect();
    quote! { &[#(#indices),*] }
}
