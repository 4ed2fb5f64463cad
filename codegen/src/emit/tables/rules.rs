//! Rules for the values that routes, tools and resources take.

use proc_macro2::TokenStream;
use quote::quote;

use super::json_path::json_path;
use crate::emit::names::index;
use crate::ir::{Capability, InputRule, Rule, Surface};

/// What fails to compile where the runtime lacks what the rules need.
pub(in crate::emit) fn needs(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let mut rules = capability.exposes.iter().flat_map(|exposes| match &exposes.surface {
        Surface::Rest(routes) => routes.iter().flat_map(|route| &route.rules).collect::<Vec<_>>(),
        Surface::Mcp(mcp) => mcp.rules().collect(),
        Surface::Skill(_) | Surface::Control(_) => Vec::new(),
    });
    if rules.any(|rule| matches!(rule.rule, Rule::Pattern(_))) {
        quote! { #runtime::__private::require_patterns! {} }
    } else {
        TokenStream::new()
    }
}

/// The rules of a route, tool or resource.
pub(super) fn rules(rules: &[InputRule]) -> TokenStream {
    let rules = rules.iter().map(|InputRule { parameter, rule }| {
        let parameter = index(*parameter);
        let rule = match rule {
            Rule::Pattern(pattern) => quote! { Rule::Pattern(#pattern) },
            Rule::OneOf(values) => quote! { Rule::OneOf(&[#(#values),*]) },
            Rule::Default(value) => quote! { Rule::Default(#value) },
            Rule::Fixed(value) => quote! { Rule::Fixed(#value) },
            Rule::Path(path) => {
                let path = json_path(path);
                quote! { Rule::Path(#path) }
            }
        };
        quote! { InputRule { parameter: #parameter, rule: #rule } }
    });
    quote! { &[#(#rules),*] }
}
