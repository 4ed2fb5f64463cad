//! `mod types`: plain Rust types, each with the description by which the runtime reads and writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Sink;
use crate::emit::docs::Docs;
use crate::ir::types::{self as ir, Alias, EnumBase, Kind, Literal, Scope, Type, TypeId, Types};

mod enumeration;
mod field;
mod model;
mod plan;
mod rules;
mod structure;
mod table;
mod tuple;
mod union;
mod value;

pub(super) use self::model::numbered;
pub(super) use self::plan::{At, Plan};
pub(super) use self::rules::checks;

/// The module with the schemas that have names, and in it the module `inline` with those that have none.
pub(super) fn emit(plan: &Plan<'_>, sink: &mut dyn Sink) {
    let docs = Docs::new().prose("The types of the API.");
    sink.open(quote! { #docs pub mod types });
    scope(plan, Scope::Schemas, sink);
    let is_inline = |name: &ir::TypeName| name.scope == Scope::Inline;
    let types = plan.types.iter().filter_map(|(_, found)| found.name.as_ref());
    if types.chain(plan.types.aliases.iter().map(|alias| &alias.name)).any(is_inline) {
        let docs = Docs::new().prose("Types of schemas that stand where they are used; their names come from there.");
        sink.open(quote! { #docs pub mod inline });
        scope(plan, Scope::Inline, sink);
        sink.close();
    }
    sink.close();
}

/// The types of a scope, their aliases, and what all of them implement.
fn scope(plan: &Plan<'_>, scope: Scope, sink: &mut dyn Sink) {
    let at = At::from(scope);
    let mut string_enums = Vec::new();
    let mut others = Vec::new();
    for (id, found) in sorted(plan.types, scope) {
        sink.item(definition(plan, at, id, found));
        match found.kind {
            Kind::Enum(ir::Enum { base: EnumBase::String, .. }) | Kind::Constant(Literal::String(_)) => {
                string_enums.extend(&found.name);
            }
            Kind::Struct(_) | Kind::Union(_) | Kind::Tuple(_) => others.extend(&found.name),
            _ => {}
        }
    }
    for alias in plan.types.aliases.iter().filter(|alias| alias.name.scope == scope) {
        sink.item(self::alias(plan, at, alias));
    }
    let runtime = plan.runtime;
    let string_enums: Vec<_> = string_enums.iter().map(|name| &name.name).collect();
    let others: Vec<_> = others.iter().map(|name| &name.name).collect();
    if !others.is_empty() {
        sink.item(quote! { #runtime::types::implement_equality! { #(#others)* } });
    }
    if !string_enums.is_empty() {
        sink.item(quote! { #runtime::types::implement_string_enums! { #(#string_enums)* } });
    }
    if !string_enums.is_empty() || !others.is_empty() {
        sink.item(quote! { #runtime::types::implement! { #(#others)* #(#string_enums)* } });
    }
}

/// The types of a scope by name: where a type stands in the output does not depend on the others.
fn sorted(types: &Types, scope: Scope) -> Vec<(TypeId, &Type)> {
    let mut found: Vec<_> =
        types.iter().filter(|(_, found)| found.name.as_ref().is_some_and(|name| name.scope == scope)).collect();
    found.sort_by(|(_, left), (_, right)| left.name.cmp(&right.name));
    found
}

fn definition(plan: &Plan<'_>, at: At, id: TypeId, found: &Type) -> TokenStream {
    let Some(name) = &found.name else { return TokenStream::new() };
    let name = &name.name;
    let docs = super::docs::docs(&found.docs);
    match &found.kind {
        Kind::Struct(shape) => structure::emit(plan, at, name, &docs, shape),
        Kind::Union(shape) => union::emit(plan, at, id, &docs, shape),
        Kind::Tuple(shape) => tuple::emit(plan, at, name, &docs, shape),
        Kind::Enum(shape) if shape.base == EnumBase::String => enumeration::emit(plan, name, &docs, shape),
        Kind::Constant(Literal::String(value)) => enumeration::constant(plan, name, &docs, value),
        _ => {
            let target = plan.unnamed(id, at);
            quote! { #docs pub type #name = #target; }
        }
    }
}

fn alias(plan: &Plan<'_>, at: At, alias: &Alias) -> TokenStream {
    let name = &alias.name.name;
    let docs = super::docs::docs(&alias.docs);
    let target = plan.usage(alias.target, at);
    quote! { #docs pub type #name = #target; }
}
