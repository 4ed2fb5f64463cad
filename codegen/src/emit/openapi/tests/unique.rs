//! A check that nothing in the output is declared twice, as rustc would make it.

use std::collections::HashSet;

use super::{Output, normal};

impl Output {
    /// What is declared twice.
    pub(super) fn twice(&self) -> Vec<String> {
        let mut twice = Vec::new();
        items(&self.items(), &mut twice);
        twice
    }
}

fn items(items: &[syn::Item], twice: &mut Vec<String>) {
    let mut types = HashSet::new();
    let mut values = HashSet::new();
    let mut methods = HashSet::new();
    for item in items {
        match item {
            syn::Item::Mod(module) => {
                note(&mut types, module.ident.to_string(), twice);
                self::items(module.content.as_ref().map_or(&[], |(_, items)| items), twice);
            }
            syn::Item::Struct(item) => {
                note(&mut types, item.ident.to_string(), twice);
                members(item.fields.iter().filter_map(|field| field.ident.as_ref()), twice);
            }
            syn::Item::Enum(item) => {
                note(&mut types, item.ident.to_string(), twice);
                members(item.variants.iter().map(|variant| &variant.ident), twice);
            }
            syn::Item::Type(item) => note(&mut types, item.ident.to_string(), twice),
            syn::Item::Fn(item) => {
                note(&mut values, item.sig.ident.to_string(), twice);
                arguments(&item.sig, twice);
            }
            syn::Item::Static(item) => note(&mut values, item.ident.to_string(), twice),
            syn::Item::Impl(item) => implementation(item, &mut methods, twice),
            _ => {}
        }
    }
}

fn implementation(item: &syn::ItemImpl, methods: &mut HashSet<String>, twice: &mut Vec<String>) {
    let of = normal(&item.self_ty);
    for item_fn in &item.items {
        let syn::ImplItem::Fn(function) = item_fn else { continue };
        arguments(&function.sig, twice);
        if item.trait_.is_some() {
            continue;
        }
        let name = function.sig.ident.to_string();
        // What all requests have, each has.
        if of.starts_with("Request<operations::") && methods.contains(&format!("Request<O>::{name}")) {
            twice.push(format!("{of}::{name}"));
        }
        note(methods, format!("{of}::{name}"), twice);
    }
}

fn arguments(signature: &syn::Signature, twice: &mut Vec<String>) {
    let mut names = HashSet::new();
    for argument in &signature.inputs {
        if let syn::FnArg::Typed(argument) = argument {
            let name = normal(&argument.pat);
            if name != "_" {
                note(&mut names, name, twice);
            }
        }
    }
}

fn members<'a>(names: impl Iterator<Item = &'a syn::Ident>, twice: &mut Vec<String>) {
    let mut known = HashSet::new();
    for name in names {
        note(&mut known, name.to_string(), twice);
    }
}

fn note(known: &mut HashSet<String>, name: String, twice: &mut Vec<String>) {
    if !known.insert(name.clone()) {
        twice.push(name);
    }
}
