//! What a field is in Rust: present, optional, nullable, or with a default.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::Foreign;
use super::plan::{At, Plan};
use super::value;
use crate::ir::types::{Field, Kind, Literal, TypeId, TypeUse};

/// A field as it is emitted.
pub(super) struct Planned {
    pub(super) r#type: TokenStream,
    /// What it holds before anything is read.
    pub(super) blank: Blank,
    /// What it holds in a new value, where that is not the same.
    pub(super) unset: Option<TokenStream>,
    /// Whether it is written even when it is `None`, and missed when it is absent.
    pub(super) required: bool,
    /// How it holds a type that the runtime does not know, if it does.
    pub(super) foreign: Option<Foreign>,
}

/// What a field holds before anything is read.
pub(super) enum Blank {
    /// What its type is when blank.
    Typed,
    /// `None`
    None,
    /// Something else.
    Other(TokenStream),
}

impl Blank {
    /// The value as an expression.
    pub(super) fn expression(&self, runtime: &TokenStream) -> TokenStream {
        match self {
            Self::Typed => quote! { #runtime::types::Typed::blank() },
            Self::None => quote! { ::core::option::Option::None },
            Self::Other(value) => value.clone(),
        }
    }
}

/// What a field can be.
#[derive(Clone, Debug)]
enum Form {
    /// A value that is always there.
    Present { required: bool },
    /// A value that is always there, and at first the default.
    Defaulted(TokenStream),
    /// `Option`
    Optional { required: bool },
    /// `Option`: what is absent reads as the default. A new value has none, so that a request which changes one thing does not
    /// set the others to their defaults.
    Unset(TokenStream),
    /// `Option<Option>`, in which absent and null differ.
    ToldApart,
}

/// Decides on a field of a struct that requests hold, or do not.
pub(super) fn plan(plan: &Plan<'_>, at: At, field: &Field, sent: bool) -> Planned {
    let usage = field.r#type;
    let held = plan.held(usage, at);
    let option = quote! { ::core::option::Option };
    let none = quote! { #option::None };
    let planned = |r#type, blank, required| {
        let foreign = plan.is_foreign(usage).then_some(Foreign::Value);
        Planned { r#type, blank, unset: None, required, foreign }
    };
    let optional = |foreign, planned: Planned| Planned { foreign: planned.foreign.map(|_| foreign), ..planned };
    match form(plan, at, field, sent) {
        Form::Present { required } => {
            let unset = starts_unset(plan, usage).then(|| quote! { ::core::default::Default::default() });
            let blank = value::own_blank(plan, at, usage).map_or(Blank::Typed, Blank::Other);
            Planned { unset, ..planned(held, blank, required) }
        }
        Form::Defaulted(default) => planned(held, Blank::Other(default), false),
        Form::Optional { required } => {
            optional(Foreign::Optional, planned(quote! { #option<#held> }, Blank::None, required))
        }
        Form::Unset(default) => Planned {
            unset: Some(none),
            ..planned(quote! { #option<#held> }, Blank::Other(quote! { #option::Some(#default) }), false)
        },
        Form::ToldApart => {
            optional(Foreign::ToldApart, planned(quote! { #option<#option<#held>> }, Blank::None, false))
        }
    }
}

fn form(plan: &Plan<'_>, at: At, field: &Field, sent: bool) -> Form {
    let usage = field.r#type;
    let is_nullable = usage.nullable && !plan.is_any(usage.id);
    // One side never sees it.
    if field.read_only || field.write_only {
        return if is_nullable && !field.required { Form::ToldApart } else { Form::Optional { required: is_nullable } };
    }
    match &field.default {
        // Where nobody sends it, absent and null are the same.
        Some(Literal::Null) if is_nullable && !sent => return Form::Optional { required: false },
        Some(default) if !usage.nullable => {
            if let Some(literal) = value::literal(plan, at, usage, default) {
                // Lists are read by appending.
                let is_list = matches!(default, Literal::Array(items) if !items.is_empty());
                match (field.required, sent || is_list) {
                    (true, _) if is_list => {}
                    (true, _) | (false, false) => return Form::Defaulted(literal),
                    (false, true) => return Form::Unset(literal),
                }
            }
        }
        _ => {}
    }
    match (field.required, is_nullable) {
        (true, false) if plan.ends(usage) => Form::Present { required: true },
        (true, _) => Form::Optional { required: true },
        (false, false) => Form::Optional { required: false },
        (false, true) => Form::ToldApart,
    }
}

/// Whether a value of a use that is always there begins as its type's `Default`, which is not what is read into.
fn starts_unset(plan: &Plan<'_>, usage: TypeUse) -> bool {
    !usage.nullable && plan.has_unset(usage.id)
}

/// The structs with a field that a new value has not set and a value to read into has, themselves or in a struct that they
/// hold.
pub(super) fn unset(plan: &Plan<'_>) -> Vec<bool> {
    let mut unset = vec![false; plan.types.len()];
    let mut open = Vec::new();
    // The structs that hold a type by value.
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); plan.types.len()];
    for (id, found) in plan.types.iter().filter(|(id, _)| plan.is_sent(*id)) {
        let Kind::Struct(shape) = &found.kind else { continue };
        for field in &shape.fields {
            match form(plan, At::Types, field, true) {
                Form::Unset(_) => open.push(id),
                Form::Present { .. } if !field.r#type.nullable => holders[field.r#type.id.index()].push(id),
                _ => {}
            }
        }
    }
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut unset[id.index()], true) {
            open.extend(&holders[id.index()]);
        }
    }
    unset
}
