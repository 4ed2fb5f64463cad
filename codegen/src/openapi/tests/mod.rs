//! Documents in, APIs and diagnostics out.

mod defects;
mod names;
mod operations;
mod quirks;
mod references;
mod replacements;
mod robustness;
mod selection;
mod types;
mod unions;

use std::collections::HashMap;

use super::{Analysis, LoadError, Loader, Options, analyze};
use crate::ir::api::Api;
use crate::ir::types::{Additional, EnumBase, Kind, Scope, TypeUse};

/// Files by path.
#[derive(Default)]
struct Memory(HashMap<String, String>);

impl Memory {
    fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }
}

impl Loader for Memory {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.0.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

fn analysis(text: &str) -> Analysis {
    analyze(&Memory::default().with("api.yaml", text), "api.yaml", &Options::default())
}

/// The API and the codes of the diagnostics, without those about operations that have no identifier.
fn read(text: &str) -> (Api, Vec<&'static str>) {
    let analysis = analysis(text);
    let codes = codes(&analysis);
    (analysis.api.unwrap_or_else(|| panic!("{codes:?}")), codes)
}

fn codes(analysis: &Analysis) -> Vec<&'static str> {
    let codes = analysis.files.iter().flat_map(|file| &file.diagnostics).map(|diagnostic| diagnostic.code.as_str());
    codes.filter(|code| *code != "CAP1301").collect()
}

/// A document with schemas, of which an operation uses the first.
fn document(version: &str, schemas: &str) -> String {
    let first = schemas.trim_start().split(':').next().unwrap_or_default().trim_matches(['"', '\'']);
    let indented = schemas.lines().map(|line| format!("    {line}\n")).collect::<Vec<_>>().concat();
    format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: get\n      responses:\n        \
         '200':\n          description: d\n          content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/{first}'}}\n\
         components:\n  schemas:\n{indented}"
    )
}

/// What the answer of a document's only operation is.
fn answer(api: &Api) -> TypeUse {
    api.operations[0].responses[0].contents[0].r#type.expect("an answer with a type")
}

/// What the first of some schemas of 3.1 becomes, with the codes.
fn schema(schemas: &str) -> (String, Vec<&'static str>) {
    let (api, codes) = read(&document("3.1.0", schemas));
    (define(&api, answer(&api)), codes)
}

/// The first of some schemas of 3.1, which have no defects.
fn clean(schemas: &str) -> String {
    let (shown, codes) = schema(schemas);
    assert!(codes.is_empty(), "{codes:?} in {schemas}");
    shown
}

/// A type as it is referred to.
fn show(api: &Api, usage: TypeUse) -> String {
    let found = api.types.get(usage.id);
    let mut shown = match &found.name {
        Some(name) if name.scope == Scope::Inline => format!("~{}", name.name.as_str()),
        Some(name) => name.name.as_str().to_owned(),
        None => body(api, usage),
    };
    if usage.boxed {
        shown = format!("Box<{shown}>");
    }
    if usage.nullable {
        shown.push('?');
    }
    shown
}

/// A type as it is defined.
fn define(api: &Api, usage: TypeUse) -> String {
    let mut shown = body(api, usage);
    if usage.nullable {
        shown.push('?');
    }
    shown
}

fn body(api: &Api, usage: TypeUse) -> String {
    let list = |uses: &[TypeUse]| uses.iter().map(|usage| show(api, *usage)).collect::<Vec<_>>().join(", ");
    match &api.types.get(usage.id).kind {
        Kind::Any => "any".to_owned(),
        Kind::Null => "null".to_owned(),
        Kind::Foreign(foreign) => foreign.path.as_str().to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        // The default.
        Kind::Integer(format, _) => format!("{format:?}").replace("Int64", "integer"),
        Kind::Number(format, _) => format!("{format:?}").replace("Unspecified", "number"),
        Kind::String(format, _) => format!("{format:?}").replace("Plain", "string"),
        Kind::Enum(found) => {
            let names: Vec<&str> = found.variants.iter().map(|variant| variant.name.as_str()).collect();
            let base = if found.base == EnumBase::String { String::new() } else { format!("{:?} ", found.base) };
            format!("enum {base}{}", names.join(" "))
        }
        Kind::Constant(value) => format!("const {value:?}"),
        Kind::Array(array) => format!("[{}]", show(api, array.items)),
        Kind::Tuple(tuple) => {
            let rest = tuple.rest.map_or(String::new(), |rest| format!(", ...{}", show(api, rest)));
            format!("({}{rest})", list(&tuple.items))
        }
        Kind::Map(map) => format!("map of {}", show(api, map.values)),
        Kind::Struct(found) => {
            let mut parts: Vec<String> = Vec::new();
            for field in &found.fields {
                let required = if field.required { "" } else { "?" };
                parts.push(format!("{}{required}: {}", field.name.as_str(), show(api, field.r#type)));
            }
            match found.additional {
                Additional::Unspecified => {}
                Additional::Denied => parts.push("!".to_owned()),
                Additional::Values(values) => parts.push(format!("*: {}", show(api, values))),
            }
            format!("{{{}}}", parts.join(", "))
        }
        Kind::Union(union) => {
            let tag = union.tag.as_ref().map_or(String::new(), |tag| format!("{:?} {}: ", tag.origin, tag.property));
            let variants = union.variants.iter().map(|variant| {
                let tags =
                    if variant.tags.is_empty() { String::new() } else { format!("[{}] ", variant.tags.join(" ")) };
                format!("{tags}{}({})", variant.name.as_str(), show(api, variant.r#type))
            });
            format!("{tag}{}", variants.collect::<Vec<_>>().join(" | "))
        }
    }
}
