//! How values are written in Rust: by the types of the capability format, or of the joined OpenAPI document.

use proc_macro2::TokenStream;
use quote::quote;

use super::openapi::types::{self, At, Plan};
use super::openapi::{ApiOptions, Items};
use crate::ir::{Answer, Capability, Input, Operation, Parameter, Type};

/// What emission knows of the types of values.
pub(super) struct Values<'a> {
    pub(super) runtime: &'a TokenStream,
    /// The types of the document; `None`: there is no join.
    pub(super) plan: Option<Plan<'a>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(capability: &'a Capability, options: &'a ApiOptions) -> Self {
        let plan = capability.document.as_ref().map(|document| Plan::new(document, options));
        Self { runtime: &options.runtime, plan }
    }

    /// `mod types`, if there is a document.
    pub(super) fn module(&self) -> Option<TokenStream> {
        let plan = self.plan.as_ref()?;
        let mut items = Items::default();
        types::emit(plan, &mut items);
        Some(items.finish())
    }

    /// The type of a parameter's value.
    pub(super) fn of(&self, parameter: &Parameter, at: At) -> TokenStream {
        if let (Some(plan), Some(schema)) = (&self.plan, &parameter.schema) {
            return plan.usage(schema.r#type, at);
        }
        let runtime = self.runtime;
        match parameter.r#type {
            Type::String => quote! { ::std::string::String },
            Type::Integer => quote! { i64 },
            Type::Number => quote! { f64 },
            Type::Boolean => quote! { bool },
            Type::Array => quote! { ::std::vec::Vec<#runtime::Value> },
            Type::Object | Type::Any => quote! { #runtime::Json },
        }
    }

    /// Whether a parameter's value is a `String`.
    pub(super) fn is_text(&self, parameter: &Parameter) -> bool {
        match (&self.plan, &parameter.schema) {
            (Some(plan), Some(schema)) => plan.is_text(schema.r#type) && !schema.r#type.nullable,
            _ => parameter.r#type == Type::String,
        }
    }

    /// The type of an argument that a value is made from, and the conversion; `None` where the argument is the value.
    pub(super) fn argument(&self, input: &Input, at: At) -> (TokenStream, Option<TokenStream>) {
        let name = &input.field;
        let kind = self.of(&input.parameter, at);
        let converts = match input.parameter.r#type {
            _ if self.is_text(&input.parameter) => true,
            _ if input.parameter.schema.is_some() => false,
            Type::Integer | Type::Number | Type::Boolean => false,
            Type::String | Type::Array | Type::Object | Type::Any => true,
        };
        if converts {
            (quote! { impl ::core::convert::Into<#kind> }, Some(quote! { ::core::convert::Into::into(#name) }))
        } else {
            (kind, None)
        }
    }

    /// What an operation answers with.
    pub(super) fn answer(&self, operation: &Operation, at: At) -> TokenStream {
        let runtime = self.runtime;
        match (operation.answer, &self.plan) {
            (Some(Answer::Empty), _) => quote! { () },
            (Some(Answer::Typed(usage)), Some(plan)) => plan.usage(usage, at),
            _ => quote! { #runtime::Value },
        }
    }
}
