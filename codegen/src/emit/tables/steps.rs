//! What routes and tools of several steps do.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value, json};

use super::actions::{source, sources};
use super::parameters::Parameters;
use super::{option, outputs};
use crate::emit::formats;
use crate::emit::names::index;
use crate::ir::{Capability, Lookup, Mapping, Step, StepCall, StepKind, StepScript, Steps};

/// The inputs of each script, where there are scripts.
pub(super) fn scripts(capability: &Capability, parameters: &Parameters<'_>) -> TokenStream {
    if capability.scripts.is_empty() {
        return TokenStream::new();
    }
    let count = index(capability.scripts.len());
    let inputs =
        capability.scripts.iter().map(|script| parameters.list(script.inputs.iter().map(|input| &input.parameter)));
    quote! { const SCRIPTS: [&[Parameter]; #count] = [#(#inputs),*]; }
}

pub(super) fn steps(steps: &Steps) -> TokenStream {
    let Steps { steps, mappings, last, outputs } = steps;
    let steps = steps.iter().map(step);
    let mappings = mappings.iter().map(mapping);
    let last = option(last.map(index));
    let outputs = outputs.iter().map(outputs::output);
    quote! {
        Steps {
            steps: &[#(#steps),*],
            mappings: &[#(#mappings),*],
            last: #last,
            outputs: &[#(#outputs),*],
        }
    }
}

fn step(step: &Step) -> TokenStream {
    let Step { name, after, is_used, kind } = step;
    let after = after.iter().copied().map(index);
    let kind = match kind {
        StepKind::Call(call) => {
            let call = self::call(call);
            quote! { StepKind::Call(#call) }
        }
        StepKind::Lookup(lookup) => {
            let lookup = self::lookup(lookup);
            quote! { StepKind::Lookup(#lookup) }
        }
        StepKind::Script(StepScript { script, arguments }) => {
            let script = index(*script);
            let arguments = sources(arguments);
            quote! { StepKind::Script(StepScript { script: #script, inputs: SCRIPTS[#script], arguments: #arguments }) }
        }
    };
    quote! { Step { name: #name, after: &[#(#after),*], is_used: #is_used, kind: #kind } }
}

fn call(call: &StepCall) -> TokenStream {
    let StepCall { operation, arguments, format, outputs } = call;
    let operation = index(*operation);
    let arguments = sources(arguments);
    let format = formats::format(format);
    let outputs = outputs.iter().map(|(name, output)| {
        let output = outputs::output(output);
        quote! { (#name, #output) }
    });
    quote! {
        StepCall { operation: #operation, arguments: #arguments, format: #format, outputs: &[#(#outputs),*] }
    }
}

fn lookup(lookup: &Lookup) -> TokenStream {
    let Lookup { index: step, field, value, fields } = lookup;
    let step = index(*step);
    let value = source(value);
    quote! { Lookup { index: #step, field: #field, value: #value, fields: &[#(#fields),*] } }
}

fn mapping(mapping: &Mapping) -> TokenStream {
    let Mapping { target, value, output } = mapping;
    let value = source(value);
    let output = outputs::output(output);
    quote! { Mapping { target: &[#(#target),*], value: #value, output: #output } }
}

/// The JSON Schema of what mappings put together, as JSON text; `None`: there are none.
pub(super) fn mapped_schema(mappings: &[Mapping]) -> Option<Literal> {
    if mappings.is_empty() {
        return None;
    }
    let mut root = Map::new();
    for mapping in mappings {
        insert(&mut root, &mapping.target, outputs::schema(&mapping.output));
    }
    Some(Literal::string(&Value::Object(root).to_string()))
}

/// Puts the schema of a part into that of the object around it.
fn insert(schema: &mut Map<String, Value>, target: &[String], part: Value) {
    let Some((first, rest)) = target.split_first() else { return };
    schema.insert("type".to_owned(), json!("object"));
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    let Some(properties) = properties.as_object_mut() else { return };
    if rest.is_empty() {
        properties.insert(first.clone(), part);
    } else if let Some(inner) = properties.entry(first.as_str()).or_insert_with(|| json!({})).as_object_mut() {
        insert(inner, rest, part);
    }
}
