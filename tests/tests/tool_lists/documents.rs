//! The tables of OpenAPI documents, and their tools as a client of MCP gets them.

use std::sync::Arc;

use capsmith::__private::{Dispatched, Incoming, Serve, api_mcp_router, no_such_operation};
use capsmith::openapi::{
    Api, Body, Case, Document, Location, MediaKind, Operation, Parameter, Requirement, SecurityKind, SecurityScheme,
    Status,
};
use capsmith::{Context, Settings};
use capsmith_tests::mcp;
use serde_json::Value;
use tokio::net::TcpListener;

use super::constants::{Constant, Constants};

/// An API and its document.
pub(super) struct Tables {
    pub(super) api: &'static Api,
    pub(super) document: &'static Document,
}

impl Tables {
    /// Those that a generated module has.
    pub(super) fn of(constants: &Constants) -> Self {
        let find = |name: &str, kind: &str| constants.get(name, kind).unwrap_or_else(|| panic!("{name}: {kind}"));
        let head = find("API", "Api");
        let text = |name: &str| head.field(name).text().unwrap_or_default();
        let api = Api {
            name: text("name"),
            title: text("title"),
            description: text("description"),
            version: text("version"),
            servers: &[],
            security_schemes: head.field("security_schemes").list(scheme),
            requirements: find("REQUIREMENTS", "Requirement").list(|constant| Requirement {
                scheme: constant.field("scheme").number().expect("an index"),
                scopes: &[],
            }),
            parameters: find("PARAMETERS", "Parameter").list(parameter),
            bodies: find("BODIES", "Body").list(body),
            cases: find("CASES", "Case").list(case),
            operations: find("OPERATIONS", "Operation").list(operation),
        };
        let pair = |constant: &Constant| match constant.elements() {
            [name, schema] => (name.text().expect("a name"), schema.text().expect("a schema")),
            _ => panic!("a name and a schema"),
        };
        let document = Document {
            head: "",
            operations: find("OPERATIONS", "str").list(|constant| constant.text().expect("an operation")),
            schemas: find("SCHEMAS", "str").list(pair),
            security_schemes: "",
        };
        Self { api: Box::leak(Box::new(api)), document: Box::leak(Box::new(document)) }
    }

    /// The arguments of tools that are credentials of their operations.
    pub(super) fn credentials(&self, tools: &[Value]) -> Vec<String> {
        let letters = |name: &str| -> String {
            name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
        };
        let mut found = Vec::new();
        for operation in self.api.operations {
            let requirements = operation.security.iter().copied().flatten();
            let schemes = requirements.map(|index| self.api.requirements[usize::from(*index)].scheme);
            let secrets = schemes.filter_map(|scheme| match self.api.security_schemes[usize::from(scheme)].kind {
                SecurityKind::Header(name) | SecurityKind::Query(name) | SecurityKind::Cookie(name) => Some(name),
                _ => None,
            });
            let secrets: Vec<String> = secrets.map(letters).collect();
            let is_in_path = |name: &str| {
                let mut parameters = operation.parameters.iter().map(|index| &self.api.parameters[usize::from(*index)]);
                parameters
                    .any(|parameter| parameter.location == Location::Path && letters(parameter.name) == letters(name))
            };
            for tool in tools.iter().filter(|tool| tool["name"].as_str().map(letters) == Some(letters(operation.name)))
            {
                let arguments = tool["inputSchema"]["properties"].as_object().into_iter().flatten();
                let taken = arguments
                    .map(|(name, _)| name)
                    .filter(|name| secrets.contains(&letters(name)) && !is_in_path(name));
                found.extend(taken.map(|name| format!("{}: `{name}` is a credential", operation.name)));
            }
        }
        found
    }

    /// The tools, in the list's order.
    pub(super) async fn tools(&self) -> Vec<Value> {
        let router = api_mcp_router(self.api, self.document, Arc::new(Nobody), None, &Settings::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(capsmith::axum::serve(listener, router).into_future());
        let tools = mcp::tools(address).await;
        serving.abort();
        tools
    }
}

/// Has tools for everything, as an upstream has, and answers none.
struct Nobody;

impl Serve for Nobody {
    fn serve(&self, _: usize, _: Incoming, _: Context) -> Dispatched {
        no_such_operation()
    }

    fn forwards(&self) -> bool {
        true
    }
}

fn scheme(constant: &Constant) -> SecurityScheme {
    let kind = constant.field("kind");
    let argument = kind.elements().first().and_then(Constant::text).unwrap_or_default();
    let kind = match kind.name() {
        "Basic" => SecurityKind::Basic,
        "Http" => SecurityKind::Http(argument),
        "Header" => SecurityKind::Header(argument),
        "Query" => SecurityKind::Query(argument),
        "Cookie" => SecurityKind::Cookie(argument),
        "ClientCredentials" => SecurityKind::ClientCredentials(argument),
        "MutualTls" => SecurityKind::MutualTls,
        _ => SecurityKind::Bearer,
    };
    SecurityScheme { name: constant.field("name").text().unwrap_or_default(), kind, variables: &[] }
}

fn parameter(constant: &Constant) -> Parameter {
    let base = match constant.name() {
        "PATH" => Parameter::PATH,
        "QUERY" => Parameter::QUERY,
        "HEADER" => Parameter::HEADER,
        _ => Parameter::COOKIE,
    };
    let location = match constant.field("location").name() {
        "QueryString" => Location::QueryString,
        _ => base.location,
    };
    let required = constant.field("required").flag().unwrap_or(base.required);
    Parameter { name: constant.field("name").text().unwrap_or_default(), location, required, ..base }
}

fn body(constant: &Constant) -> Body {
    let media_type = constant.field("media_type").text().unwrap_or(Body::DEFAULT.media_type);
    Body { media_type, kind: kind(constant), ..Body::DEFAULT }
}

fn case(constant: &Constant) -> Case {
    let status = constant.field("status");
    let number = status.elements().first().and_then(Constant::number).unwrap_or_default();
    let status = match status.name() {
        "Code" => Status::Code(number),
        "Range" => Status::Range(u8::try_from(number).expect("a digit")),
        _ => Status::Default,
    };
    let media_type = constant.field("media_type").text().unwrap_or_default();
    Case { status, media_type, kind: kind(constant), variant: 0 }
}

fn kind(constant: &Constant) -> MediaKind {
    match constant.field("kind").name() {
        "Empty" => MediaKind::Empty,
        "Form" => MediaKind::Form,
        "Multipart" => MediaKind::Multipart,
        "EventStream" => MediaKind::EventStream,
        "JsonLines" => MediaKind::JsonLines,
        "Xml" => MediaKind::Xml,
        "Text" => MediaKind::Text,
        "Binary" => MediaKind::Binary,
        "Any" => MediaKind::Any,
        _ => MediaKind::Json,
    }
}

fn operation(constant: &Constant) -> Operation {
    let indices = |constant: &Constant| constant.list(|index| index.number().expect("an index"));
    let flag = |name: &str| constant.field(name).flag().unwrap_or(true);
    Operation {
        name: constant.field("name").text().unwrap_or_default(),
        method: constant.field("method").text().unwrap_or(Operation::EMPTY.method),
        parameters: indices(constant.field("parameters")),
        bodies: indices(constant.field("bodies")),
        answers: indices(constant.field("answers")),
        security: constant.field("security").list(indices),
        is_served: flag("is_served"),
        is_tool: flag("is_tool"),
        tool: constant.field("tool").text().unwrap_or_default(),
        ..Operation::EMPTY
    }
}
