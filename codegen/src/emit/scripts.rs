//! `mod scripts`: what the methods of `Handlers` are given that stand in the place of scripts.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, code};
use super::names::index;
use super::openapi::types::At;
use super::values::Values;
use crate::ir::{Capability, Input, Script};

/// The module, where there are scripts.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    if capability.scripts.is_empty() {
        return TokenStream::new();
    }
    let docs = Docs::new()
        .prose("What steps that run scripts are given: the methods of [`Handlers`] that stand in their place.");
    let scripts = capability.scripts.iter().map(|script| self::script(script, values));
    quote! {
        #docs
        pub mod scripts {
            #(#scripts)*
        }
    }
}

fn script(script: &Script, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let name = &script.type_name;
    let docs = Docs::new()
        .prose(&format!("What the step {} is given, which runs {}.", code(&script.name), code(&script.file)))
        .prose(&format!("By {}.", users(script)));
    let fields = script.inputs.iter().map(|input| field(input, values));
    let reads = script.inputs.iter().enumerate().map(|(number, Input { parameter, field })| {
        let number = index(number);
        let word = if parameter.required { "required" } else { "optional" };
        let method = match parameter.schema {
            Some(_) => format_ident!("{word}_typed"),
            None => format_ident!("{word}"),
        };
        quote! { #field: arguments.#method(#number)? }
    });
    let read = (!script.inputs.is_empty()).then(|| {
        quote! {
            impl #name {
                pub(super) fn read(
                    arguments: &mut #runtime::__private::Arguments,
                ) -> ::core::result::Result<Self, #runtime::__private::ArgumentError> {
                    ::core::result::Result::Ok(Self { #(#reads),* })
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #read
    }
}

fn field(input: &Input, values: &Values<'_>) -> TokenStream {
    let Input { parameter, field } = input;
    let docs = Docs::new().text_or(&parameter.description, "An input.");
    let kind = values.of(parameter, At::Beside);
    let kind = if parameter.required {
        kind
    } else {
        quote! { ::core::option::Option<#kind> }
    };
    quote! { #docs pub #field: #kind }
}

/// The routes and tools that take a step, for a sentence.
fn users(script: &Script) -> String {
    script.users.iter().map(|user| code(user)).collect::<Vec<_>>().join(", ")
}

/// The method of `Handlers` in the place of a script.
pub(super) fn method(script: &Script, runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new()
        .prose(&format!("What the step {} does, in the place of {}.", code(&script.name), code(&script.file)))
        .prose(&format!("By {}. What it gives back is what the step gives; an error is the answer.", users(script)));
    let (name, inputs) = (&script.method_name, &script.type_name);
    quote! {
        #docs
        fn #name(
            &self,
            inputs: scripts::#inputs,
            context: #runtime::Context,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<#runtime::Value, #runtime::Problem>,
        > + ::core::marker::Send;
    }
}

/// The method of `Dispatch` that leads from an index to a script's method; nothing where there are none.
pub(super) fn dispatch(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    if capability.scripts.is_empty() {
        return TokenStream::new();
    }
    let arms = capability.scripts.iter().enumerate().map(|(number, script)| {
        let number = index(number);
        let Script { method_name, type_name, inputs, .. } = script;
        let inputs = if inputs.is_empty() {
            quote! { scripts::#type_name {} }
        } else {
            quote! { scripts::#type_name::read(&mut arguments)? }
        };
        quote! {
            #number => {
                let inputs = #inputs;
                ::std::boxed::Box::pin(async move { Handlers::#method_name(&*handlers, inputs, context).await })
            }
        }
    });
    let arguments = if capability.scripts.iter().all(|script| script.inputs.is_empty()) {
        quote! { _ }
    } else {
        quote! { mut arguments }
    };
    quote! {
        fn script(
            &self,
            script: usize,
            #arguments: #runtime::__private::Arguments,
            context: #runtime::Context,
        ) -> ::core::result::Result<#runtime::__private::Scripted, #runtime::__private::ArgumentError> {
            let handlers = ::core::clone::Clone::clone(&self.0);
            ::core::result::Result::Ok(match script {
                #(#arms)*
                _ => #runtime::__private::no_such_script(),
            })
        }
    }
}
