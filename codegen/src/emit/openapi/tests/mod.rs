//! What emission promises about its output, for documents as they are and as they could be.

mod callers;
mod chains;
mod contents;
mod names;
mod settings;
mod surfaces;
mod unique;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{ApiOptions, module};
use crate::ir::RustName;
use crate::openapi::{LoadError, Loader, Options, Surfaces, analyze};

/// The only file that there is.
struct Document<'a>(&'a str);

impl Loader for Document<'_> {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        if path == "api.yaml" { Ok(self.0.to_owned()) } else { Err(LoadError::NotFound) }
    }
}

/// The module of a document.
struct Output {
    text: String,
    file: syn::File,
}

fn emit(document: &str) -> Output {
    let analysis = analyze(&Document(document), "api.yaml", &Options::default());
    let diagnostics: Vec<_> = analysis.files.iter().flat_map(|file| &file.diagnostics).collect();
    let api = analysis.api.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let options = options(quote! { ::capsmith });
    let tokens = module(&api, &analysis.files, &options);
    Output { text: normal(&tokens), file: syn::parse2(tokens).expect("the output is items") }
}

fn options(runtime: TokenStream) -> ApiOptions {
    let module = RustName::new("api".to_owned());
    ApiOptions { module, runtime, derives: Vec::new(), surfaces: Surfaces::default() }
}

/// Tokens without blanks between them, where they need none.
fn normal(tokens: &impl ToTokens) -> String {
    squeezed(&tokens.to_token_stream().to_string())
}

fn squeezed(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        if normal.ends_with(is_word) && word.starts_with(is_word) {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

impl Output {
    /// The items of the module with those of gates in place of the gates.
    fn items(&self) -> Vec<syn::Item> {
        let [syn::Item::Mod(module)] = self.file.items.as_slice() else { panic!("the output is not one module") };
        opened(&module.content.as_ref().expect("the module has a body").1)
    }

    fn has(&self, text: &str) -> bool {
        self.text.contains(&squeezed(text))
    }

    #[track_caller]
    fn assert_has(&self, text: &str) {
        assert!(self.has(text), "`{text}` is not in {}", self.text);
    }

    /// What follows a text, up to another one.
    #[track_caller]
    fn between(&self, before: &str, after: &str) -> String {
        let before = squeezed(before);
        let (_, rest) = self.text.split_once(&before).unwrap_or_else(|| panic!("`{before}` is not in {}", self.text));
        rest.split_once(after).unwrap_or_else(|| panic!("no `{after}` in {rest}")).0.to_owned()
    }
}

/// Items with those of gates in place of the gates.
fn opened(items: &[syn::Item]) -> Vec<syn::Item> {
    let mut found = Vec::new();
    for item in items {
        match item {
            syn::Item::Macro(gate) if normal(&gate.mac.path).contains("when_") => {
                found.extend(opened(&gate.mac.parse_body::<syn::File>().expect("a gate holds items").items));
            }
            syn::Item::Mod(module) => {
                let mut module = module.clone();
                if let Some((_, items)) = &mut module.content {
                    *items = opened(items);
                }
                found.push(syn::Item::Mod(module));
            }
            other => found.push(other.clone()),
        }
    }
    found
}

/// A document with these paths, two blanks deep.
fn document(paths: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: Things, version: '1' }}\npaths:\n{paths}")
}

/// A document with one operation, and a schema; `rest` is what stands in the operation, in flow style.
fn operation(rest: &str) -> String {
    let paths = format!("  /a:\n    post: {{ operationId: act, {rest} }}\n");
    document(&format!(
        "{paths}components: {{ schemas: {{ Thing: {{ type: object, properties: {{ a: {{ type: string }} }} }} }} }}\n"
    ))
}

#[test]
fn output_is_the_same_each_time_and_names_no_other_runtime() {
    let document = operation("responses: { '200': { description: d } }");
    assert_eq!(emit(&document).text, emit(&document).text);
    let analysis = analyze(&Document(&document), "api.yaml", &Options::default());
    let options = options(quote! { ::renamed });
    let text = module(&analysis.api.expect("an API"), &analysis.files, &options).to_string();
    assert!(!text.contains("capsmith"));
}

#[test]
fn a_document_without_operations_has_a_client_all_the_same() {
    let output = emit("openapi: 3.1.0\ninfo: { title: Hooks, version: '1' }\nwebhooks: { a: { post: {} } }\n");
    output.assert_has("pub(super) static OPERATIONS: [Operation; 0] = [];");
    output.assert_has("static CASES: [Case; 0] = [];");
    output.assert_has("pub struct Client");
    assert!(!output.has("pub mod responses"));
}

#[test]
fn every_operation_is_there_with_and_without_an_id() {
    let output = emit(&document(
        "  /a:\n    get: { responses: {} }\n    head: { operationId: same }\n  /b/{c}:\n    put: { operationId: same }\n    trace:\n",
    ));
    output.assert_has("static OPERATIONS: [Operation; 4]");
    for method in
        ["pub fn get_a(&self,)", "pub fn same(&self,)", "pub fn put_b_by_c(&self,", "pub fn trace_b_by_c(&self,"]
    {
        output.assert_has(method);
    }
    output.assert_has(r#"name: "GET /a", path: "/a""#);
}
