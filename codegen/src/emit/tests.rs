//! What emission promises about its output as a whole.

use quote::quote;

use self::fixture::{backups, odd};
use super::{EmitOptions, module};
use crate::ir::Capability;
use crate::source::Source;
use crate::{Options, compile};

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

/// The output for a file, whose errors are none.
fn compiled(text: &str) -> String {
    let compiled = compile(&Source::new("specs/shelf.yaml", text), &Options::default());
    compiled.items.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics)).to_string()
}

#[test]
fn objects_are_in_the_order_of_the_file() {
    // The doors have different crates beside them, and these must not decide.
    let output = compiled(
        "
ikanos: 1.0.0-beta5
capability:
  exposes:
    - type: mcp
      namespace: shelf-mcp
      port: 9090
      tools:
        find-book:
          description: Find a book
          outputParameters:
            title: { type: string, value: Emma }
            place: { type: object, const: { shelf: 2, row: 1 } }
",
    );
    for text in [r#""title":{"type":"string"},"place":{"type":"object"}"#, r#"{"shelf":2,"row":1}"#] {
        assert!(output.contains(&text.escape_default().to_string()), "{output}");
    }
}

#[test]
fn tables_of_surfaces_have_names_of_their_own() {
    let rest = |namespace: &str, port: u16| {
        format!(
            "    - {{ type: rest, namespace: {namespace}, port: {port}, resources: {{ a: {{ path: /a, operations: {{ b: {{ \
             method: GET, outputParameters: {{ c: {{ type: string, value: d }} }} }} }} }} }} }}\n"
        )
    };
    let mcp = |namespace: &str, port: u16| {
        format!(
            "    - type: mcp\n      namespace: {namespace}\n      port: {port}\n      \
             tools: {{ a: {{ description: A, outputParameters: {{ c: {{ type: string, value: d }} }} }} }}\n      \
             resources: {{ b: {{ uri: 'data://b', description: B, location: 'file:///./b' }} }}\n      \
             prompts: {{ c: {{ description: C, template: [{{ role: user, content: Hello }}] }} }}\n"
        )
    };
    let surfaces = [
        rest("a", 1),
        rest("a-document", 2),
        rest("document-a", 3),
        mcp("b", 4),
        mcp("b-resources", 5),
        mcp("b-prompts", 6),
    ];
    let output = compiled(&format!("ikanos: 1.0.0-beta5\ncapability:\n  exposes:\n{}", surfaces.concat()));
    let names = output.match_indices("static ").map(|(at, word)| &output[at + word.len()..]);
    let names = names.chain(output.match_indices("const ").map(|(at, word)| &output[at + word.len()..]));
    let mut names: Vec<&str> = names.filter_map(|rest| rest.split(' ').next()).collect();
    names.retain(|name| name.starts_with(char::is_uppercase));
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "{names:?}");
    assert!(names.contains(&"RESOURCES_MCP_B_PROMPTS"), "{names:?}");
}
