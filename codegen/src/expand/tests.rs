use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use super::{CallSite, include_capability, include_openapi};

mod openapi;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn expand(root: &Path, arguments: &TokenStream) -> Vec<Item> {
    let input = quote! { [::capsmith] #arguments };
    let output = include_capability(input, |_| CallSite::new(None, Some(root.to_owned())));
    syn::parse2::<syn::File>(output).expect("items").items
}

/// The messages of the `compile_error!`s.
fn errors(items: &[Item]) -> Vec<String> {
    let messages = items.iter().filter_map(|item| match item {
        Item::Macro(call) if call.mac.path.segments.last()?.ident == "compile_error" => {
            Some(call.mac.parse_body::<syn::LitStr>().expect("a message").value())
        }
        _ => None,
    });
    messages.collect()
}

fn module(items: &[Item]) -> &syn::ItemMod {
    let mut modules = items.iter().filter_map(|item| match item {
        Item::Mod(module) => Some(module),
        _ => None,
    });
    modules.next_back().expect("there is a module in any case")
}

/// A crate with one file, removed at the end.
struct Crate(PathBuf);

impl Crate {
    fn new(name: &str, text: &str) -> Self {
        let root = std::env::temp_dir().join(format!("capsmith-expand-{name}-{}", std::process::id()));
        fs::create_dir_all(&root).expect("the folder is made");
        fs::write(root.join("backups.yaml"), text).expect("the file is written");
        Self(root)
    }
}

impl Drop for Crate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_module_comes_with_the_item_that_tracks_the_file() {
    let items = expand(&root(), &quote! { "qovery-backups.yaml" });
    let [Item::Mod(module), Item::Const(tracking)] = items.as_slice() else {
        panic!("other items than expected");
    };
    assert_eq!(module.ident, "qovery_backups");
    let tracking = tracking.to_token_stream().to_string();
    assert!(tracking.contains("include_bytes"), "{tracking}");
    assert!(tracking.contains("specs/qovery-backups.yaml"), "{tracking}");
}

#[test]
fn the_name_is_the_modules() {
    for name in [quote! { "other" }, quote! { other }] {
        let items = expand(&root(), &quote! { path = "qovery-backups.yaml", name = #name });
        assert_eq!(module(&items).ident, "other");
    }
    let items = expand(&root(), &quote! { path = "qovery-backups.yaml", name = r#type });
    assert_eq!(module(&items).ident, "r#type");
}

#[test]
fn a_missing_file_still_gives_a_module() {
    let items = expand(&root(), &quote! { "qovery-backup.yaml" });
    let errors = errors(&items);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("there is no file `qovery-backup.yaml` [CAP0012]\n"), "{}", errors[0]);
    assert!(errors[0].ends_with("did you mean `specs/qovery-backups.yaml`?"), "{}", errors[0]);
    let module = module(&items);
    assert_eq!(module.ident, "qovery_backup");
    let text = module.to_token_stream().to_string();
    for name in ["struct Config", "struct Client", "trait Handlers", "async fn serve", "mod rest", "mod mcp"] {
        assert!(text.contains(name), "{name} is missing");
    }
}

#[test]
fn every_mistake_is_an_error_and_the_file_is_tracked_all_the_same() {
    let text = fs::read_to_string(root().join("specs/qovery-backups.yaml")).expect("it is there");
    let text = text.replace("call: qovery-backups.listdatabasebackup", "call: qovery-backups.list");
    let user = Crate::new("mistakes", &text.replace("{{env.QOVERY_API_KEY}}", "{{env.QOVERY_KEY}}"));
    let items = expand(&user.0, &quote! { "backups.yaml" });
    let errors = errors(&items);
    // One in the credentials, one in the route and one in the tool.
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(errors.iter().all(|error| error.contains("--> backups.yaml:")), "{errors:#?}");
    assert_eq!(module(&items).ident, "backups");
    assert!(matches!(items.last(), Some(Item::Const(_))), "the file is not tracked");
}

#[test]
fn lints_are_silent_unless_they_are_denied() {
    // A body that nobody declared is taken and passed on, with a lint.
    let items = expand(&root(), &quote! { "platform-backups.yaml" });
    assert_eq!(errors(&items), [""; 0]);
    let items = expand(&root(), &quote! { "platform-backups.yaml", lints = deny });
    assert!(errors(&items).iter().any(|error| error.contains("[CAP0407]")));
    assert!(module(&items).to_token_stream().to_string().contains("listbackups"));
}

#[test]
fn bad_arguments_are_an_error_and_no_panic() {
    for arguments in [quote! {}, quote! { 1 }, quote! { "a.yaml" name }, quote! { name = }, quote! { "a.yaml", , }] {
        assert_eq!(errors(&expand(&root(), &arguments)).len(), 1, "{arguments}");
    }
}

#[test]
fn a_joined_document_is_read_and_tracked() {
    let items = expand(&root(), &quote! { "platform-backups.yaml", openapi = "planetscale-platform.yaml" });
    assert_eq!(errors(&items), [""; 0]);
    assert!(module(&items).to_token_stream().to_string().contains("pub struct NewBackup"));
    let tracked = |item: &Item| matches!(item, Item::Const(_)).then(|| item.to_token_stream().to_string());
    let tracked: Vec<String> = items.iter().filter_map(tracked).collect();
    assert_eq!(tracked.len(), 2, "{tracked:#?}");
    assert!(tracked[1].contains("specs/planetscale-platform.yaml"), "{tracked:#?}");
}

#[test]
fn files_that_are_missing_are_told_together() {
    let items = expand(&root(), &quote! { "platform-backup.yaml", openapi = "planetscale-platforms.yaml" });
    let errors = errors(&items);
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors[1].ends_with("did you mean `specs/planetscale-platform.yaml`?"), "{errors:#?}");
    assert_eq!(module(&items).ident, "platform_backup");
}
