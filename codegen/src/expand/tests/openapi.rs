use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use super::super::CallSite;
use super::{errors, include_openapi, module};
use crate::diagnostic::Diagnostic;

const SHOWN: usize = Diagnostic::MOST_SHOWN;

/// A crate with documents in `specs`, removed at the end.
struct Crate(PathBuf);

impl Crate {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("capsmith-include-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = root.join("specs").join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            fs::write(path, text).expect("the file is written");
        }
        Self(root)
    }

    fn expand(&self, arguments: &TokenStream) -> Vec<Item> {
        expand(&self.0, arguments)
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn expand(root: &Path, arguments: &TokenStream) -> Vec<Item> {
    let input = quote! { [::capsmith] #arguments };
    let output = include_openapi(input, |_| CallSite::new(None, Some(root.to_owned())));
    syn::parse2::<syn::File>(output).expect("items").items
}

/// A document whose answer is the schema that `reference` leads to.
fn document(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Shop, version: '1' }}\npaths:\n  /items:\n    get:\n      operationId: list\n      \
         responses:\n        '200':\n          description: Items\n          content:\n            application/json:\n              \
         schema: {{ $ref: '{reference}' }}\n"
    )
}

const PARTS: &str = "Item:\n  type: object\n  properties: { name: { type: string } }\n";

/// The files that are tracked, relative to the crate.
fn tracked(items: &[Item], root: &Path) -> Vec<String> {
    let paths = items.iter().filter_map(|item| match item {
        Item::Const(tracking) if tracking.ident == "_" => Some(tracking.expr.to_token_stream().to_string()),
        _ => None,
    });
    let root = format!("{}/", root.display());
    paths
        .map(|call| call.split('"').nth(1).expect("a path").strip_prefix(&root).expect("in the crate").to_owned())
        .collect()
}

#[test]
fn every_file_that_was_read_is_tracked() {
    let user = Crate::new("tracked", &[("api.yaml", &document("parts/item.yaml#/Item")), ("parts/item.yaml", PARTS)]);
    let items = user.expand(&quote! { "api.yaml", lints = deny });
    assert_eq!(errors(&items), [""; 0]);
    assert_eq!(module(&items).ident, "api");
    assert!(module(&items).to_token_stream().to_string().contains("struct Item"));
    assert_eq!(tracked(&items, &user.0), ["specs/api.yaml", "specs/parts/item.yaml"]);
}

#[test]
fn mistakes_name_their_file_and_all_files_are_tracked_all_the_same() {
    let user = Crate::new("mistakes", &[("api.yaml", &document("parts.yaml#/Item")), ("parts.yaml", "Item: [")]);
    let items = user.expand(&quote! { path = "specs/api.yaml", name = shop });
    let errors = errors(&items);
    assert!(errors.iter().any(|error| error.contains("--> specs/parts.yaml:1:")), "{errors:#?}");
    assert_eq!(module(&items).ident, "shop");
    assert_eq!(tracked(&items, &user.0), ["specs/api.yaml", "specs/parts.yaml"]);
}

#[test]
fn what_lies_outside_is_not_read() {
    let user = Crate::new("outside", &[("api.yaml", &document("../secret.yaml#/Item"))]);
    fs::write(user.0.join("secret.yaml"), PARTS).expect("the file is written");
    let items = user.expand(&quote! { "api.yaml", lints = deny });
    let errors = errors(&items);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].contains("../secret.yaml"), "{errors:#?}");
    assert_eq!(tracked(&items, &user.0), ["specs/api.yaml"]);
}

#[test]
fn references_to_other_hosts_are_refused_unless_they_may_be_untyped() {
    let user = Crate::new("remote", &[("api.yaml", &document("https://example.com/a.yaml#/Item"))]);
    let refused = errors(&user.expand(&quote! { "api.yaml" }));
    assert!(refused.len() == 1 && refused[0].contains("[CAP1101]"), "{refused:#?}");
    let untyped = user.expand(&quote! { "api.yaml", remote_references = untyped });
    assert_eq!(errors(&untyped), [""; 0]);
}

#[test]
fn a_missing_document_still_gives_a_module() {
    let user = Crate::new("missing", &[("shop.yaml", &document("#/x"))]);
    let items = user.expand(&quote! { "shops.yaml" });
    let errors = errors(&items);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("there is no file `shops.yaml` [CAP0012]\n"), "{}", errors[0]);
    assert!(errors[0].ends_with("did you mean `specs/shop.yaml`?"), "{}", errors[0]);
    assert_eq!(module(&items).ident, "shops");
}

#[test]
fn what_is_no_document_gives_one_error() {
    let user = Crate::new("other", &[("api.yaml", "naftiko: 1.0.0-alpha9\ncapability: {}\n")]);
    let errors = errors(&user.expand(&quote! { "api.yaml" }));
    assert!(errors.len() == 1 && errors[0].contains("[CAP1001]"), "{errors:#?}");
}

#[test]
fn a_flood_of_mistakes_is_cut() {
    let mut text = document("#/components/schemas/A");
    text.push_str("components:\n  schemas:\n    A:\n      type: object\n      properties:\n");
    text.extend((0..3 * SHOWN).map(|number| format!("        p{number}: {{ type: strin }}\n")));
    let user = Crate::new("flood", &[("api.yaml", &text)]);
    let errors = errors(&user.expand(&quote! { "api.yaml", lints = deny }));
    assert_eq!(errors.len(), SHOWN + 1);
    assert_eq!(errors[SHOWN], format!("there are {} more mistakes, which are not shown", 2 * SHOWN));
}

#[test]
fn settings_are_passed_on() {
    let text = document("#/components/schemas/Item");
    let text = format!(
        "{text}  /other:\n    get: {{ operationId: other, responses: {{}} }}\ncomponents:\n  schemas:\n    Item:\n      \
         properties: {{ id: {{ $ref: '#/components/schemas/Id' }}, at: {{ type: string, format: uuid }} }}\n    \
         Id: {{ type: string }}\n"
    );
    let user = Crate::new("settings", &[("api.yaml", &text)]);
    let items = user.expand(&quote! {
        "api.yaml", only = ["list"], types = { Id = "a::Id" }, formats = { uuid = b::Uuid }, derives = [::c::D]
    });
    assert_eq!(errors(&items), [""; 0]);
    let module = module(&items).to_token_stream().to_string();
    for path in ["a :: Id", "b :: Uuid"] {
        assert!(module.contains(path), "{module}");
    }
    let errors = errors(&user.expand(&quote! { "api.yaml", only = ["lst"] }));
    assert!(errors.len() == 1 && errors[0].contains("`lst`"), "{errors:#?}");
}
