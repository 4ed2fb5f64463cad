//! What is written is read back, by the reader of documents, as what the capability says.

mod rules;

use std::path::{Path, PathBuf};

use crate::emit::openapi::ApiOptions;
use crate::emit::openapi::document::{Dialect, ValueSchemas};
use crate::emit::openapi::types::Plan;
use crate::ir::api::{self, Api, MediaKind, Status};
use crate::ir::types::{Kind, Literal, TypeUse};
use crate::ir::{self, Action, Answer, Capability, Exposes, Location, Method, Route, Rule, Surface, Type};
use crate::join::Join;
use crate::kind::FileKind;
use crate::openapi::{LoadError, Loader, Options, Surfaces, analyze};
use crate::resolve::{self, Surroundings};
use crate::source::Source;

struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|_| LoadError::NotFound)
    }
}

/// One text as any file.
struct Single(String);

impl Loader for Single {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

fn options() -> ApiOptions {
    ApiOptions {
        module: ir::RustName::new("api".to_owned()),
        runtime: proc_macro2::TokenStream::new(),
        derives: Vec::new(),
        surfaces: Surfaces::default(),
    }
}

/// The schemas of an API, in the dialect that both documents can be written in: 3.0 has enums of one value for constants.
struct Shown<'a> {
    plan: &'a Plan<'a>,
    schemas: ValueSchemas<'a>,
}

impl<'a> Shown<'a> {
    fn new(plan: &'a Plan<'a>, schemas: ValueSchemas<'a>) -> Self {
        Self { plan, schemas }
    }

    fn write(&self, usage: TypeUse, default: Option<&Literal>) -> String {
        self.schemas.write(usage, default)
    }
}

/// What differs between a surface and its document as it is read: a line each.
fn lost(capability: &Capability, exposes: &Exposes, routes: &[Route]) -> Vec<String> {
    let options = options();
    let plan = capability.document.as_ref().map(|document| Plan::new(document, &options));
    let text = super::text(capability, exposes, plan.as_ref()).expect("a REST surface");
    let analysis = analyze(&Single(text.clone()), "openapi.json", &Options::default());
    let found: Vec<_> = analysis.files.iter().flat_map(|file| &file.diagnostics).collect();
    let mut lost: Vec<String> = found.iter().map(|diagnostic| format!("{diagnostic:?}")).collect();
    let Some(api) = analysis.api else { return lost };
    if serde_json::from_str::<serde_json::Value>(&super::pretty::pretty(&text)).ok()
        != serde_json::from_str::<serde_json::Value>(&text).ok()
    {
        lost.push("the file differs from the text".to_owned());
    }
    let read = Plan::new(&api, &options);
    let before = plan.as_ref().map(|plan| Shown::new(plan, super::schemas(capability, routes, plan)));
    let after = Shown::new(&read, ValueSchemas::new(&read, Dialect::V3_0));
    let documented: Vec<_> = super::paths::items(routes).into_iter().flat_map(|item| item.operations).collect();
    if documented.len() != api.operations.len() || documented.len() != routes.len() {
        lost.push(format!("{} routes became {} operations", routes.len(), api.operations.len()));
    }
    for (found, operation) in documented.iter().zip(operations(&api, routes)) {
        let Some(operation) = operation else {
            lost.push(format!("{} is not there", found.route.path));
            continue;
        };
        let differences =
            Comparison { capability, exposes, route: found.route, operation, before: &before, after: &after };
        lost.extend(differences.list().into_iter().map(|difference| format!("{}: {difference}", found.route.name)));
    }
    if let Some(before) = before {
        let mut after = after.schemas.referred();
        for schema in before.schemas.referred() {
            match after.iter().position(|other| *other == schema) {
                Some(position) => {
                    after.remove(position);
                }
                None => lost.push(format!("{schema:?} is not among {after:?}")),
            }
        }
    }
    lost
}

