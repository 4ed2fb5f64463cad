//! No path of the output depends on what is in scope where it is used.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use super::emit;
use super::fixture::{backups, odd};

/// Names that the language gives, which a module cannot take away from a type's place.
const PRIMITIVES: [&str; 10] = ["bool", "f32", "f64", "i32", "i64", "str", "u16", "u32", "u64", "usize"];

/// Attributes that the language gives.
const ATTRIBUTES: [&str; 10] = [
    "allow",
    "automatically_derived",
    "deprecated",
    "derive",
    "diagnostic",
    "doc",
    "inline",
    "must_use",
    "non_exhaustive",
    "reason",
];

/// Collects the first segments of relative paths that the module does not declare.
#[derive(Default)]
struct Walk {
    scopes: Vec<BTreeSet<String>>,
    leaks: Vec<String>,
}

impl Walk {
    fn knows(&self, name: &str) -> bool {
        matches!(name, "Self" | "self" | "super")
            || PRIMITIVES.contains(&name)
            || self.scopes.iter().any(|scope| scope.contains(name))
    }

    fn within(&mut self, names: impl IntoIterator<Item = String>, walk: impl FnOnce(&mut Self)) {
        self.scopes.push(names.into_iter().collect());
        walk(self);
        self.scopes.pop();
    }

    fn items(&mut self, items: &[syn::Item]) {
        let items = opened(items);
        let names = items.iter().flat_map(declared).collect::<Vec<_>>();
        self.within(names, |walk| {
            for item in &items {
                walk.visit_item(item);
            }
        });
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        for attribute in &module.attrs {
            self.visit_attribute(attribute);
        }
        // A module sees nothing of its parent.
        let outer = std::mem::take(&mut self.scopes);
        if let Some((_, items)) = &module.content {
            self.items(items);
        }
        self.scopes = outer;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let own = matches!(&item.tree, syn::UseTree::Path(path) if path.ident == "self");
        if item.leading_colon.is_none() && !own {
            self.leaks.push(quote::quote!(#item).to_string());
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let name = attribute.path().segments[0].ident.to_string();
        if !ATTRIBUTES.contains(&name.as_str()) {
            self.leaks.push(name);
        }
        if attribute.path().is_ident("derive") {
            let paths =
                attribute.parse_args_with(syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated);
            for path in paths.expect("a list of paths") {
                self.visit_path(&path);
            }
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let names = bindings(&item.sig, Some(&item.block));
        self.within(names, |walk| visit::visit_item_fn(walk, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        let names = bindings(&item.sig, Some(&item.block));
        self.within(names, |walk| visit::visit_impl_item_fn(walk, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let names = bindings(&item.sig, item.default.as_ref());
        self.within(names, |walk| visit::visit_trait_item_fn(walk, item));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let names = generics(&item.generics);
        self.within(names, |walk| visit::visit_item_impl(walk, item));
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let names = generics(&item.generics);
        self.within(names, |walk| visit::visit_item_struct(walk, item));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments[0].ident.to_string();
        if path.leading_colon.is_none() && !self.knows(&first) {
            self.leaks.push(quote::quote!(#path).to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        let arguments =
            call.parse_body_with(syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        // What is no list of expressions is a list of types of this module.
        for argument in arguments.into_iter().flatten() {
            self.visit_expr(&argument);
        }
    }
}

/// The items with those of gates in place of the gates.
fn opened(items: &[syn::Item]) -> Vec<syn::Item> {
    let mut opened_items = Vec::new();
    for item in items {
        match item {
            syn::Item::Macro(gate) => {
                assert!(gate.mac.path.leading_colon.is_some(), "a gate is named absolutely");
                if let Ok(file) = gate.mac.parse_body::<syn::File>() {
                    opened_items.extend(opened(&file.items));
                }
            }
            other => opened_items.push(other.clone()),
        }
    }
    opened_items
}

fn declared(item: &syn::Item) -> Vec<String> {
    match item {
        syn::Item::Const(item) => vec![item.ident.to_string()],
        syn::Item::Enum(item) => vec![item.ident.to_string()],
        syn::Item::Fn(item) => vec![item.sig.ident.to_string()],
        syn::Item::Mod(item) => vec![item.ident.to_string()],
        syn::Item::Static(item) => vec![item.ident.to_string()],
        syn::Item::Struct(item) => vec![item.ident.to_string()],
        syn::Item::Trait(item) => vec![item.ident.to_string()],
        syn::Item::Type(item) => vec![item.ident.to_string()],
        syn::Item::Use(item) => imported(&item.tree),
        _ => Vec::new(),
    }
}

fn imported(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(imported).collect(),
        other => panic!("unexpected import {}", quote::quote!(#other)),
    }
}

fn generics(generics: &syn::Generics) -> Vec<String> {
    generics.type_params().map(|parameter| parameter.ident.to_string()).collect()
}

/// Type parameters, arguments and variables of a function.
fn bindings(signature: &syn::Signature, body: Option<&syn::Block>) -> Vec<String> {
    struct Patterns(Vec<String>);
    impl<'ast> Visit<'ast> for Patterns {
        fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
            self.0.push(pattern.ident.to_string());
        }
    }
    let mut patterns = Patterns(generics(&signature.generics));
    patterns.visit_signature(signature);
    if let Some(body) = body {
        patterns.visit_block(body);
    }
    patterns.0
}

/// The paths in items that depend on what is in scope where they are used.
pub(in crate::emit) fn leaks(items: &[syn::Item]) -> Vec<String> {
    let mut walk = Walk::default();
    walk.items(items);
    walk.leaks
}

#[test]
fn no_path_is_relative_to_the_crate_that_it_is_used_in() {
    for capability in [backups(), odd()] {
        let file = syn::parse_str::<syn::File>(&emit(&capability)).expect("the output parses");
        assert_eq!(leaks(&file.items), Vec::<String>::new());
    }
}

#[test]
fn the_walk_finds_what_leaks() {
    let leaking = "
        pub mod a {
            #[derive(Clone)]
            pub struct A(::std::vec::Vec<String>);
            ::capsmith::__private::when_rest! { fn b() { ::std::mem::drop(super::c(d)) } }
            mod e { use other::F; fn g() -> super::A { vec![] } }
        }
    ";
    let file = syn::parse_str::<syn::File>(leaking).expect("it parses");
    assert_eq!(leaks(&file.items), ["Clone", "String", "d", "use other :: F ;", "vec"]);
}
