//! The consumed operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameters::Parameters;
use super::template;
use crate::emit::names::index;
use crate::ir::{Answer, Constant, Operation};

pub(super) fn operation(operation: &Operation, parameters: &Parameters<'_>) -> TokenStream {
    let Operation {
        name,
        method_name: _,
        type_name: _,
        description,
        upstream,
        method,
        path,
        path_template,
        inputs,
        constants,
        body,
        answer,
    } = operation;
    let is_empty = *answer == Some(Answer::Empty);
    let upstream = index(*upstream);
    let method = super::method(*method);
    let path_template = template(path_template);
    let inputs = parameters.list(inputs.iter().map(|input| &input.parameter));
    let body = super::option(body.as_ref().map(super::body::body));
    let constants = constants.iter().map(constant);
    quote! {
        Operation {
            name: #name,
            description: #description,
            consumes: #upstream,
            method: #method,
            path: #path,
            path_template: #path_template,
            inputs: #inputs,
            constants: &[#(#constants),*],
            body: #body,
            is_empty: #is_empty,
        }
    }
}

/// What an adapter adds to every request that is handed on.
pub(super) fn forwarded(path: &str, upstream: usize, constants: &[Constant]) -> TokenStream {
    let upstream = index(upstream);
    let constants = constants.iter().map(constant);
    quote! {
        Operation {
            name: #path,
            description: "",
            consumes: #upstream,
            method: Method::Get,
            path: "",
            path_template: &[],
            inputs: &[],
            constants: &[#(#constants),*],
            body: None,
            is_empty: false,
        }
    }
}

fn constant(constant: &Constant) -> TokenStream {
    let Constant { name, location, value } = constant;
    let location = super::location(*location);
    let value = template(value);
    quote! { Constant { name: #name, location: #location, value: #value } }
}
