//! Unions: `oneOf`, `anyOf` and lists of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{ForeignFunctions, Function, Model, numbered};
use super::plan::{At, Plan};
use super::{rules, value};
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{TypeId, Union, UnionVariant};

/// A variant as it is emitted.
struct Planned<'a> {
    name: TokenStream,
    docs: TokenStream,
    text: &'a str,
    content: TokenStream,
    blank: TokenStream,
    tags: &'a [String],
    checks: Vec<TokenStream>,
    /// Whether the union can begin as this variant.
    begins: bool,
    /// Whether the runtime does not know the type of the content.
    foreign: bool,
}

/// An enum and its `Model`.
pub(super) fn emit(
    plan: &Plan<'_>,
    at: At,
    (id, name): (TypeId, &RustName),
    head: &TokenStream,
    shape: &Union,
) -> TokenStream {
    let mut variants: Vec<_> = shape.variants.iter().map(|variant| planned(plan, at, id, variant)).collect();
    // What a discriminator of a later version selects must be readable.
    let is_open = shape.tag.is_some() && shape.variants.iter().all(|variant| !variant.tags.is_empty());
    if is_open {
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
    let numbers = (0..names.len()).map(index);
    let (mutable, shared, foreign) = contents(plan, &variants);
    let model = Model {
        name,
        shape: description(plan, name, shape, &variants, is_open),
        blank: blanks.get(first).cloned().unwrap_or_default(),
        field_mut: Function { body: quote! { *self = match index { #arms }; #mutable }, looks: true },
        field: Function { body: shared, looks: false },
        selected: Some(quote! { match self { #(Self::#names(_) => #numbers,)* } }),
        foreign,
    };
    let model = model.emit(plan);
    quote! {
        #head
        pub enum #name { #(#declarations)* }

        #model
    }
}

/// What leads to the content of the present variant: to be changed, to be read, and where the runtime does not know its type.
fn contents(plan: &Plan<'_>, variants: &[Planned<'_>]) -> (TokenStream, TokenStream, Option<ForeignFunctions>) {
    let runtime = plan.runtime;
    let contents = |opaque: TokenStream| {
        let arms = variants.iter().map(|Planned { name, foreign, .. }| {
            if *foreign {
                quote! { Self::#name(_) => #opaque, }
            } else {
                quote! { Self::#name(content) => content, }
            }
        });
        quote! { match self { #(#arms)* } }
    };
    let foreign: Vec<_> = variants.iter().filter(|variant| variant.foreign).map(|variant| &variant.name).collect();
    let others = (foreign.len() < variants.len()).then(|| quote! { _ => ::core::option::Option::None, });
    let body = quote! { match self { #(Self::#foreign(content) => ::core::option::Option::Some(content),)* #others } };
    let function = || Function { body: body.clone(), looks: false };
    (
        contents(quote! { #runtime::types::opaque_mut() }),
        contents(quote! { #runtime::types::opaque() }),
        (!foreign.is_empty()).then(|| ForeignFunctions { mutable: function(), shared: function() }),
    )
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
        docs: super::documented(&variant.docs),
        text: name.as_str(),
        content,
        blank,
        tags: &variant.tags,
        checks: rules::of_use(plan, usage, plan.is_sent(id)),
        begins: usage.nullable || plan.round(usage.id) < plan.round(id) && known,
        foreign: plan.is_foreign(usage),
    }
}

fn unlisted(plan: &Plan<'_>) -> Planned<'static> {
    let runtime = plan.runtime;
    Planned {
        name: quote! { Unlisted },
        docs: quote! { #[doc = " What the document does not list."] },
        text: "Unlisted",
        content: quote! { #runtime::types::Value },
        blank: quote! { #runtime::types::Value::Null },
        tags: &[],
        checks: Vec::new(),
        begins: true,
        foreign: false,
    }
}

fn description(
    plan: &Plan<'_>,
    name: &RustName,
    shape: &Union,
    variants: &[Planned<'_>],
    is_open: bool,
) -> TokenStream {
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
            open: #is_open,
            rules: &[#(#rules),*],
        })
    }
}