/// The operations in the order of the documented routes.
fn operations<'a>(api: &'a Api, routes: &'a [Route]) -> Vec<Option<&'a api::Operation>> {
    let items = super::paths::items(routes);
    let wanted = items.iter().flat_map(|item| item.operations.iter().map(move |found| (&item.path, found)));
    let found = wanted.map(|(path, found)| {
        api.operations.iter().find(|operation| {
            operation.id.as_deref() == Some(&found.id)
                && operation.path == *path
                && operation.method.as_str() == found.route.method.as_str()
        })
    });
    found.collect()
}

struct Comparison<'c> {
    capability: &'c Capability,
    exposes: &'c Exposes,
    route: &'c Route,
    operation: &'c api::Operation,
    before: &'c Option<Shown<'c>>,
    after: &'c Shown<'c>,
}

impl Comparison<'_> {
    fn list(&self) -> Vec<String> {
        let mut list = Vec::new();
        let mut compare = |what: &str, before: String, after: String| {
            if before != after {
                list.push(format!("{what}: {before} became {after}"));
            }
        };
        compare("description", self.route.description.trim().to_owned(), self.operation.docs.description.clone());
        let tags: Vec<_> = self.route.tags.iter().map(|tag| &tag.name).collect();
        compare("tags", format!("{tags:?}"), format!("{:?}", self.operation.tags));
        let mut before: Vec<String> = self.given().filter_map(|parameter| self.parameter(parameter)).collect();
        let mut after: Vec<String> = self.operation.parameters.iter().map(|parameter| self.read(parameter)).collect();
        before.sort_unstable();
        after.sort_unstable();
        compare("parameters", before.join(", "), after.join(", "));
        let takes_credentials = self.exposes.authentication.is_some()
            || self.route.parameters.iter().any(|parameter| parameter.name == "Authorization");
        compare("security", takes_credentials.to_string(), (!self.operation.security.is_empty()).to_string());
        compare("body", self.body(), self.read_body());
        compare("answer", self.answer(), self.read_answer());
        list
    }

    fn given(&self) -> impl Iterator<Item = &ir::Parameter> {
        let parameters = self.route.parameters.iter().enumerate();
        parameters.filter(|(index, _)| super::parameter::is_given(self.route, *index)).map(|(_, parameter)| parameter)
    }

    fn parameter(&self, parameter: &ir::Parameter) -> Option<String> {
        let place = match parameter.location {
            Location::Path => api::Location::Path,
            Location::Query => api::Location::Query,
            Location::Header if super::security::is_reserved(parameter) => return None,
            Location::Header => api::Location::Header,
            Location::Cookie => api::Location::Cookie,
            Location::Body | Location::Property | Location::Template => return None,
        };
        // The first route gives the variables of a path their names.
        let name = if place == api::Location::Path { "" } else { &parameter.name };
        Some(format!("{name} {place:?} {} {}", parameter.required, self.kind(parameter, false)))
    }

    fn read(&self, parameter: &api::Parameter) -> String {
        let name = if parameter.location == api::Location::Path { "" } else { &parameter.wire };
        let kind = self.after.plan.kind(parameter.r#type.id);
        let kind = match (plain(kind), kind) {
            (Some(kind), _) if self.before.is_none() => kind.to_owned(),
            (_, Kind::Enum(shape)) if self.before.is_none() => format!("one of {}", shape.variants.len()),
            _ => self.after.write(parameter.r#type, parameter.default.as_ref()),
        };
        format!("{name} {:?} {} {kind}", parameter.location, parameter.required)
    }

    /// The type of a parameter: by the joined document, or by the file.
    fn kind(&self, parameter: &ir::Parameter, is_json: bool) -> String {
        let index = self.route.parameters.iter().position(|other| std::ptr::eq(other, parameter));
        let mut rules = self.route.rules.iter().filter(|rule| Some(rule.parameter) == index);
        if let Some(values) =
            rules.find_map(|rule| if let Rule::OneOf(values) = &rule.rule { Some(values) } else { None })
        {
            return format!("one of {}", values.len());
        }
        if let (Some(before), Some(schema)) = (self.before, &parameter.schema) {
            return before.write(schema.r#type, schema.default.as_ref());
        }
        if self.before.is_none() {
            return parameter.r#type.as_str().to_owned();
        }
        match parameter.r#type {
            Type::String if parameter.location == Location::Path => r#"{"type":"string","minLength":1}"#.to_owned(),
            Type::Integer => r#"{"type":"integer","format":"int64"}"#.to_owned(),
            Type::Number => r#"{"type":"number","format":"double"}"#.to_owned(),
            Type::Array if is_json => r#"{"type":"array","items":{}}"#.to_owned(),
            Type::Array => r#"{"type":"array","items":{"type":"string"}}"#.to_owned(),
            Type::Object => r#"{"type":"object","additionalProperties":true}"#.to_owned(),
            Type::Any => "{}".to_owned(),
            simple => format!(r#"{{"type":"{}"}}"#, simple.as_str()),
        }
    }

    fn body(&self) -> String {
        let whole = self.given().find(|parameter| parameter.location == Location::Body);
        let properties = self.given().filter(|parameter| parameter.location == Location::Property);
        if let Some(whole) = whole {
            return format!("{} {}", whole.required, self.kind(whole, true));
        }
        let properties: Vec<_> = properties.map(|property| (property.name.as_str(), property.required)).collect();
        match super::parameter::searched(self.route) {
            Some(required) if properties.is_empty() => format!("{required} any"),
            None if properties.is_empty() => "none".to_owned(),
            _ => format!("{properties:?}"),
        }
    }

    fn read_body(&self) -> String {
        let Some(body) = &self.operation.body else { return "none".to_owned() };
        let [content] = body.contents.as_slice() else { return "several".to_owned() };
        assert_eq!(content.media_type, "application/json");
        let usage = content.r#type.expect("a type");
        match self.after.plan.kind(usage.id) {
            Kind::Struct(shape) if !self.route.parameters.iter().any(|found| found.location == Location::Body) => {
                let properties: Vec<_> =
                    shape.fields.iter().map(|field| (field.wire.as_str(), field.required)).collect();
                format!("{properties:?}")
            }
            kind => match plain(kind) {
                Some(kind) if self.before.is_none() => format!("{} {kind}", body.required),
                _ => format!("{} {}", body.required, self.after.write(usage, None)),
            },
        }
    }

    fn answer(&self) -> String {
        let outputs = match &self.route.action {
            Action::Steps(steps) if !steps.mappings.is_empty() => return "object".to_owned(),
            Action::Steps(steps) => steps.outputs.as_slice(),
            Action::Call(call) => call.outputs.as_slice(),
            Action::Mock(output) => output.as_slice(),
        };
        let answer = match &self.route.action {
            Action::Call(_) | Action::Steps(_) => super::operation::answer(self.capability, self.route),
            Action::Mock(_) => Some(Answer::Empty),
        };
        match (outputs, answer, self.before) {
            _ if self.route.method == Method::Head => "nothing".to_owned(),
            _ if self.route.binary.is_some() => "anything".to_owned(),
            ([output], ..) => output.r#type.as_str().to_owned(),
            ([_, ..], ..) => "one of several".to_owned(),
            ([], Some(Answer::Empty), _) => "nothing".to_owned(),
            ([], Some(Answer::Typed(usage)), Some(before)) => before.write(usage, None),
            ([], ..) => "anything".to_owned(),
        }
    }

    fn read_answer(&self) -> String {
        let is_success = |status: Status| matches!(status, Status::Range(2) | Status::Code(200..=299));
        let mut successes = self.operation.responses.iter().filter(|response| is_success(response.status));
        let success = successes.next().expect("an answer");
        let Some(content) = success.contents.first() else { return "nothing".to_owned() };
        let Some(usage) = content.r#type.filter(|_| content.kind == MediaKind::Json) else {
            return "anything".to_owned();
        };
        let outputs = match &self.route.action {
            Action::Steps(steps) if !steps.mappings.is_empty() => return "object".to_owned(),
            Action::Steps(steps) => steps.outputs.as_slice(),
            Action::Call(call) => call.outputs.as_slice(),
            Action::Mock(output) => output.as_slice(),
        };
        match outputs {
            // JSON of any kind, which is all that can be said of what a script gives.
            [] if matches!(self.after.plan.kind(usage.id), Kind::Any) && self.before.is_none() => "anything".to_owned(),
            [] => self.after.write(usage, None),
            [_] => plain(self.after.plan.kind(usage.id)).unwrap_or("something else").to_owned(),
            _ => "one of several".to_owned(),
        }
    }
}

/// The type of the format that a kind is.
fn plain(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Any => "any",
        Kind::Boolean => "boolean",
        Kind::Integer(..) => "integer",
        Kind::Number(..) => "number",
        Kind::String(..) => "string",
        Kind::Array(_) => "array",
        Kind::Map(_) | Kind::Struct(_) => "object",
        _ => return None,
    })
}

