//! What emission promises about its output as a whole.

use quote::quote;

use self::fixture::{backups, odd};
use super::{EmitOptions, module};
use crate::ir::Capability;

mod fixture;
pub(super) mod hygiene;

fn emit(capability: &Capability) -> String {
    let options = EmitOptions { runtime: quote! { ::capsmith } };
    module(capability, &options).to_string()
}

#[test]
fn output_parses_and_is_one_module() {
    for capability in [backups(), odd()] {
        let file = syn::parse_str::<syn::File>(&emit(&capability)).expect("the output parses");
        let [syn::Item::Mod(module)] = file.items.as_slice() else {
            panic!("the output is not one module");
        };
        assert_eq!(module.ident.to_string(), capability.module.as_str());
    }
}

#[test]
fn output_is_the_same_each_time() {
    assert_eq!(emit(&backups()), emit(&backups()));
}

#[test]
fn the_runtime_is_named_only_by_the_path_that_was_given() {
    let options = EmitOptions { runtime: quote! { ::renamed } };
    let output = module(&backups(), &options).to_string();
    assert!(!output.contains("capsmith"));
}
