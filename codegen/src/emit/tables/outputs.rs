//! What actions answer with: the tables, and the JSON Schema that tools show of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value, json};

use super::json_path::json_path;
use super::type_of_value;
use crate::emit::names::index;
use crate::ir::{Content, Output, Part, Reference, Root, Type};

pub(super) fn output(output: &Output) -> TokenStream {
    let Output { name, description: _, r#type, content } = output;
    let r#type = type_of_value(*r#type);
    let content = self::content(content);
    quote! { Output { name: #name, r#type: #r#type, content: #content } }
}

fn content(content: &Content) -> TokenStream {
    match content {
        Content::Constant(json) => quote! { Content::Constant(#json) },
        Content::Value(reference) => {
            let reference = self::reference(reference);
            quote! { Content::Value(#reference) }
        }
        Content::Template(parts) => {
            let parts = self::parts(parts);
            quote! { Content::Template(#parts) }
        }
        Content::Path(path) => {
            let path = json_path(path);
            quote! { Content::Path(#path) }
        }
        Content::Paths(path) => {
            let path = json_path(path);
            quote! { Content::Paths(#path) }
        }
        Content::At(path, content) => {
            let path = json_path(path);
            let content = self::content(content);
            quote! { Content::At(#path, &#content) }
        }
        Content::Items(path, item) => {
            let path = json_path(path);
            let item = output(item);
            quote! { Content::Items(#path, &#item) }
        }
        Content::OneOrMore(path, item) => {
            let path = json_path(path);
            let item = output(item);
            quote! { Content::OneOrMore(#path, &#item) }
        }
        Content::Object(properties) => {
            let properties = properties.iter().map(|(name, output)| {
                let output = self::output(output);
                quote! { (#name, #output) }
            });
            quote! { Content::Object(&[#(#properties),*]) }
        }
        Content::List(elements) => {
            let elements = elements.iter().map(output);
            quote! { Content::List(&[#(#elements),*]) }
        }
    }
}

pub(super) fn parts(parts: &[Part]) -> TokenStream {
    let parts = parts.iter().map(|part| match part {
        Part::Text(text) => quote! { Part::Text(#text) },
        Part::Value(reference) => {
            let reference = self::reference(reference);
            quote! { Part::Value(#reference) }
        }
    });
    quote! { &[#(#parts),*] }
}

pub(super) fn reference(reference: &Reference) -> TokenStream {
    let Reference { root, path } = reference;
    let root = match *root {
        Root::Parameter(parameter) => {
            let parameter = index(parameter);
            quote! { Root::Parameter(#parameter) }
        }
        Root::Step(step) => {
            let step = index(step);
            quote! { Root::Step(#step) }
        }
        Root::Bind(bind) => {
            let bind = index(bind);
            quote! { Root::Bind(#bind) }
        }
    };
    let path = json_path(path);
    quote! { Reference { root: #root, path: #path } }
}

/// The JSON Schema of a mock, as JSON text.
pub(super) fn mock_schema(output: Option<&Output>) -> Literal {
    let schema = output.map_or_else(|| json!({"type": "null"}), schema);
    Literal::string(&schema.to_string())
}

/// The JSON Schema of what the first of several outputs is, as JSON text; `None`: there is none.
pub(super) fn mapped_schema(outputs: &[Output]) -> Option<Literal> {
    let schema = match outputs {
        [] => return None,
        [output] => schema(output),
        outputs => json!({"anyOf": outputs.iter().map(schema).collect::<Vec<_>>()}),
    };
    Some(Literal::string(&schema.to_string()))
}

pub(super) fn schema(output: &Output) -> Value {
    let mut schema = Map::new();
    if output.r#type != Type::Any {
        schema.insert("type".to_owned(), json!(output.r#type.as_str()));
    }
    if !output.description.is_empty() {
        schema.insert("description".to_owned(), json!(output.description));
    }
    shape(&output.content, &mut schema);
    Value::Object(schema)
}

/// Adds what the content says about properties and items.
fn shape(content: &Content, schema: &mut Map<String, Value>) {
    match content {
        Content::Object(properties) => {
            let properties = properties.iter().map(|(name, output)| (name.clone(), self::schema(output)));
            schema.insert("properties".to_owned(), Value::Object(properties.collect()));
        }
        Content::Items(_, item) | Content::OneOrMore(_, item) => {
            schema.insert("items".to_owned(), self::schema(item));
        }
        Content::List(elements) => {
            if let [element] = elements.as_slice() {
                schema.insert("items".to_owned(), self::schema(element));
            }
        }
        Content::At(_, content) => shape(content, schema),
        Content::Constant(_) | Content::Value(_) | Content::Template(_) | Content::Path(_) | Content::Paths(_) => {}
    }
}
