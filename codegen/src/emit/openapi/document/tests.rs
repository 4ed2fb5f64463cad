//! What is written is read back as what it was written from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use quote::quote;
use serde_json::json;

use super::{Dialect, Document, ValueSchemas, literal};
use crate::emit::openapi::ApiOptions;
use crate::emit::openapi::outline::Outline;
use crate::emit::openapi::types::Plan;
use crate::ir::RustName;
use crate::ir::api::{Api, Method, Operation};
use crate::ir::types::{Kind, StringFormat};
use crate::openapi::{Analysis, LoadError, Loader, Options, RemoteReferences, Surfaces, analyze};

/// One text as any file.
struct Single<'a>(&'a str);

impl Loader for Single<'_> {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.to_owned())
    }
}

/// The files of a folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|error| LoadError::Unreadable(error.to_string()))
    }
}

/// An API with its document in pieces.
struct Written {
    api: Api,
    document: Document,
}

fn options() -> ApiOptions {
    ApiOptions {
        module: RustName::new("api".to_owned()),
        runtime: quote! { ::capsmith },
        derives: Vec::new(),
        surfaces: Surfaces::default(),
    }
}

impl Written {
    fn new(analysis: Analysis) -> Self {
        let options = options();
        let diagnostics: Vec<_> = analysis.files.iter().flat_map(|file| &file.diagnostics).collect();
        let api = analysis.api.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let document = Document::new(&Outline::new(&api, &options), &analysis.files);
        Self { api, document }
    }

    fn of(text: &str) -> Self {
        Self::new(analyze(&Single(text), "api.json", &Options::default()))
    }

    /// The document as a server gives it out.
    fn text(&self) -> String {
        let Document { head, operations, schemas, security_schemes } = &self.document;
        let mut paths: Vec<(&str, Vec<String>, Vec<String>)> = Vec::new();
        for (operation, text) in self.api.operations.iter().zip(operations) {
            let position = paths.iter().position(|(path, ..)| *path == operation.path).unwrap_or_else(|| {
                paths.push((&operation.path, Vec::new(), Vec::new()));
                paths.len() - 1
            });
            match &operation.method {
                Method::Other(method) => paths[position].2.push(format!("{}:{text}", quoted(method))),
                method => paths[position].1.push(format!("{}:{text}", quoted(&method.as_str().to_lowercase()))),
            }
        }
        let paths = paths.into_iter().map(|(path, mut known, other)| {
            if !other.is_empty() {
                known.push(format!("\"additionalOperations\":{{{}}}", other.join(",")));
            }
            format!("{}:{{{}}}", quoted(path), known.join(","))
        });
        let paths = paths.collect::<Vec<_>>().join(",");
        let schemas = schemas.iter().map(|(name, schema)| format!("{}:{schema}", quoted(name)));
        let schemas = schemas.collect::<Vec<_>>().join(",");
        format!(
            "{{{head},\"paths\":{{{paths}}},\"components\":{{\"schemas\":{{{schemas}}},\"securitySchemes\":{{{security_schemes}}}}}}}"
        )
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text")
}

/// What of an operation must be the same when it is read back.
fn shown(operation: &Operation) -> String {
    let parameters = operation.parameters.iter().map(|parameter| {
        format!(
            "{} {} {:?} {} {:?} {:?}",
            parameter.wire,
            parameter.name.as_str(),
            parameter.location,
            parameter.required,
            parameter.encoding,
            parameter.default,
        )
    });
    let responses = operation.responses.iter().map(|response| {
        let headers: Vec<_> = response.headers.iter().map(|header| (&header.wire, header.required)).collect();
        format!("{:?} {headers:?}", response.status)
    });
    format!(
        "{} {} {} {} {:?} {:?} {:?} {:?} {:?}",
        operation.name.as_str(),
        operation.type_name.as_str(),
        operation.method.as_str(),
        operation.path,
        operation.tags,
        operation.body.as_ref().map(|body| body.required),
        parameters.collect::<Vec<_>>(),
        responses.collect::<Vec<_>>(),
        operation.security,
    )
}

/// The places where a reference leads nowhere.
fn dangling(value: &serde_json::Value, root: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(serde_json::Value::as_str)
                && reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)).is_none()
            {
                found.insert(reference.to_owned());
            }
            members.values().for_each(|value| dangling(value, root, found));
        }
        serde_json::Value::Array(elements) => elements.iter().for_each(|value| dangling(value, root, found)),
        _ => {}
    }
}

