//! The constraints of values, as constants.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::json::json;
use super::plan::Plan;
use crate::emit::names::index;
use crate::emit::numbers::double;
use crate::emit::openapi::document::string_format;
use crate::ir::types::{
    Bound, Decimal, Enum, EnumBase, Kind, Literal, NumberRules, SizeRules, StringRules, TypeId, TypeUse,
};

/// Formats that say nothing about the text, or that are types of their own.
const UNCHECKED: [&str; 5] = ["", "byte", "binary", "decimal", "password"];

/// The rules of fields, places or variants, given in the order of their indices.
pub(super) fn rules(plan: &Plan<'_>, types: impl Iterator<Item = Vec<TokenStream>>) -> Vec<TokenStream> {
    let runtime = plan.runtime;
    let rule = |(field, checks): (usize, Vec<TokenStream>)| {
        let field = index(field);
        quote! { #runtime::types::validate::Rule { field: #field, checks: &[#(#checks),*] } }
    };
    types.enumerate().filter(|(_, checks)| !checks.is_empty()).map(rule).collect()
}

/// What must hold of a value of a type that is not null and that requests hold, beyond what its own definition says.
pub(in crate::emit) fn checks(plan: &Plan<'_>, id: TypeId) -> Vec<TokenStream> {
    of_use(plan, TypeUse { id, nullable: false, boxed: false }, true)
}

/// What must hold of a value of a use of a type, beyond what the type's own definition says. Formats are checked in what
/// is `sent` to servers alone.
pub(super) fn of_use(plan: &Plan<'_>, usage: TypeUse, sent: bool) -> Vec<TokenStream> {
    let runtime = plan.runtime;
    let id = usage.id;
    // Where the type in Rust takes any JSON, null is one of its values.
    let null = (usage.nullable && plan.is_any(id)).then(|| String::from("null"));
    let check = quote! { #runtime::types::validate::Check };
    match plan.kind(id) {
        Kind::Integer(_, rules) | Kind::Number(_, rules) => numbers(&check, rules),
        Kind::String(format, rules) => {
            let format = Some(string_format(*format)).filter(|format| sent && !UNCHECKED.contains(format));
            let format = format.map(|format| quote! { #check::Format(#format) });
            texts(&check, rules).into_iter().chain(format).collect()
        }
        Kind::Enum(Enum { base: EnumBase::Integer | EnumBase::Mixed, variants }) => {
            let values = variants.iter().map(|variant| json(&variant.value)).chain(null);
            vec![quote! { #check::Enum(&[#(#values),*]) }]
        }
        Kind::Constant(value) if !matches!(value, Literal::String(_)) => {
            let values = std::iter::once(json(value)).chain(null);
            vec![quote! { #check::Enum(&[#(#values),*]) }]
        }
        Kind::Array(array) => {
            let mut checks = sizes(array.rules, &quote! { #check::MinItems }, &quote! { #check::MaxItems });
            if array.rules.unique {
                checks.push(quote! { #check::UniqueItems });
            }
            let items = of_use(plan, array.items, sent);
            if !items.is_empty() {
                checks.push(quote! { #check::Items(&[#(#items),*]) });
            }
            checks
        }
        Kind::Map(map) => {
            let mut checks = sizes(map.rules, &quote! { #check::MinProperties }, &quote! { #check::MaxProperties });
            let values = of_use(plan, map.values, sent);
            if !values.is_empty() {
                checks.push(quote! { #check::Values(&[#(#values),*]) });
            }
            checks
        }
        Kind::Struct(shape) => sizes(shape.rules, &quote! { #check::MinProperties }, &quote! { #check::MaxProperties }),
        _ => Vec::new(),
    }
}

fn numbers(check: &TokenStream, rules: &NumberRules) -> Vec<TokenStream> {
    let bound = |bound: &Option<Bound>, inclusive: TokenStream, exclusive: TokenStream| {
        let bound = bound.as_ref()?;
        let value = double(bound.value.as_double())?;
        let kind = if bound.exclusive { exclusive } else { inclusive };
        Some(quote! { #check::#kind(#value) })
    };
    let minimum = bound(&rules.minimum, quote! { Minimum }, quote! { ExclusiveMinimum });
    let maximum = bound(&rules.maximum, quote! { Maximum }, quote! { ExclusiveMaximum });
    let multiple = rules.multiple_of.as_ref().map(Decimal::as_double).filter(|step| *step > 0.0);
    let multiple = multiple.and_then(double).map(|step| quote! { #check::MultipleOf(#step) });
    minimum.into_iter().chain(maximum).chain(multiple).collect()
}

fn texts(check: &TokenStream, rules: &StringRules) -> Vec<TokenStream> {
    let least =
        rules.min_length.filter(|least| *least > 0).map(count).map(|least| quote! { #check::MinLength(#least) });
    let most = rules.max_length.map(count).map(|most| quote! { #check::MaxLength(#most) });
    let pattern = rules.pattern.as_ref().map(|pattern| quote! { #check::Pattern(#pattern) });
    least.into_iter().chain(most).chain(pattern).collect()
}

fn sizes(rules: SizeRules, least: &TokenStream, most: &TokenStream) -> Vec<TokenStream> {
    let minimum = rules.minimum.filter(|minimum| *minimum > 0).map(count).map(|minimum| quote! { #least(#minimum) });
    let maximum = rules.maximum.map(count).map(|maximum| quote! { #most(#maximum) });
    minimum.into_iter().chain(maximum).collect()
}

/// A number of things. Nothing has more than 32 bits can count, where `usize` may end.
fn count(number: u64) -> Token {
    Token::u64_unsuffixed(number.min(u32::MAX.into()))
}
