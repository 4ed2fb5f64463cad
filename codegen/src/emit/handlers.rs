//! `Handlers`: what answers the operations, and the dispatch from a table's index to a method.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::operation_docs;
use super::docs::Docs;
use super::names::index;
use super::openapi::types::At;
use super::values::Values;
use super::{mcp_handlers, scripts};
use crate::ir::{Capability, Operation, Script};

/// The trait, its implementation by the client, and the dispatcher.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let docs = handlers_docs(capability, values);
    let client = Docs::new().prose("The client that the methods call unless they are overridden.");
    let mcp = mcp_handlers::methods(capability, runtime);
    let methods = capability.operations.iter().map(|operation| method(operation, capability, values));
    let scripts = capability.scripts.iter().map(|script| scripts::method(script, runtime));
    let unimplemented = unimplemented(capability);
    let client_alone = capability.scripts.is_empty().then(|| {
        quote! {
            #[automatically_derived]
            impl Handlers for Client {
                fn client(&self) -> &Client {
                    self
                }
            }
        }
    });
    let dispatcher = dispatcher(capability, runtime);
    quote! {
        #docs
        #unimplemented
        pub trait Handlers: ::core::marker::Send + ::core::marker::Sync + 'static {
            #client
            fn client(&self) -> &Client;

            #(#scripts)*

            #(#methods)*

            #mcp
        }

        #client_alone

        #dispatcher
    }
}

/// What rustc says of a type without the methods that stand in the place of scripts.
fn unimplemented(capability: &Capability) -> Option<TokenStream> {
    if capability.scripts.is_empty() {
        return None;
    }
    let methods: Vec<String> =
        capability.scripts.iter().map(|script| format!("`{}`", script.method_name.as_str())).collect();
    let note = format!(
        "implement it for a type of the program, with the methods in the place of the capability's scripts: {}",
        methods.join(", ")
    );
    Some(quote! {
        #[diagnostic::on_unimplemented(
            message = "`{Self}` does not implement `Handlers`",
            label = "`Handlers` is not implemented",
            note = #note
        )]
    })
}

fn handlers_docs(capability: &Capability, values: &Values<'_>) -> Docs {
    let docs = Docs::new().prose("What answers the operations: one method each, shared by all surfaces.");
    if let Some(script) = capability.scripts.first() {
        return docs
            .prose(
                "Steps of the capability run scripts. In the place of each there is a method that a program has to\n\
                 implement. The others call the upstream unless they are overridden. Give what implements the trait to\n\
                 [`serve_with`].",
            )
            .prose(&script_example(script));
    }
    let docs = docs.prose(
        "A method calls the upstream unless it is overridden. [`Client`] overrides none of them. To answer an\n\
         operation in another way, implement the trait for a type that holds a client, and give it to\n\
         [`serve_with`].",
    );
    match capability.operations.first() {
        Some(operation) => docs.prose(&example(operation, values)),
        None => docs,
    }
}

/// An example of a script's method. It cannot be tested, since nobody knows here what the crate around is called.
fn script_example(script: &Script) -> String {
    let (method, inputs) = (script.method_name.as_str(), script.type_name.as_str());
    format!(
        "```rust,ignore\n\
         struct Program(Client);\n\
         \n\
         impl Handlers for Program {{\n    \
             fn client(&self) -> &Client {{\n        \
                 &self.0\n    \
             }}\n\
         \n    \
             async fn {method}(&self, inputs: scripts::{inputs}, context: Context) -> Result<Value, Problem> {{\n        \
                 // Whatever the script does.\n        \
                 Ok(Value::Null)\n    \
             }}\n\
         }}\n\
         ```"
    )
}

/// An example of overriding. It cannot be tested, since nobody knows here what the crate around is called.
fn example(operation: &Operation, values: &Values<'_>) -> String {
    let reply = match operation.answer {
        Some(_) => format!("Reply<{}>", values.answer(operation, At::Module)).replace(' ', ""),
        None => "Reply".to_owned(),
    };
    let method = operation.method_name.as_str();
    let inputs = operation.type_name.as_str();
    format!(
        "```rust,ignore\n\
         struct Checked(Client);\n\
         \n\
         impl Handlers for Checked {{\n    \
             fn client(&self) -> &Client {{\n        \
                 &self.0\n    \
             }}\n\
         \n    \
             async fn {method}(&self, inputs: operations::{inputs}, context: Context) -> Result<{reply}, Problem> {{\n        \
                 // Whatever has to happen before.\n        \
                 self.0.forward(inputs, context).await\n    \
             }}\n\
         }}\n\
         ```"
    )
}

fn method(operation: &Operation, capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let reply = reply(operation, values);
    let docs = operation_docs(operation, capability);
    let name = &operation.method_name;
    let inputs = &operation.type_name;
    quote! {
        #docs
        fn #name(
            &self,
            inputs: operations::#inputs,
            context: #runtime::Context,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<#reply, #runtime::Problem>,
        > + ::core::marker::Send {
            self.client().forward(inputs, context)
        }
    }
}

/// The reply of an operation.
fn reply(operation: &Operation, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    if operation.answer.is_none() {
        return quote! { #runtime::Reply };
    }
    let answer = values.answer(operation, At::Module);
    quote! { #runtime::Reply<#answer> }
}

fn dispatcher(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let body = dispatch(capability, runtime);
    let script = scripts::dispatch(capability, runtime);
    let mcp = mcp_handlers::dispatch(capability, runtime);
    let [operation, arguments, context] = if capability.operations.is_empty() {
        [quote! { _ }, quote! { _ }, quote! { _ }]
    } else {
        [quote! { operation }, quote! { mut arguments }, quote! { context }]
    };
    quote! {
        struct Dispatcher<H>(::std::sync::Arc<H>);

        #[automatically_derived]
        impl<H: Handlers> #runtime::__private::Dispatch for Dispatcher<H> {
            fn client(&self) -> ::core::option::Option<&#runtime::__private::Client> {
                ::core::option::Option::Some(&Handlers::client(&*self.0).inner)
            }

            fn dispatch(
                &self,
                #operation: usize,
                #arguments: #runtime::__private::Arguments,
                #context: #runtime::Context,
            ) -> #runtime::__private::Dispatched {
                #body
            }

            #script

            #mcp
        }

        fn dispatcher(handlers: impl Handlers) -> ::std::sync::Arc<dyn #runtime::__private::Dispatch> {
            ::std::sync::Arc::new(Dispatcher(::std::sync::Arc::new(handlers)))
        }
    }
}

fn dispatch(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let no_such_operation = quote! { #runtime::__private::no_such_operation() };
    if capability.operations.is_empty() {
        return no_such_operation;
    }
    let arms = capability.operations.iter().enumerate().map(|(number, operation)| {
        let number = index(number);
        let name = &operation.method_name;
        quote! {
            #number => ::std::boxed::Box::pin(async move {
                let inputs = #runtime::OperationInputs::read(&mut arguments)?;
                Handlers::#name(&*handlers, inputs, context).await?.into_raw()
            }),
        }
    });
    quote! {
        let handlers = ::core::clone::Clone::clone(&self.0);
        match operation {
            #(#arms)*
            _ => #no_such_operation,
        }
    }
}
