//! `mod types`: plain Rust types, each with the description by which the runtime reads and writes it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Sink;
use crate::emit::docs::Docs;
use crate::ir::RustName;
use crate::ir::types::{self as ir, Alias, EnumBase, Kind, Literal, Scope, Type, TypeId, Types};

mod enumeration;
mod field;
pub(in crate::emit::openapi) mod json;
mod model;
mod plan;
pub(in crate::emit) mod reach;
mod rules;
mod structure;
mod table;
#[cfg(test)]
mod tests;
mod tuple;
mod union;
mod value;

pub(in crate::emit) use self::plan::{At, Plan};
pub(in crate::emit) use self::rules::checks;

/// The module with the schemas that have names, and in it the module `inline` with those that have none.
pub(in crate::emit) fn emit(plan: &Plan<'_>, sink: &mut dyn Sink) {
    let docs = Docs::new().prose("The types of the API.");
    // Not everything in a document is documented, and its words are not ours to correct.
    sink.open(quote! {
        #docs
        #[allow(missing_docs, nonstandard_style, clippy::all, clippy::pedantic)]
        pub mod types
    });
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
    for (id, name, found) in sorted(plan.types, scope) {
        sink.item(definition(plan, at, (id, name), found));
    }
    for alias in plan.types.aliases.iter().filter(|alias| alias.name.scope == scope) {
        sink.item(self::alias(plan, at, alias));
    }
    implement(plan, scope, sink);
}

/// The types of a scope by name: where a type stands in the output does not depend on the others.
fn sorted(types: &Types, scope: Scope) -> Vec<(TypeId, &RustName, &Type)> {
    let named = types.iter().filter_map(|(id, found)| Some((id, found.name.as_ref()?, found)));
    let mut found: Vec<_> =
        named.filter(|(_, name, _)| name.scope == scope).map(|(id, name, found)| (id, &name.name, found)).collect();
    found.sort_by_key(|(_, name, _)| *name);
    found
}

/// What all types implement by the runtime's macros.
fn implement(plan: &Plan<'_>, scope: Scope, sink: &mut dyn Sink) {
    let runtime = plan.runtime;
    let mut models = Vec::new();
    let mut string_enums = Vec::new();
    let mut compared = Vec::new();
    let mut defaulted = Vec::new();
    for (id, name, found) in sorted(plan.types, scope) {
        match Form::of(&found.kind) {
            Form::Alias => continue,
            Form::StringEnum => string_enums.push(name),
            Form::Other => compared.push(name),
        }
        models.push(name);
        if matches!(found.kind, Kind::Struct(_)) && !plan.has_unset(id) {
            defaulted.push(name);
        }
    }
    let lists = [
        (quote! { implement }, models),
        (quote! { implement_default }, defaulted),
        (quote! { implement_equality }, compared),
        (quote! { implement_string_enums }, string_enums),
    ];
    for (name, types) in lists.into_iter().filter(|(_, types)| !types.is_empty()) {
        sink.item(quote! { #runtime::types::#name! { #(#types)* } });
    }
}

/// What becomes of a type that has a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Another name for a type that Rust or the runtime has.
    Alias,
    /// An enum of texts.
    StringEnum,
    /// A struct, union or tuple.
    Other,
}

impl Form {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Enum(ir::Enum { base: EnumBase::String, .. }) | Kind::Constant(Literal::String(_)) => {
                Self::StringEnum
            }
            Kind::Struct(_) | Kind::Union(_) | Kind::Tuple(_) => Self::Other,
            _ => Self::Alias,
        }
    }
}

fn definition(plan: &Plan<'_>, at: At, (id, name): (TypeId, &RustName), found: &Type) -> TokenStream {
    let docs = documented(&found.docs);
    let derives = derives(plan, Form::of(&found.kind));
    let head = quote! { #docs #derives };
    match &found.kind {
        Kind::Struct(shape) => structure::emit(plan, at, (id, name), &head, shape),
        Kind::Union(shape) => union::emit(plan, at, (id, name), &head, shape),
        Kind::Tuple(shape) => tuple::emit(plan, at, (id, name), &head, shape),
        Kind::Enum(shape) if shape.base == EnumBase::String => enumeration::emit(plan, name, &head, shape),
        Kind::Constant(Literal::String(value)) => enumeration::constant(plan, name, &head, value),
        kind => {
            let target = plan.unnamed(id, at);
            let listed = enumeration::listed(kind);
            quote! { #docs #listed pub type #name = #target; }
        }
    }
}

fn alias(plan: &Plan<'_>, at: At, alias: &Alias) -> TokenStream {
    let name = &alias.name.name;
    let docs = documented(&alias.docs);
    let target = plan.usage(alias.target, at);
    quote! { #docs pub type #name = #target; }
}

/// What a document says about a part of it, as attributes.
fn documented(docs: &ir::Docs) -> TokenStream {
    let text = super::docs::docs(docs);
    let deprecated = docs.deprecated.then(|| quote! { #[deprecated] });
    quote! { #text #deprecated }
}

/// The derives of the settings, without those of what types implement anyway.
fn derives(plan: &Plan<'_>, form: Form) -> Option<TokenStream> {
    let is_new = |path: &&TokenStream| {
        let last = (*path).clone().into_iter().last().map(|token| token.to_string()).unwrap_or_default();
        match last.as_str() {
            "Clone" | "Debug" | "Default" | "Deserialize" | "PartialEq" | "Serialize" => false,
            "Eq" | "Hash" => form != Form::StringEnum,
            _ => true,
        }
    };
    let derives: Vec<_> = plan.derives.iter().filter(is_new).collect();
    (form != Form::Alias && !derives.is_empty()).then(|| quote! { #[derive(#(#derives),*)] })
}
