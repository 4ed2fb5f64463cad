//! `Callers`: which callers the handlers of a document have.

use quote::{format_ident, quote};

use super::outline::Outline;
use super::{Sink, docs};
use crate::emit::docs::{Docs, code};
use crate::ir::RustName;
use crate::ir::api::{Api, SecurityKind, SecurityScheme};
use crate::names::{Allocator, NameKind};

/// Whether there are operations that demand something of their callers.
pub(super) fn are_demanded(api: &Api) -> bool {
    api.security_schemes.iter().enumerate().any(|(index, _)| is_demanded(api, index))
}

fn is_demanded(api: &Api, scheme: usize) -> bool {
    let served = api.operations.iter().filter(|operation| operation.is_served);
    served.flat_map(|operation| &operation.security).flatten().any(|required| required.scheme == scheme)
}

/// Whether clients of an API know what to send for one of its schemes.
pub(super) fn has_usable_scheme(api: &Api) -> bool {
    api.security_schemes.iter().any(|scheme| scheme.kind != SecurityKind::Unknown)
}

/// The struct, where there is something to say in it.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let (api, runtime) = (outline.api, &outline.options.runtime);
    if !are_demanded(api) {
        return;
    }
    let mut names = Allocator::default();
    let schemes: Vec<_> = api
        .security_schemes
        .iter()
        .enumerate()
        .map(|(index, scheme)| {
            let name = || names.name(scheme.name.as_str().trim_start_matches("r#"), NameKind::Value);
            (is_demanded(api, index).then(name), scheme)
        })
        .collect();
    let fields = || schemes.iter().filter_map(|(name, scheme)| Some((name.as_ref()?, *scheme)));
    let docs = Docs::new()
        .prose(
            "Which callers the handlers have: for each security scheme that an operation demands, what its credentials are\n\
             checked by. What is left out accepts nobody.",
        )
        .prose(&example(fields()));
    let declared = fields().map(|(name, scheme)| {
        let docs = field_docs(scheme);
        let kind = checked(&scheme.kind).map(|kind| {
            let kind = format_ident!("{kind}");
            quote! { <#runtime::openapi::kinds::#kind> }
        });
        quote! { #docs pub #name: #runtime::openapi::Verifier #kind, }
    });
    sink.item(quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
        pub struct Callers {
            #(#declared)*
        }
    });
    let unchecked = Docs::new().prose(
        "Everybody, because what stands in front of the server checks them: a gateway, or a layer of the router. Credentials\n\
         stay in the request.",
    );
    let names = fields().map(|(name, _)| name);
    let lowered = schemes.iter().map(|(name, _)| {
        let left_out = || quote! { ::core::default::Default::default() };
        name.as_ref().map_or_else(left_out, |name| quote! { ::core::convert::From::from(self.#name) })
    });
    // What clients send where the document defines no scheme stands behind the others.
    let ours = (!has_usable_scheme(api)).then(|| quote! { #runtime::__private::Acceptance::undemanded() });
    let lowered = lowered.chain(ours);
    sink.item(quote! {
        impl Callers {
            #unchecked
            pub fn unchecked() -> Self {
                Self { #(#names: #runtime::openapi::Verifier::unchecked(),)* }
            }

            fn lower(self) -> ::core::option::Option<::std::vec::Vec<#runtime::__private::Acceptance>> {
                ::core::option::Option::Some(::core::convert::From::from([#(#lowered),*]))
            }
        }
    });
}

/// The kind of verifiers that can check a scheme; `None`: that of texts.
fn checked(kind: &SecurityKind) -> Option<&'static str> {
    match kind {
        SecurityKind::Basic => Some("Basic"),
        SecurityKind::Http(name) if name == "digest" => Some("Digest"),
        SecurityKind::MutualTls | SecurityKind::Unknown => Some("Foreign"),
        _ => None,
    }
}

/// An example, which cannot be tested: nobody knows here what the crate around is called.
fn example<'a>(mut fields: impl Iterator<Item = (&'a RustName, &'a SecurityScheme)>) -> String {
    let Some((name, scheme)) = fields.next() else { return String::new() };
    let name = name.as_str();
    let verifier = match (checked(&scheme.kind), &scheme.kind) {
        (Some("Foreign"), _) => "Verifier::unchecked()",
        (Some(_), _) => "Verifier::login(\"ada\", password)",
        (None, SecurityKind::Oauth2 { .. } | SecurityKind::OpenIdConnect { .. }) => {
            "Verifier::issuer(\"https://id.example\", \"https://api.example\")?"
        }
        (None, _) => "Verifier::secret(secret)",
    };
    let rest = if fields.next().is_some() { ", ..Callers::default()" } else { "" };
    format!("```rust,ignore\nlet callers = Callers {{ {name}: {verifier}{rest} }};\n```")
}

fn field_docs(scheme: &SecurityScheme) -> Docs {
    let name = code(&scheme.wire);
    let line = match &scheme.kind {
        SecurityKind::Basic => format!("User names and passwords of {name}."),
        SecurityKind::ApiKey { key, .. } => format!("Keys of {name}, in {}.", code(key)),
        SecurityKind::Http(http) => format!("Credentials of {name} for {}.", code(http)),
        SecurityKind::OpenIdConnect { url } if !url.is_empty() => {
            format!("Tokens of {name}, whose provider describes itself at {}.", code(url))
        }
        SecurityKind::Bearer { .. } | SecurityKind::Oauth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            format!("Tokens of {name}.")
        }
        SecurityKind::MutualTls => {
            format!("Client certificates of {name}, which only what stands in front of the server can check.")
        }
        SecurityKind::Unknown => format!(
            "{name}, which the document demands and does not say enough of: only what stands in front of the server can check it."
        ),
    };
    Docs::new().prose(&line).text(docs::shortened(&scheme.description))
}
