//! An independent reader of OpenAPI 3.0 agrees with ours on paths, operations and parameters.
//!
//! What differs, and why, is said in `expected`; everything else is a mistake of ours. The corpus is no part of the project: where
//! it is absent, documents of our own are all that is compared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use capsmith_codegen::ir::api::{Api, Location, ParameterEncoding, Style};
use capsmith_codegen::openapi::{LoadError, Loader, Options, RemoteReferences, analyze};
use openapiv3::{Components, OpenAPI, Parameter, PathItem, ReferenceOr};

/// A parameter: its place, whether it is required, its style and whether that is exploded; `None`: it has content.
type Shown = (bool, Option<(String, bool)>);
/// The parameters of each operation by place and name.
type Operations = BTreeMap<(String, String), BTreeMap<(String, String), Shown>>;

struct Single(String);

impl Loader for Single {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

fn ours(api: &Api) -> Operations {
    let location = |location| match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let style = |style| match style {
        Style::Simple => "simple",
        Style::Label => "label",
        Style::Matrix => "matrix",
        Style::Form | Style::Cookie => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::DeepObject => "deepObject",
    };
    let operations = api.operations.iter().map(|operation| {
        let parameters = operation.parameters.iter().map(|parameter| {
            let encoding = match &parameter.encoding {
                ParameterEncoding::Style { style: found, explode, .. } => Some((style(*found).to_owned(), *explode)),
                ParameterEncoding::Content(_) => None,
            };
            ((location(parameter.location).to_owned(), parameter.wire.clone()), (parameter.required, encoding))
        });
        ((operation.method.as_str().to_owned(), operation.path.clone()), parameters.collect())
    });
    operations.collect()
}

/// What a reference to a component means.
fn resolve<'d, T>(reference: &'d ReferenceOr<T>, find: impl Fn(&str) -> Option<&'d ReferenceOr<T>>) -> Option<&'d T> {
    match reference {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { reference } => find(reference.rsplit('/').next()?)?.as_item(),
    }
}

/// The operations, and those of which a parameter is hidden behind a reference that theirs does not follow.
fn theirs(document: &OpenAPI) -> (Operations, BTreeSet<(String, String)>) {
    let none = Components::default();
    let components = document.components.as_ref().unwrap_or(&none);
    let mut operations = Operations::new();
    let mut hidden = BTreeSet::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in item.iter() {
            let key = (method.to_uppercase(), path.clone());
            let mut parameters = BTreeMap::new();
            for parameter in item.parameters.iter().chain(&operation.parameters) {
                match resolve(parameter, |name| components.parameters.get(name)) {
                    Some(parameter) => parameters.extend([show(parameter)]),
                    None => {
                        hidden.insert(key.clone());
                    }
                }
            }
            operations.insert(key, parameters);
        }
    }
    (operations, hidden)
}

fn show(parameter: &Parameter) -> ((String, String), Shown) {
    let (place, style) = match parameter {
        Parameter::Query { style, .. } => ("query", serde_json::to_value(style)),
        Parameter::Header { style, .. } => ("header", serde_json::to_value(style)),
        Parameter::Path { style, .. } => ("path", serde_json::to_value(style)),
        Parameter::Cookie { style, .. } => ("cookie", serde_json::to_value(style)),
    };
    let style = style.unwrap().as_str().unwrap().to_owned();
    let data = parameter.parameter_data_ref();
    let explode = data.explode.unwrap_or(style == "form");
    let has_content = matches!(data.format, openapiv3::ParameterSchemaOrContent::Content(_));
    let required = data.required || place == "path";
    ((place.to_owned(), data.name.clone()), (required, (!has_content).then_some((style, explode))))
}

/// Makes what they say what we say, where the two differ for a reason.
fn expected(operations: &mut Operations) {
    for ((_, path), parameters) in operations {
        // These headers are no parameters, says the specification.
        let reserved = ["accept", "authorization", "content-type"];
        parameters.retain(|(place, name), _| {
            (place != "header" || !reserved.contains(&&*name.to_lowercase()))
                // A path parameter that is no variable of the path goes nowhere.
                && (place != "path" || path.contains(&format!("{{{name}}}")))
        });
        // A variable that nothing declares is a parameter all the same.
        for variable in path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)) {
            let key = ("path".to_owned(), variable.to_owned());
            parameters.entry(key).or_insert((true, Some(("simple".to_owned(), false))));
        }
    }
}

