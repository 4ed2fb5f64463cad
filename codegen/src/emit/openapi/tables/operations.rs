//! Operations.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Tables, indices};
use crate::emit::names::index;
use crate::emit::openapi::callers::has_usable_scheme;
use crate::emit::openapi::docs::title;
use crate::emit::openapi::outline::{Call, Outline};
use crate::emit::openapi::settings::Settings;
use crate::ir::api::{self, Operation, Pagination, Segment};
use crate::ir::types::{Bound, Kind, Literal as Value};

/// The row of an operation, as far as it differs from `Operation::EMPTY`.
pub(super) fn operation(
    outline: &Outline<'_>,
    settings: &Settings,
    call: &Call<'_>,
    tables: &mut Tables,
) -> TokenStream {
    let operation = call.operation;
    let name = title(operation);
    let mut fields = quote! { name: #name, };
    let method = operation.method.as_str();
    if method != "GET" {
        fields.extend(quote! { method: #method, });
    }
    let path = path(&operation.template);
    fields.extend(quote! { path: #path, });
    let query = query(&operation.constant_query);
    if !query.is_empty() {
        fields.extend(quote! { query: #query, });
    }
    let parameters = operation.parameters.iter().map(|parameter| tables.parameters.index(outline, parameter)).collect();
    let bodies = call.payload.iter().flat_map(|payload| &payload.forms);
    let bodies = bodies.map(|form| tables.bodies.index(outline, form)).collect();
    let answers = call.answers.cases.iter().map(|case| tables.cases.index(case)).collect();
    let failures = call.failures.cases.iter().map(|case| tables.cases.index(case)).collect();
    for (name, list) in [
        (quote! { parameters }, parameters),
        (quote! { bodies }, bodies),
        (quote! { answers }, answers),
        (quote! { failures }, failures),
    ] {
        let list: Vec<usize> = list;
        if !list.is_empty() {
            let list = indices(list);
            fields.extend(quote! { #name: #list, });
        }
    }
    fields.extend(security(outline, operation, tables));
    if !operation.is_served {
        fields.extend(quote! { is_served: false, });
    }
    if !operation.is_tool {
        fields.extend(quote! { is_tool: false, });
    }
    if let Some(tool) = &operation.tool_name {
        fields.extend(quote! { tool: #tool, });
    }
    let server = settings.server(&operation.servers);
    if server > 0 {
        let server = index(server);
        fields.extend(quote! { server: #server, });
    }
    if let Some(pagination) = &operation.pagination {
        let pagination = self::pagination(outline, operation, pagination);
        fields.extend(quote! { pagination: Some(Pagination::#pagination), });
    }
    quote! { Operation { #fields ..Operation::EMPTY } }
}

/// The path with numbers in place of variables. Braces in it would be taken for variables.
fn path(template: &[Segment]) -> String {
    let mut path = String::new();
    for segment in template {
        match segment {
            Segment::Text(text) => path.push_str(&text.replace('{', "%7B").replace('}', "%7D")),
            Segment::Parameter(number) => {
                // Writing to a string cannot fail.
                let _ = write!(path, "{{{number}}}");
            }
        }
    }
    path
}

/// Pairs of a query, encoded (RFC 3986, section 2.1).
fn query(pairs: &[(String, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        encode(name, &mut query);
        query.push('=');
        encode(value, &mut query);
    }
    query
}

fn encode(text: &str, query: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(query, "%{byte:02X}");
        }
    }
}

/// The security requirements. Where the document has no scheme that can be used there is one of ours behind the others, which
/// no operation demands.
fn security(outline: &Outline<'_>, operation: &Operation, tables: &mut Tables) -> TokenStream {
    let has_token = !has_usable_scheme(outline.api);
    let ours = outline.api.security_schemes.len();
    let token = has_token.then(|| indices(std::iter::once(tables.requirements.index(ours, &[]))));
    let none = (has_token && operation.security.is_empty()).then(|| indices(std::iter::empty()));
    if token.is_none() && operation.security.is_empty() {
        return TokenStream::new();
    }
    let alternatives = operation.security.iter().map(|alternative| {
        indices(alternative.iter().map(|required| tables.requirements.index(required.scheme, &required.scopes)))
    });
    let alternatives: Vec<_> = token.into_iter().chain(alternatives).chain(none).collect();
    quote! { security: &[#(#alternatives),*], }
}

fn pagination(outline: &Outline<'_>, operation: &Operation, pagination: &Pagination) -> TokenStream {
    let optional = |number: &Option<usize>| {
        let number = number.map(index);
        number.map_or_else(|| quote! { None }, |number| quote! { Some(#number) })
    };
    match pagination {
        Pagination::Page { page, size, items: _ } => {
            let first = operation.parameters.get(*page).map_or(1, |parameter| first_page(outline, parameter));
            let first = Literal::u64_unsuffixed(first);
            let (page, size) = (index(*page), optional(size));
            quote! { Page { page: #page, size: #size, first: #first } }
        }
        Pagination::Offset { offset, limit, items: _ } => {
            let (offset, limit) = (index(*offset), optional(limit));
            quote! { Offset { offset: #offset, limit: #limit } }
        }
        Pagination::Cursor { cursor, next, items: _ } => {
            let cursor = index(*cursor);
            quote! { Cursor { cursor: #cursor, next: &[#(#next),*] } }
        }
        Pagination::NextUrl { next, items: _ } => quote! { NextUrl { next: &[#(#next),*] } },
        Pagination::Link { items: _ } => quote! { Link },
    }
}

/// The number of the first page: what the parameter stands at when it is absent, or the least that it may be.
fn first_page(outline: &Outline<'_>, parameter: &api::Parameter) -> u64 {
    if let Some(Value::Number(number)) = &parameter.default {
        return number.as_integer().and_then(|number| u64::try_from(number).ok()).unwrap_or(1);
    }
    let (Kind::Integer(_, rules) | Kind::Number(_, rules)) = outline.plan.kind(parameter.r#type.id) else { return 1 };
    let is_zero = |bound: &Bound| !bound.exclusive && bound.value.as_integer() == Some(0);
    u64::from(!rules.minimum.as_ref().is_some_and(is_zero))
}
