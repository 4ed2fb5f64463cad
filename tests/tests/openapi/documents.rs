//! What other generators take without a word: it is told, at its place, or it stops nothing.

use std::collections::BTreeMap;

use capsmith_codegen::diagnostic::{Diagnostic, Style};
use capsmith_codegen::openapi::{LoadError, Loader};
use capsmith_codegen::source::Source;
use capsmith_codegen::{CompiledApi, OpenApiOptions, compile_openapi};

struct Files(BTreeMap<&'static str, String>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.0.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

/// Compiles a document with these paths and schemas.
fn compile(paths: &str, schemas: &str) -> CompiledApi {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: A, version: '1' }}\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    compile_openapi(&Files(BTreeMap::from([("a.yaml", text)])), "a.yaml", &OpenApiOptions::default())
}

fn texts<'a>(diagnostics: impl Iterator<Item = (&'a Source, &'a Diagnostic)>) -> Vec<String> {
    diagnostics.map(|(source, diagnostic)| diagnostic.render(source, Style::Plain)).collect()
}

#[test]
fn a_dangling_reference_is_named_and_its_place_is_untyped() {
    let compiled = compile(
        "  /a:\n    get:\n      operationId: a\n      responses: { '200': { description: A, content: { application/json: \
         { schema: { $ref: '#/components/schemas/Pett' } } } } }",
        "    Pet: { type: object }",
    );
    assert_eq!(texts(compiled.failures()), Vec::<String>::new());
    let warnings = texts(compiled.warnings()).join("\n");
    assert!(warnings.contains("#/components/schemas/Pett") && warnings.contains("a.yaml:7:"), "{warnings}");
    let module = compiled.items().expect("a module").to_string();
    assert!(module.contains("type Answer = :: capsmith :: types :: Value"), "{module}");
}

#[test]
fn a_misspelt_place_of_a_parameter_is_told() {
    let compiled = compile(
        "  /a:\n    get:\n      operationId: a\n      parameters: [{ name: b, in: querry, schema: { type: string } }]\n      \
         responses: { '200': { description: A } }",
        "    Pet: { type: object }",
    );
    let said = texts(compiled.failures().chain(compiled.warnings())).join("\n");
    assert!(said.contains("querry") && said.contains("`query`"), "{said}");
}

#[test]
fn annotations_stop_nothing() {
    let compiled = compile(
        "  /a:\n    get:\n      operationId: a\n      responses: { '200': { description: A, content: { application/json: \
         { schema: { $ref: '#/components/schemas/Pet' } } } } }",
        "    Pet: { type: object, properties: { n: { type: integer, example: { a: [1] } } }, examples: { cat: { value: 1 } }, \
         externalDocs: none, xml: [], x-any: { thing: [null] } }",
    );
    assert_eq!(texts(compiled.failures()), Vec::<String>::new());
    assert!(compiled.items().is_some());
}
