//! `mod operations`: the inputs of each operation as a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, code, inline};
use super::names::index;
use super::openapi::types::At;
use super::values::Values;
use crate::ir::{Capability, Input, Operation};

/// The module.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let docs = Docs::new().prose("The inputs of the operations.");
    let operations =
        capability.operations.iter().enumerate().map(|(number, operation)| self::operation(number, operation, values));
    quote! {
        #docs
        pub mod operations {
            #(#operations)*
        }
    }
}

fn operation(number: usize, operation: &Operation, values: &Values<'_>) -> TokenStream {
    let structure = structure(operation, values);
    let constructor = constructor(operation, values);
    let conversion = conversion(number, operation, values);
    quote! {
        #structure
        #constructor
        #conversion
    }
}

fn structure(operation: &Operation, values: &Values<'_>) -> TokenStream {
    let name = &operation.type_name;
    let description = inline(&operation.description);
    let docs = Docs::new().prose(&if description.is_empty() {
        format!("Inputs of {}.", code(&operation.name))
    } else {
        format!("Inputs of {}: {description}", code(&operation.name))
    });
    let fields = operation.inputs.iter().map(|input| {
        let name = &input.field;
        let docs = Docs::new().text_or(&input.parameter.description, "An input.");
        let kind = values.of(&input.parameter, At::Beside);
        let kind = if input.is_positional() {
            kind
        } else {
            quote! { ::core::option::Option<#kind> }
        };
        quote! { #docs pub #name: #kind }
    });
    let default = (!has_positional(operation)).then(|| quote! { ::core::default::Default, });
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug, #default ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// Whether the operation has an input that is an argument.
fn has_positional(operation: &Operation) -> bool {
    operation.inputs.iter().any(Input::is_positional)
}

fn constructor(operation: &Operation, values: &Values<'_>) -> TokenStream {
    let name = &operation.type_name;
    let docs = if has_positional(operation) {
        Docs::new().prose("Takes the inputs that stand in the path; the others are unset.")
    } else {
        Docs::new().prose("Inputs that are all unset.")
    };
    let positional = operation.inputs.iter().filter(|input| input.is_positional());
    let arguments = positional.map(|input| {
        let name = &input.field;
        let (kind, _) = values.argument(input, At::Beside);
        quote! { #name: #kind }
    });
    let fields = operation.inputs.iter().map(|input| {
        let name = &input.field;
        if !input.is_positional() {
            return quote! { #name: ::core::option::Option::None };
        }
        let (_, conversion) = values.argument(input, At::Beside);
        conversion.map_or_else(|| quote! { #name }, |value| quote! { #name: #value })
    });
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

/// How the runtime fills the struct from a request, and takes it apart for one.
fn conversion(number: usize, operation: &Operation, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let answer = values.answer(operation, At::Beside);
    let name = &operation.type_name;
    let number = index(number);
    let reads = operation.inputs.iter().enumerate().map(|(number, input)| {
        let name = &input.field;
        let number = index(number);
        let method = format_ident!("{}{}", if input.is_positional() { "required" } else { "optional" }, suffix(input));
        quote! { #name: arguments.#method(#number)? }
    });
    let writes = operation.inputs.iter().enumerate().map(|(number, input)| {
        let name = &input.field;
        let number = index(number);
        let method = format_ident!("put{}{}", if input.is_positional() { "" } else { "_optional" }, suffix(input));
        quote! { arguments.#method(#number, self.#name); }
    });
    let arguments = if operation.inputs.is_empty() {
        quote! { _ }
    } else {
        quote! { arguments }
    };
    quote! {
        #[automatically_derived]
        impl #runtime::OperationInputs for #name {
            type Answer = #answer;

            const OPERATION: &'static #runtime::description::Operation = &super::tables::OPERATIONS[#number];

            fn read(
                #arguments: &mut #runtime::__private::Arguments,
            ) -> ::core::result::Result<Self, #runtime::__private::ArgumentError> {
                ::core::result::Result::Ok(Self { #(#reads),* })
            }

            fn write(self, #arguments: &mut #runtime::__private::Arguments) {
                #(#writes)*
            }
        }
    }
}

/// What tells the functions for values with a schema from those for the types of the capability format.
fn suffix(input: &Input) -> &'static str {
    if input.parameter.schema.is_some() { "_typed" } else { "" }
}
