//! Values as expressions: what a field holds before anything is read, and what schemas give as defaults.

use proc_macro2::TokenStream;
use quote::quote;

use super::json::json;
use super::plan::{At, Plan};
use crate::emit::numbers::{double, integer};
use crate::ir::types::{
    Decimal, Enum, EnumBase, EnumVariant, IntegerFormat, Kind, Literal, NumberFormat, StringFormat, TypeUse,
};
use crate::names::variant as variant_name;

/// A blank value of a use.
pub(super) fn blank(plan: &Plan<'_>, at: At, usage: TypeUse) -> TokenStream {
    let runtime = plan.runtime;
    own_blank(plan, at, usage).unwrap_or_else(|| quote! { #runtime::types::Typed::blank() })
}

/// A blank value of a use, where that is not what its Rust type is when blank.
pub(super) fn own_blank(plan: &Plan<'_>, at: At, usage: TypeUse) -> Option<TokenStream> {
    if usage.nullable && !plan.is_any(usage.id) {
        return None;
    }
    match plan.kind(usage.id) {
        Kind::Enum(Enum { base: EnumBase::Integer, variants }) => literal(plan, at, usage, &variants.first()?.value),
        Kind::Constant(value @ (Literal::Boolean(_) | Literal::Number(_))) => literal(plan, at, usage, value),
        Kind::Foreign(_) => Some(quote! { ::core::default::Default::default() }),
        Kind::Array(_) | Kind::Map(_) if plan.is_foreign(usage) => Some(quote! { ::core::default::Default::default() }),
        _ => None,
    }
}

/// A value of the document as an expression of the type of a use that is not null. `None`: there is no short one.
pub(super) fn literal(plan: &Plan<'_>, at: At, usage: TypeUse, value: &Literal) -> Option<TokenStream> {
    let runtime = plan.runtime;
    if usage.boxed {
        return None;
    }
    match (plan.kind(usage.id), value) {
        (Kind::Boolean | Kind::Constant(Literal::Boolean(_)), Literal::Boolean(value)) => Some(quote! { #value }),
        (Kind::Integer(format, _), Literal::Number(number)) => whole(number, *format),
        (Kind::Enum(Enum { base: EnumBase::Integer, .. }), Literal::Number(number)) => {
            whole(number, IntegerFormat::Int64)
        }
        (Kind::Constant(Literal::Number(_)), Literal::Number(number)) => {
            whole(number, IntegerFormat::Int64).or_else(|| double(number.as_double()))
        }
        (Kind::Number(format, _), Literal::Number(number)) => {
            double(number.as_double()).filter(|_| *format != NumberFormat::Float || is_single(number.as_double()))
        }
        (Kind::String(format, _), Literal::String(text)) if *format != StringFormat::Base64 => Some(string(text)),
        (Kind::Enum(shape @ Enum { base: EnumBase::String, .. }), Literal::String(text)) => {
            let r#type = plan.plain(usage.id, at);
            let listed = shape.variants.iter().find(|variant| variant.value == *value);
            let unlisted = || {
                let text = string(text);
                quote! { Unlisted(#text) }
            };
            let variant = listed.map_or_else(unlisted, |EnumVariant { name, .. }| quote! { #name });
            Some(quote! { #r#type::#variant })
        }
        (Kind::Constant(Literal::String(constant)), Literal::String(text)) if constant == text => {
            let r#type = plan.plain(usage.id, at);
            let name = variant_name(text);
            Some(quote! { #r#type::#name })
        }
        (Kind::Array(_), Literal::Array(values)) if values.is_empty() => Some(quote! { ::std::vec::Vec::new() }),
        (Kind::Array(array), Literal::Array(values)) => {
            let item = |value| match value {
                &Literal::Null if array.items.nullable && !plan.is_any(array.items.id) => {
                    Some(quote! { ::core::option::Option::None })
                }
                value => {
                    let item = literal(plan, at, array.items, value)?;
                    let is_nullable = array.items.nullable && !plan.is_any(array.items.id);
                    Some(if is_nullable {
                        quote! { ::core::option::Option::Some(#item) }
                    } else {
                        item
                    })
                }
            };
            let items = values.iter().map(item).collect::<Option<Vec<_>>>()?;
            Some(quote! { ::std::vec![#(#items),*] })
        }
        (Kind::Map(_), Literal::Object(entries)) if entries.is_empty() => Some(quote! { #runtime::types::Map::new() }),
        (Kind::Any | Kind::Enum(Enum { base: EnumBase::Mixed, .. }), value) => any(plan, value),
        _ => None,
    }
}

/// A value of the document for people, if it is short.
pub(super) fn short(value: &Literal) -> Option<String> {
    const LENGTH: usize = 60;
    let text = match value {
        Literal::String(text) if !text.trim().is_empty() => text.clone(),
        value => json(value),
    };
    (text.len() <= LENGTH).then_some(text)
}

/// A simple JSON value.
fn any(plan: &Plan<'_>, value: &Literal) -> Option<TokenStream> {
    let runtime = plan.runtime;
    let value_type = quote! { #runtime::types::Value };
    Some(match value {
        Literal::Null => quote! { #value_type::Null },
        Literal::Boolean(value) => quote! { #value_type::Bool(#value) },
        Literal::String(text) => {
            let text = string(text);
            quote! { #value_type::String(#text) }
        }
        Literal::Number(number) => {
            let whole = whole(number, IntegerFormat::Int64).map(|number| (quote! { i64 }, number));
            let (r#type, number) = whole.or_else(|| Some((quote! { f64 }, double(number.as_double())?)))?;
            quote! { <#value_type as ::core::convert::From<#r#type>>::from(#number) }
        }
        Literal::Array(_) | Literal::Object(_) => return None,
    })
}

fn string(text: &str) -> TokenStream {
    if text.is_empty() {
        return quote! { ::std::string::String::new() };
    }
    quote! { ::std::string::String::from(#text) }
}

/// A whole number that its type can hold.
fn whole(number: &Decimal, format: IntegerFormat) -> Option<TokenStream> {
    let value = number.as_integer()?;
    let fits = match format {
        IntegerFormat::Int64 => i64::try_from(value).is_ok(),
        IntegerFormat::Int8 | IntegerFormat::Int16 | IntegerFormat::Int32 => i32::try_from(value).is_ok(),
        IntegerFormat::Uint8 | IntegerFormat::Uint16 | IntegerFormat::Uint32 => u32::try_from(value).is_ok(),
        IntegerFormat::Uint64 => u64::try_from(value).is_ok(),
    };
    fits.then(|| integer(value))
}

/// Whether a number is no more than a `f32` can hold.
fn is_single(value: f64) -> bool {
    value.abs() <= f64::from(f32::MAX)
}