/// What the two say differently about a document. `None`: theirs cannot read it, or has nothing of it in the file.
fn differences(text: &str) -> Option<Vec<String>> {
    let document: OpenAPI = serde_json::from_str(text).ok()?;
    let options = Options::default().remote_references(RemoteReferences::Untyped);
    let api = analyze(&Single(text.to_owned()), "api.json", &options).api.expect("a document without errors");
    let (ours, (mut theirs, hidden)) = (ours(&api), theirs(&document));
    expected(&mut theirs);
    let mut differences = Vec::new();
    for (operation, parameters) in &theirs {
        match ours.get(operation) {
            None => differences.push(format!("{operation:?} is not among ours")),
            Some(found) if found == parameters => {}
            Some(found)
                if hidden.contains(operation)
                    && parameters.iter().all(|(key, shown)| found.get(key) == Some(shown)) => {}
            Some(found) => differences.push(format!("{operation:?}: theirs {parameters:?}, ours {found:?}")),
        }
    }
    let has_references =
        document.paths.paths.values().any(|item| matches!(item, ReferenceOr::<PathItem>::Reference { .. }));
    if !has_references && ours.len() != theirs.len() {
        differences.push(format!("{} operations are theirs, {} ours", theirs.len(), ours.len()));
    }
    Some(differences)
}

#[test]
fn all_places_and_styles_are_agreed_on() {
    let mut parameters = Vec::new();
    for (place, styles) in [
        ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"][..]),
        ("header", &["simple"]),
        ("cookie", &["form"]),
    ] {
        for style in styles {
            for rest in ["", r#","explode":true"#, r#","explode":false"#, r#","required":true"#] {
                let name = format!("p{}", parameters.len());
                parameters.push(format!(
                    r#"{{"name":"{name}","in":"{place}","style":"{style}"{rest},"schema":{{"type":"string"}}}}"#
                ));
            }
        }
        parameters.push(format!(r#"{{"name":"plain","in":"{place}","schema":{{"type":"string"}}}}"#));
        parameters.push(format!(
            r#"{{"name":"content","in":"{place}","content":{{"application/json":{{"schema":{{"type":"object"}}}}}}}}"#
        ));
    }
    let in_path = |name: &str, style: &str| {
        format!(r#"{{"name":"{name}","in":"path","required":true,"style":"{style}","schema":{{"type":"string"}}}}"#)
    };
    let shared = [in_path("a", "simple"), in_path("b", "label"), in_path("c", "matrix")].join(",");
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let operations: Vec<String> = methods
        .iter()
        .map(|method| format!(r#""{method}":{{"parameters":[{}],"responses":{{}}}}"#, parameters.join(",")))
        .collect();
    let text = format!(
        r##"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{"/x/{{a}}/{{b}}/{{c}}":{{"parameters":[{shared}],{}}},"/y/{{d}}":{{"get":{{"parameters":[{{"$ref":"#/components/parameters/limit"}}],"responses":{{}}}}}}}},"components":{{"parameters":{{"limit":{{"name":"limit","in":"query","schema":{{"type":"integer"}}}}}}}}}}"##,
        operations.join(",")
    );
    assert_eq!(differences(&text).expect("a document that both read"), [""; 0]);
}

#[test]
fn the_corpus_is_agreed_on() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let directory = std::env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from).join("openapi");
    let Ok(entries) = std::fs::read_dir(directory) else {
        println!("skipped: there is no corpus (CAPSMITH_CORPUS)");
        return;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort_unstable();
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let text = std::fs::read_to_string(path).unwrap();
        if !text.chars().take(2_000).collect::<String>().contains("\"3.0.") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy();
        match differences(&text) {
            None => println!("{name}: theirs cannot read it"),
            Some(differences) => {
                compared += 1;
                wrong.extend(differences.into_iter().map(|difference| format!("{name}: {difference}")));
            }
        }
    }
    println!("{compared} documents compared");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
