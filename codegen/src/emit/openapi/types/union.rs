//! Unions: `oneOf`, `anyOf` and lists of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Function, Model, numbered};
use super::plan::{At, Plan};
use super::{rules, value};
use crate::emit::docs::Docs;
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{TypeId, Union, UnionVariant};

/// A variant as it is emitted.
struct Planned<'a> {
    name: TokenStream,
    docs: Docs,
    text: &'a str,
    content: TokenStream,
    blank: TokenStream,
    tags: &'a [String],
    checks: Vec<TokenStream>,
    /// Whether the union can begin as this variant.
    begins: bool,
}

/// An enum and its `Model`.
pub(super) fn emit(plan: &Plan<'_>, at: At, id: TypeId, docs: &Docs, shape: &Union) -> TokenStream {
    let Some(name) = &plan.get(id).name else { return TokenStream::new() };
    let name = &name.name;
    let runtime = plan.runtime;
    let mut variants: Vec<_> = shape.variants.iter().map(|variant| planned(plan, at, id, variant)).collect();
    // What a discriminator of a later version selects must be readable.
    if shape.tag.is_some() && shape.variants.iter().all(|variant| !variant.tags.is_empty()) {
        variants.push(unlisted(plan));
    }
    let declarations = variants.iter().map(|variant| {
        let Planned { name, docs, content, .. } = variant;
        quote! { #docs #name(#content), }
    });
    let blanks = variants.iter().map(|variant| {
        let Planned { name, blank, .. } = variant;
        quote! { Self::#name(#blank) }
    });
    let blanks: Vec<_> = blanks.collect();
    let first = variants.iter().position(|variant| variant.begins).unwrap_or_default();
    let arms = numbered(&blanks);
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let contents = quote! { match self { #(Self::#names(content) => content,)* } };
    let numbers = (0..names.len()).map(index);
    let model = Model {
        name,
        shape: description(plan, name, shape, &variants),
        blank: blanks.get(first).cloned().unwrap_or_default(),
        field_mut: Function { body: quote! { *self = match index { #arms }; #contents }, looks: true },
        field: Function { body: contents.clone(), looks: false },
        selected: Some(quote! { match self { #(Self::#names(_) => #numbers,)* } }),
    };
    let model = model.emit(plan);
    let _ = runtime;
    quote! {
        #docs
        pub enum #name { #(#declarations)* }

        #model
    }
}

fn planned<'a>(plan: &Plan<'_>, at: At, id: TypeId, variant: &'a UnionVariant) -> Planned<'a> {
    let runtime = plan.runtime;
    let name = &variant.name;
    let usage = variant.r#type;
    let known = usage.nullable || plan.round(usage.id).is_some();
    let (content, blank) = if known || !usage.boxed {
        (plan.usage(usage, at), value::blank(plan, at, usage))
    } else {
        // It holds nothing but itself, whatever is read.
        (quote! { #runtime::types::Value }, quote! { #runtime::types::Value::Null })
    };
    Planned {
        name: quote! { #name },
        docs: crate::emit::openapi::docs::docs(&variant.docs),
        text: name.as_str(),
        content,
        blank,
        tags: &variant.tags,
        checks: rules::checks(plan, usage.id),
        begins: usage.nullable || plan.round(usage.id) < plan.round(id) && known,
    }
}

fn unlisted(plan: &Plan<'_>) -> Planned<'static> {
    let runtime = plan.runtime;
    Planned {
        name: quote! { Unlisted },
        docs: Docs::new().prose("What the document does not list."),
        text: "Unlisted",
        content: quote! { #runtime::types::Value },
        blank: quote! { #runtime::types::Value::Null },
        tags: &[],
        checks: Vec::new(),
        begins: true,
    }
}

fn description(plan: &Plan<'_>, name: &RustName, shape: &Union, variants: &[Planned<'_>]) -> TokenStream {
    let runtime = plan.runtime;
    let name = name.as_str();
    let discriminator = shape.tag.as_ref().map_or("", |tag| tag.property.as_str());
    let descriptions = variants.iter().map(|variant| {
        let Planned { text, tags, .. } = variant;
        quote! { #runtime::types::shape::Variant { name: #text, tags: &[#(#tags),*] } }
    });
    let rules = rules::rules(plan, variants.iter().map(|variant| variant.checks.clone()));
    quote! {
        Union(#runtime::types::shape::Union {
            name: #name,
            discriminator: #discriminator,
            variants: &[#(#descriptions),*],
            rules: &[#(#rules),*],
        })
    }
}
