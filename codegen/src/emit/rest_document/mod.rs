//! The OpenAPI document of a REST surface.
//!
//! It is made from the resolved capability, as the tables of the surface are, so that the two cannot differ. It is one text, with
//! a line for each operation and each schema: what changes in a generated file is what changed in the capability.

use std::collections::BTreeMap;

use self::paths::Item;
use self::responses::Responses;
use super::openapi::ApiOptions;
use super::openapi::document::{Dialect, Json, ValueSchemas};
use super::openapi::types::Plan;
use super::openapi::types::reach::reached;
use crate::ir::api::Tag;
use crate::ir::{Answer, Capability, Exposes, Route, Surface};
use crate::openapi::Surfaces;

mod operation;
mod outputs;
mod parameter;
mod paths;
mod pretty;
mod responses;
mod security;
#[cfg(test)]
mod tests;

/// The document of a REST surface as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RestDocument {
    /// The module of the surface in the generated code: `rest`, or with the namespace where there are several.
    pub surface: String,
    /// The document (OpenAPI 3.0.3) as JSON.
    pub json: String,
}

/// The OpenAPI documents of a capability: one for each REST surface, in the order of the file.
///
/// A server of the surface gives out the same at `/openapi.json`.
///
/// ```
/// use capsmith_codegen::source::Source;
/// use capsmith_codegen::{Options, compile, rest_documents};
///
/// let source = Source::new(
///     "weather.yaml",
///     "
/// ikanos: 1.0.0-beta5
/// info: { display: Weather, description: The weather of tomorrow }
/// capability:
///   exposes:
///     - type: rest
///       namespace: weather-rest
///       port: 8080
///       resources:
///         forecasts:
///           path: /forecasts/{city}
///           operations:
///             forecast:
///               method: GET
///               description: What to expect
///               outputParameters:
///                 - { name: sky, type: string, value: blue }
/// ",
/// );
/// let compiled = compile(&source, &Options::default());
/// let capability = compiled.capability.expect("there are no errors");
///
/// let documents = rest_documents(&capability);
/// assert_eq!(documents[0].surface, "rest");
/// assert!(documents[0].json.contains("\"/forecasts/{city}\""));
/// ```
#[must_use]
pub fn rest_documents(capability: &Capability) -> Vec<RestDocument> {
    // Only the names of types matter, and no path to the runtime.
    let options = ApiOptions {
        module: capability.module.clone(),
        runtime: proc_macro2::TokenStream::new(),
        derives: Vec::new(),
        surfaces: Surfaces::default(),
    };
    let plan = capability.document.as_ref().map(|api| Plan::new(api, &options));
    let documents = capability.exposes.iter().filter_map(|exposes| {
        let json = pretty::pretty(&text(capability, exposes, plan.as_ref())?);
        Some(RestDocument { surface: exposes.module.as_str().trim_start_matches("r#").to_owned(), json })
    });
    documents.collect()
}

/// The document of a surface; `None`: it is none of REST.
pub(super) fn text(capability: &Capability, exposes: &Exposes, plan: Option<&Plan<'_>>) -> Option<String> {
    let Surface::Rest(routes) = &exposes.surface else { return None };
    let writer = Writer {
        capability,
        schemas: plan.map(|plan| schemas(capability, routes, plan)),
        responses: Responses::default(),
    };
    let paths: Vec<String> = paths::items(routes).iter().map(|item| path(&writer, item)).collect();
    let Writer { schemas, responses, .. } = writer;
    let mut components: BTreeMap<String, String> = schemas.into_iter().flat_map(ValueSchemas::referred).collect();
    let problem = free("Problem", &components);
    let responses = responses.components(&problem);
    components.insert(problem, responses::problem());
    let schemas: Vec<String> = components.iter().map(|(name, schema)| member(name, schema)).collect();
    let mut components =
        vec![format!("\"schemas\":{}", lines(&schemas)), format!("\"responses\":{}", lines(&responses))];
    let security = security::schemes(routes);
    if !security.is_empty() {
        components.push(format!("\"securitySchemes\":{}", lines(&security)));
    }
    let head = head(capability, exposes, routes);
    Some(format!("{head},\n\"paths\":{},\n\"components\":{}}}", lines(&paths), lines(&components)))
}

/// The schemas of the values of routes. What a request has beside the properties of a type is refused.
fn schemas<'a>(capability: &Capability, routes: &[Route], plan: &'a Plan<'a>) -> ValueSchemas<'a> {
    let parameters = routes.iter().flat_map(|route| &route.parameters);
    let taken = parameters.filter_map(|parameter| Some(parameter.schema.as_ref()?.r#type.id));
    let given = routes.iter().filter_map(|route| match operation::answer(capability, route) {
        Some(Answer::Typed(usage)) => Some(usage.id),
        Some(Answer::Empty) | None => None,
    });
    let taken = reached(plan.types, taken.collect());
    let given = reached(plan.types, given.collect());
    let closed = taken.into_iter().zip(given).map(|(taken, given)| taken && !given).collect();
    ValueSchemas::new(plan, Dialect::V3_0).closing(closed)
}

/// What operations are written with.
struct Writer<'a> {
    capability: &'a Capability,
    /// The schemas of the joined document.
    schemas: Option<ValueSchemas<'a>>,
    responses: Responses,
}

/// The members of the root before `paths`, behind the brace.
fn head(capability: &Capability, exposes: &Exposes, routes: &[Route]) -> String {
    let mut json = Json::default();
    json.key("openapi").text("3.0.3");
    json.key("info").object(|json| {
        json.key("title").text(&capability.label);
        let texts = [&capability.description, &exposes.description];
        let texts = texts.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        json.text_member("description", &texts.collect::<Vec<_>>().join("\n\n"));
        json.key("version").text(&capability.version);
    });
    // Relative to where the document was read, so that a surface may be mounted below a path.
    json.key("servers").array(|json| json.object(|json| json.key("url").text(".")));
    let mut tags: Vec<&Tag> = Vec::new();
    for tag in routes.iter().flat_map(|route| &route.tags) {
        if !tags.iter().any(|known| known.name == tag.name) {
            tags.push(tag);
        }
    }
    if !tags.is_empty() {
        json.key("tags").array(|json| tags.into_iter().for_each(|tag| self::tag(tag, json)));
    }
    format!("{{{}", json.finish())
}

fn tag(tag: &Tag, json: &mut Json) {
    json.object(|json| {
        json.key("name").text(&tag.name);
        json.text_member("description", &tag.description);
    });
}

fn path(writer: &Writer<'_>, item: &Item<'_>) -> String {
    let operations: Vec<String> = item
        .operations
        .iter()
        .map(|found| member(&found.route.method.as_str().to_lowercase(), &operation::operation(writer, found)))
        .collect();
    member(&item.path, &lines(&operations))
}

/// A member, whose value is JSON already.
fn member(name: &str, value: &str) -> String {
    let mut json = Json::default();
    json.key(name).raw(value);
    json.finish()
}

/// An object with a line for each member.
fn lines(members: &[String]) -> String {
    if members.is_empty() { "{}".to_owned() } else { format!("{{\n{}}}", members.join(",\n")) }
}

/// A name that nothing has, made of another one.
fn free(name: &str, taken: &BTreeMap<String, String>) -> String {
    let numbered = std::iter::once(name.to_owned()).chain((2..).map(|number: u32| format!("{name}{number}")));
    { numbered }.find(|candidate| !taken.contains_key(candidate)).unwrap_or_default()
}
