//! `mod document`: the document as JSON in pieces, for the surfaces that serve it, answer from it or make tools of it.
//!
//! It is written from the resolved API and not from the source: whatever version and files the document is in, this is one
//! OpenAPI 3.1 document (3.2 where it has what only that can say) without a reference that leads anywhere but into its own
//! schemas.

mod components;
mod dialect;
mod excerpt;
mod json;
mod media;
mod operation;
mod parameter;
mod scalar;
mod schema;
mod security;
#[cfg(test)]
mod tests;
mod values;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(in crate::emit) use self::dialect::Dialect;
pub(in crate::emit) use self::json::Json;
pub(in crate::emit) use self::parameter::{media_type, name as style_name, usual as usual_style};
pub(in crate::emit) use self::scalar::string_format;
pub(in crate::emit) use self::values::ValueSchemas;

use self::excerpt::Excerpts;
use self::schema::Schemas;
use super::outline::Outline;
use super::{Sink, open_gate};
use crate::emit::docs::Docs;
use crate::ir::api::{Api, Location, Method, ParameterEncoding, Style};
use crate::openapi::FileReport;

/// The module. `files` are what the API was read from, in which its examples are.
pub(super) fn emit(outline: &Outline<'_>, files: &[FileReport], sink: &mut dyn Sink) {
    let document = Document::new(outline, files);
    let runtime = &outline.options.runtime;
    let docs = Docs::new().prose("The document as JSON in pieces.");
    open_gate(outline, "when_server", sink);
    sink.item(quote! { pub use self::document::DOCUMENT; });
    sink.open(quote! { mod document });
    let head = literal(&document.head);
    let security_schemes = literal(&document.security_schemes);
    sink.item(quote! {
        #docs
        pub static DOCUMENT: #runtime::openapi::Document = #runtime::openapi::Document {
            head: #head,
            operations: &OPERATIONS,
            schemas: &SCHEMAS,
            security_schemes: #security_schemes,
        };
    });
    let (count, operations) = (document.operations.len(), document.operations.iter().map(|text| literal(text)));
    sink.item(quote! { static OPERATIONS: [&str; #count] = [#(#operations,)*]; });
    let (count, schemas) = (document.schemas.len(), document.schemas.iter().map(entry));
    sink.item(quote! { static SCHEMAS: [(&str, &str); #count] = [#(#schemas,)*]; });
    sink.close();
    sink.close();
}

/// The operations and the schemas.
pub(super) fn pieces(outline: &Outline<'_>, files: &[FileReport]) -> (Vec<String>, Vec<(String, String)>) {
    let Document { operations, schemas, .. } = Document::new(outline, files);
    (operations, schemas)
}

fn entry((name, schema): &(String, String)) -> TokenStream {
    let schema = literal(schema);
    quote! { (#name, #schema) }
}

/// A document in pieces, as the runtime has it.
struct Document {
    /// The members of the root but `paths` and `components`.
    head: String,
    /// One Operation Object each.
    operations: Vec<String>,
    /// Schemas by name.
    schemas: Vec<(String, String)>,
    /// The members of `components.securitySchemes`.
    security_schemes: String,
}

impl Document {
    fn new(outline: &Outline<'_>, files: &[FileReport]) -> Self {
        let schemas = Schemas::new(&outline.plan, Excerpts::new(files), Dialect::V3_1);
        let version = Version::of(outline.api);
        let operations = outline.calls.iter();
        let operations = operations.map(|call| operation::operation(outline, &schemas, version, call)).collect();
        Self {
            head: head(outline.api, version),
            operations,
            schemas: schemas.components(),
            security_schemes: security::schemes(outline.api),
        }
    }
}

/// The version of the specification that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    V3_1,
    V3_2,
}

impl Version {
    /// The first version that can say everything that the API has.
    fn of(api: &Api) -> Self {
        let is_new =
            |encoding: &ParameterEncoding| matches!(encoding, ParameterEncoding::Style { style: Style::Cookie, .. });
        let needs_more = api.operations.iter().any(|operation| {
            matches!(operation.method, Method::Query | Method::Other(_))
                || operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.location == Location::QueryString || is_new(&parameter.encoding))
        });
        if needs_more { Self::V3_2 } else { Self::V3_1 }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::V3_1 => "3.1.1",
            Self::V3_2 => "3.2.0",
        }
    }
}

fn head(api: &Api, version: Version) -> String {
    let mut json = Json::default();
    json.key("openapi").text(version.as_str());
    json.key("info").object(|json| {
        json.key("title").text(&api.title);
        json.text_member("description", &api.description);
        json.key("version").text(&api.version);
    });
    // Whoever reads the document is to call the server that gave it, not the one that it was written for.
    json.key("servers").array(|json| json.object(|json| json.key("url").text(".")));
    if !api.tags.is_empty() {
        json.key("tags").array(|json| {
            for tag in &api.tags {
                json.object(|json| {
                    json.key("name").text(&tag.name);
                    json.text_member("description", &tag.description);
                });
            }
        });
    }
    json.finish()
}

/// JSON as a literal that reads as it is, since hardly anything in it is without quotation marks.
pub(in crate::emit) fn literal(json: &str) -> Literal {
    let hashes = json.match_indices('"').map(|(quote, _)| {
        let rest = &json[quote + 1..];
        rest.len() - rest.trim_start_matches('#').len()
    });
    let fence = "#".repeat(hashes.max().map_or(0, |longest| longest + 1));
    // rustc takes no more than 255 of them.
    let raw = (fence.len() <= 255).then(|| format!("r{fence}\"{json}\"{fence}").parse().ok()).flatten();
    raw.unwrap_or_else(|| Literal::string(json))
}
