//! `mod operations`: the inputs of each operation as a struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, inline};
use super::names::index;
use crate::ir::{Capability, Input, Operation, Type};

/// The module.
pub(super) fn emit(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose("The inputs of the operations.");
    let operations =
        capability.operations.iter().enumerate().map(|(number, operation)| self::operation(number, operation, runtime));
    quote! {
        #docs
        pub mod operations {
            #(#operations)*
        }
    }
}

/// The Rust type of a value.
pub(super) fn value_type(r#type: Type, runtime: &TokenStream) -> TokenStream {
    match r#type {
        Type::String => quote! { ::std::string::String },
        Type::Integer => quote! { i64 },
        Type::Number => quote! { f64 },
        Type::Boolean => quote! { bool },
        Type::Array => quote! { ::std::vec::Vec<#runtime::Value> },
        Type::Object | Type::Any => quote! { #runtime::Json },
    }
}

/// The type of an argument that a value is made from, and the conversion; `None` where the argument is the value.
pub(super) fn argument(input: &Input, runtime: &TokenStream) -> (TokenStream, Option<TokenStream>) {
    let name = &input.field;
    let kind = value_type(input.parameter.r#type, runtime);
    match input.parameter.r#type {
        Type::Integer | Type::Number | Type::Boolean => (kind, None),
        Type::String | Type::Array | Type::Object | Type::Any => {
            (quote! { impl ::core::convert::Into<#kind> }, Some(quote! { ::core::convert::Into::into(#name) }))
        }
    }
}

fn operation(number: usize, operation: &Operation, runtime: &TokenStream) -> TokenStream {
    let structure = structure(operation, runtime);
    let constructor = constructor(operation, runtime);
    let conversion = conversion(number, operation, runtime);
    quote! {
        #structure
        #constructor
        #conversion
    }
}

fn structure(operation: &Operation, runtime: &TokenStream) -> TokenStream {
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
        let kind = value_type(input.parameter.r#type, runtime);
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

fn constructor(operation: &Operation, runtime: &TokenStream) -> TokenStream {
    let name = &operation.type_name;
    let docs = if has_positional(operation) {
        Docs::new().prose("Takes the inputs that stand in the path; the others are unset.")
    } else {
        Docs::new().prose("Inputs that are all unset.")
    };
    let positional = operation.inputs.iter().filter(|input| input.is_positional());
    let arguments = positional.map(|input| {
        let name = &input.field;
        let (kind, _) = argument(input, runtime);
        quote! { #name: #kind }
    });
    let fields = operation.inputs.iter().map(|input| {
        let name = &input.field;
        if !input.is_positional() {
            return quote! { #name: ::core::option::Option::None };
        }
        let (_, conversion) = argument(input, runtime);
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
fn conversion(number: usize, operation: &Operation, runtime: &TokenStream) -> TokenStream {
    let name = &operation.type_name;
    let number = index(number);
    let reads = operation.inputs.iter().enumerate().map(|(number, input)| {
        let name = &input.field;
        let number = index(number);
        if input.is_positional() {
            quote! { #name: arguments.required(#number)? }
        } else {
            quote! { #name: arguments.optional(#number)? }
        }
    });
    let writes = operation.inputs.iter().enumerate().map(|(number, input)| {
        let name = &input.field;
        let number = index(number);
        if input.is_positional() {
            quote! { arguments.put(#number, self.#name); }
        } else {
            quote! { arguments.put_optional(#number, self.#name); }
        }
    });
    let arguments = if operation.inputs.is_empty() {
        quote! { _ }
    } else {
        quote! { arguments }
    };
    quote! {
        #[automatically_derived]
        impl #runtime::OperationInputs for #name {
            type Answer = #runtime::Value;

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