/// What is lost when a document is written and read again: a line each.
fn lost(first: &Written) -> Vec<String> {
    let text = first.text();
    let mut lost = Vec::new();
    match serde_json::from_str::<serde_json::Value>(&text) {
        Ok(value) => {
            let mut found = BTreeSet::new();
            dangling(&value, &value, &mut found);
            lost.extend(found.into_iter().map(|reference| format!("{reference} leads nowhere")));
        }
        Err(error) => lost.push(format!("no JSON: {error}")),
    }
    let second = Written::of(&text);
    let (before, after): (Vec<_>, Vec<_>) =
        (first.api.operations.iter().map(shown).collect(), second.api.operations.iter().map(shown).collect());
    compare(&before, &after, &mut lost);
    compare(&first.document.operations, &second.document.operations, &mut lost);
    let schemas = |document: &Document| document.schemas.iter().cloned().collect::<BTreeMap<_, _>>();
    let (before, after) = (schemas(&first.document), schemas(&second.document));
    for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        // What stands for the rest has no place in the mapping before 3.2, so that its name is taken for a value of the tag.
        let has_rest = |schema: &String| schema.contains("\"anyOf\"") && schema.contains("\"discriminator\"");
        if before.get(name) != after.get(name) && !before.get(name).is_some_and(has_rest) {
            lost.push(format!("{name}:\n  {:?}\n  {:?}", before.get(name), after.get(name)));
        }
    }
    compare(
        std::slice::from_ref(&first.document.security_schemes),
        std::slice::from_ref(&second.document.security_schemes),
        &mut lost,
    );
    lost
}

fn compare(before: &[String], after: &[String], lost: &mut Vec<String>) {
    if before.len() != after.len() {
        lost.push(format!("{} became {}", before.len(), after.len()));
    }
    let differing = before.iter().zip(after).filter(|(before, after)| before != after);
    lost.extend(differing.map(|(before, after)| format!("{before}\n  {after}")));
}

fn own_documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["tests/specs", "specs"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("\nopenapi: ")) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Analysis {
    let folder = Folder(path.parent().expect("a folder").to_owned());
    let name = path.file_name().expect("a name").to_string_lossy();
    analyze(&folder, &name, &Options::default().remote_references(RemoteReferences::Untyped))
}

#[test]
fn nothing_is_lost_of_our_own_documents() {
    let documents = own_documents();
    assert!(documents.len() >= 9, "{documents:?}");
    for path in documents {
        let lost = lost(&Written::new(read(&path)));
        assert!(lost.is_empty(), "{}: {}", path.display(), lost.join("\n"));
    }
}

/// The corpus is no part of the project: where it is absent, there is nothing to test.
#[test]
fn nothing_is_lost_of_real_documents() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let corpus = std::env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from).join("openapi");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        println!("skipped: there is no corpus (CAPSMITH_CORPUS)");
        return;
    };
    let only = std::env::var("CAPSMITH_ONLY").unwrap_or_default();
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    let mut all = Vec::new();
    for path in names.iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let lost = lost(&Written::new(read(path)));
        println!("{}: {}", path.file_name().expect("a name").to_string_lossy(), lost.len());
        all.extend(lost.into_iter().map(|lost| format!("{}: {lost}", path.display())));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn schemas_are_json_schema_of_2020() {
    let written = Written::of(
        r##"{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/a":{"post":{"operationId":"a",
        "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}}},
        "components":{"schemas":{"Thing":{"type":"object","required":["id"],"description":"A \"thing\".","properties":{
        "id":{"type":"integer","format":"int64","readOnly":true,"minimum":0,"exclusiveMinimum":true},
        "name":{"type":"string","nullable":true,"maxLength":9,"example":"x"},
        "other":{"nullable":true,"allOf":[{"$ref":"#/components/schemas/Other"}]},
        "when":{"type":"string","format":"date-time","default":"2020-01-01T00:00:00Z"}}},
        "Other":{"type":"string","enum":["a","b"]}}}}"##,
    );
    let schema = |name: &str| {
        let found = written.document.schemas.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, schema)| schema.as_str())
    };
    assert_eq!(schema("Other"), r#"{"type":"string","enum":["a","b"]}"#);
    assert_eq!(
        schema("Thing"),
        r##"{"description":"A \"thing\".","type":"object","properties":{"id":{"type":"integer","format":"int64","exclusiveMinimum":0,"readOnly":true},"name":{"examples":["x"],"type":["string","null"],"maxLength":9},"other":{"anyOf":[{"$ref":"#/components/schemas/Other"},{"type":"null"}]},"when":{"type":"string","format":"date-time","default":"2020-01-01T00:00:00Z"}},"required":["id"]}"##
    );
    let id = written.api.types.iter().find(|(_, found)| matches!(found.kind, Kind::String(StringFormat::DateTime, _)));
    assert!(id.is_some());
}

