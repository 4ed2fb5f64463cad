//! The three doors give the same items: the macro, the builder of build scripts, and `cargo xtask regen`.

use std::fs;
use std::path::{Path, PathBuf};

use capsmith_codegen::{Builder, CallSite, include_capability, include_openapi};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::Item;
use xtask::regen::Checkout;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// What the macro gives, without the item that makes the crate depend on the file.
fn by_macro(root: &Path, path: &str) -> Vec<String> {
    let call_site = CallSite::new(None, Some(root.to_owned()));
    let output = include_capability(quote! { [::capsmith] #path }, |_| call_site);
    let mut file = syn::parse2::<syn::File>(output).expect("items");
    let tracking = file.items.pop().expect("the last item");
    assert!(matches!(tracking, Item::Const(item) if item.ident == "_"), "the file is not tracked");
    tokens(file.into_token_stream())
}

fn by_builder(root: &Path, path: &str) -> Vec<String> {
    let builder = Builder::new().root(root).cargo_directives(false).capability(path);
    let outputs = builder.generate().expect("it compiles");
    tokens(outputs[0].text.parse().expect("tokens"))
}

fn by_regen(root: &Path, module: &str) -> Vec<String> {
    let file = root.join("generated/src/surface").join(format!("{module}.rs"));
    let text = fs::read_to_string(file).expect("it was generated");
    tokens(text.parse().expect("tokens"))
}

fn assert_parity(root: &Path, path: &str, module: &str) {
    let by_macro = by_macro(root, path);
    assert!(by_macro.windows(2).any(|pair| pair == ["mod", module]), "{by_macro:?}");
    for (door, other) in [("the builder", by_builder(root, path)), ("regen", by_regen(root, module))] {
        let different = by_macro.iter().zip(&other).find(|(left, right)| left != right);
        assert!(by_macro == other, "the macro and {door} differ: {different:?}");
    }
}

const SEEDS: [(&str, &str); 3] = [
    ("platform-backups", "planetscale-platform"),
    ("postgres-management-database-backups", "prisma-postgres-management"),
    ("qovery-backups", "qovery-databases"),
];

/// A checkout of nothing but the folders of one.
fn checkout(name: &str) -> PathBuf {
    let checkout = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for folder in ["specs/parts", "generated/src"] {
        fs::create_dir_all(checkout.join(folder)).expect("the folder is made");
    }
    checkout
}

#[test]
fn with_imports() {
    let (root, path) = (root(), "specs/harbour.yaml");
    let call_site = CallSite::new(None, Some(root.clone()));
    let output = include_capability(quote! { [::capsmith] #path }, |_| call_site);
    let mut file = syn::parse2::<syn::File>(output).expect("items");
    let tracked = file.items.split_off(1);
    let tracked = quote! { #(#tracked)* }.to_string();
    for file in [
        "specs/harbour.yaml",
        "specs/harbour/register.yaml",
        "specs/harbour/tools.yaml",
        "specs/harbour/prompts/arrival.md",
    ] {
        assert!(tracked.contains(file), "{file} is not tracked: {tracked}");
    }
    let by_macro = tokens(file.into_token_stream());
    for (door, other) in [("the builder", by_builder(&root, path)), ("regen", by_regen(&root, "harbour"))] {
        let different = by_macro.iter().zip(&other).find(|(left, right)| left != right);
        assert!(by_macro == other, "the macro and {door} differ: {different:?}");
    }
}

#[test]
fn seeds() {
    let checkout = checkout("parity-seeds");
    for (name, _) in SEEDS {
        let path = format!("specs/{name}.yaml");
        fs::copy(root().join(&path), checkout.join(path)).expect("the file is copied");
    }
    Checkout::at(&checkout).write().expect("it compiles");
    for (name, _) in SEEDS {
        assert_parity(&checkout, &format!("specs/{name}.yaml"), &name.replace('-', "_"));
    }
}

#[test]
fn joined() {
    let root = root();
    for (name, document) in SEEDS {
        let (path, document) = (format!("specs/{name}.yaml"), format!("specs/{document}.yaml"));
        let call_site = CallSite::new(None, Some(root.clone()));
        let output = include_capability(quote! { [::capsmith] #path, openapi = #document }, |_| call_site);
        let mut file = syn::parse2::<syn::File>(output).expect("items");
        assert_eq!(file.items.split_off(1).len(), 2, "the file and the document are tracked");
        let by_macro = tokens(file.into_token_stream());
        let builder = Builder::new().root(&root).cargo_directives(false).capability(path).join(document);
        let by_builder = builder.generate().expect("it compiles").remove(0).text;
        let by_builder = tokens(by_builder.parse().expect("tokens"));
        for (door, other) in [("the builder", by_builder), ("regen", by_regen(&root, &name.replace('-', "_")))] {
            let different = by_macro.iter().zip(&other).find(|(left, right)| left != right);
            assert!(by_macro == other, "{name}: the macro and {door} differ: {different:?}");
        }
    }
}

#[test]
fn odd_names_and_hostile_text() {
    let checkout = checkout("parity");
    let odd = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/programs/specs/odd.yaml");
    fs::copy(odd, checkout.join("specs/odd.yaml")).expect("the file is copied");
    Checkout::at(&checkout).write().expect("it compiles");
    assert_parity(&checkout, "specs/odd.yaml", "odd");
}

#[test]
fn scripts() {
    let checkout = checkout("parity-scripts");
    let pilots = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities/pilots.yaml");
    fs::copy(pilots, checkout.join("specs/pilots.yaml")).expect("the file is copied");
    Checkout::at(&checkout).write().expect("it compiles");
    assert_parity(&checkout, "specs/pilots.yaml", "pilots");
}

/// The tokens of a module, one after another: without commas at the end of lists, which a file has where
/// lines are broken, and texts by their value, since documentation becomes comments.
fn tokens(tokens: TokenStream) -> Vec<String> {
    let mut flat = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let ends = |next: &TokenTree| matches!(next, TokenTree::Punct(end) if end.as_char() == '>');
        match token {
            TokenTree::Group(group) => {
                flat.push(format!("{:?}", group.delimiter()));
                flat.extend(self::tokens(group.stream()));
                flat.push(String::from("end"));
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' && tokens.peek().is_none_or(ends) => {}
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                flat.push(syn::parse_str::<syn::LitStr>(&text).map_or(text, |text| text.value()));
            }
            token => flat.push(token.to_string()),
        }
    }
    flat
}

fn document_by_macro(root: &Path, path: &str) -> Vec<String> {
    let call_site = CallSite::new(None, Some(root.to_owned()));
    let output = include_openapi(quote! { [::capsmith] #path }, |_| call_site);
    let mut file = syn::parse2::<syn::File>(output).expect("items");
    let tracking = file.items.split_off(1);
    assert_eq!(tracking.len(), 2, "the document and its part are tracked");
    assert!(tracking.iter().all(|item| matches!(item, Item::Const(item) if item.ident == "_")));
    tokens(file.into_token_stream())
}

#[test]
fn documents() {
    let checkout = checkout("parity-openapi");
    let odd = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity");
    for file in ["odd-api.yaml", "parts/odd.yaml"] {
        fs::copy(odd.join(file), checkout.join("specs").join(file)).expect("the file is copied");
    }
    Checkout::at(&checkout).write().expect("it compiles");
    let by_macro = document_by_macro(&checkout, "specs/odd-api.yaml");
    let builder = Builder::new().root(&checkout).cargo_directives(false).openapi("specs/odd-api.yaml");
    let by_builder = builder.generate().expect("it compiles").remove(0).text;
    let by_regen = fs::read_to_string(checkout.join("generated/src/surface/odd_api.rs")).expect("it was generated");
    for (door, text) in [("the builder", by_builder), ("regen", by_regen)] {
        let other = tokens(text.parse().expect("tokens"));
        let different = by_macro.iter().zip(&other).find(|(left, right)| left != right);
        assert!(by_macro == other, "the macro and {door} differ: {different:?}");
    }
}