fn differences(capability: &Capability) -> Vec<String> {
    let mut differences = Vec::new();
    for exposes in &capability.exposes {
        if let Surface::Rest(routes) = &exposes.surface {
            differences.extend(lost(capability, exposes, routes));
        }
    }
    differences
}

/// The capability of a file, joined with a document beside it; `None`: it is none, or does not compile.
fn capability(path: &Path, document: Option<&str>) -> Option<Capability> {
    let text = std::fs::read_to_string(path).ok()?;
    if FileKind::of(&text) != Some(FileKind::Capability) {
        return None;
    }
    let folder = Folder(path.parent()?.to_owned());
    let name = path.file_name()?.to_string_lossy();
    let join = document.map(|document| Join::new(&folder, document));
    let surroundings = Surroundings::new(&folder, &name);
    let surroundings = match &join {
        Some(join) => surroundings.joined(join),
        None => surroundings,
    };
    resolve::analyze_in(&Source::new(&*name, text.clone()), None, &surroundings).capability
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

const JOINED: [(&str, &str); 3] = [
    ("platform-backups.yaml", "planetscale-platform.yaml"),
    ("postgres-management-database-backups.yaml", "prisma-postgres-management.yaml"),
    ("qovery-backups.yaml", "qovery-databases.yaml"),
];

#[test]
fn our_own_capabilities_are_read_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for path in ["specs", "tests/capabilities"].into_iter().flat_map(|folder| files(&root.join(folder))) {
        let Some(capability) = capability(&path, None) else { continue };
        seen += 1;
        let differences = differences(&capability);
        assert!(differences.is_empty(), "{}: {}", path.display(), differences.join("\n"));
    }
    assert!(seen >= 11, "{seen}");
    for (file, document) in JOINED {
        let capability = capability(&root.join("specs").join(file), Some(document)).expect("it compiles");
        let differences = differences(&capability);
        assert!(differences.is_empty(), "{file}: {}", differences.join("\n"));
    }
}

/// The corpus is no part of the project: where it is absent, there is nothing to test.
#[test]
fn capabilities_in_the_wild_are_read_back() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let corpus = std::env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from);
    let mut all = Vec::new();
    let mut seen = 0;
    for path in ["naftiko", "tutorial"].into_iter().flat_map(|folder| files(&corpus.join(folder))) {
        let Some(capability) = capability(&path, None) else { continue };
        seen += 1;
        all.extend(differences(&capability).into_iter().map(|lost| format!("{}: {lost}", path.display())));
    }
    println!("{seen} capabilities");
    assert!(all.is_empty(), "{}", all.join("\n"));
}