#[test]
fn schemas_of_3_0_have_its_words() {
    let written = Written::of(
        r##"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"post":{"operationId":"a",
        "requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}}}}},
        "components":{"schemas":{"Thing":{"type":"object","properties":{
        "kind":{"const":"thing"},
        "size":{"type":["integer","null"],"format":"int64","exclusiveMinimum":0,"maximum":9},
        "other":{"anyOf":[{"$ref":"#/components/schemas/Other"},{"type":"null"}]},
        "said":{"description":"d","$ref":"#/components/schemas/Other"},
        "place":{"type":"array","prefixItems":[{"type":"number"},{"type":"string"}],"items":false,"minItems":2},
        "nothing":{"type":"null"}}},
        "Other":{"type":"string","enum":["a","b"]}}}}"##,
    );
    let options = options();
    let plan = Plan::new(&written.api, &options);
    let schemas = ValueSchemas::new(&plan, Dialect::V3_0);
    let body = written.api.operations[0].body.as_ref().expect("a body");
    schemas.write(body.contents[0].r#type.expect("a type"), None);
    let schemas: BTreeMap<_, _> = schemas.referred().into_iter().collect();
    let property = |name: &str| {
        let thing: serde_json::Value = serde_json::from_str(&schemas["Thing"]).expect("JSON");
        thing["properties"][name].clone()
    };
    let other = json!({"$ref": "#/components/schemas/Other"});
    assert_eq!(property("other"), json!({"nullable": true, "allOf": [other]}));
    assert_eq!(property("said"), json!({"description": "d", "allOf": [other]}));
    let size = json!({
        "type": "integer", "nullable": true, "format": "int64",
        "minimum": 0, "exclusiveMinimum": true, "maximum": 9,
    });
    assert_eq!(property("size"), size);
    assert_eq!(property("nothing"), json!({"nullable": true, "enum": [null]}));
    let named = |schema: &str| schemas.get(schema).map(|text| serde_json::from_str(text).expect("JSON"));
    let kind = json!({"type": "string", "enum": ["thing"]});
    assert_eq!(named("ThingKind").unwrap_or_else(|| property("kind")), kind);
    let place = json!({
        "type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "string"}]}, "minItems": 2, "maxItems": 2,
    });
    assert_eq!(named("ThingPlace").unwrap_or_else(|| property("place")), place);
}

#[test]
fn a_type_that_stands_inline_makes_way_for_a_schema() {
    let written = Written::of(
        r##"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"post":{"operationId":"a",
        "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"x":{"type":"string"}}}}}},
        "responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/ABody"}}}}}
        }}},"components":{"schemas":{"ABody":{"type":"object","properties":{"y":{"type":"string"}}}}}}"##,
    );
    let names: Vec<_> = written.document.schemas.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ABody", "ABodyInline"]);
    assert!(written.document.operations[0].contains(
        r##""requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/ABodyInline"}}}}"##
    ));
}

#[test]
fn literals_are_fenced_by_more_than_they_hold() {
    assert_eq!(literal("1").to_string(), "r\"1\"");
    assert_eq!(literal(r##"{"$ref":"#/a"}"##).to_string(), r###"r##"{"$ref":"#/a"}"##"###);
    let long = format!("\"{}", "#".repeat(300));
    assert!(literal(&long).to_string().starts_with("\"\\\""));
}
