//! What an OpenAPI document says about values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::openapi::document::{Dialect, ValueSchemas, literal};
use crate::emit::openapi::tables::style;
use crate::emit::openapi::types::{At, checks};
use crate::emit::values::Values;
use crate::ir::api::{MediaKind, ParameterEncoding, Style};
use crate::ir::{Answer, Capability, Schema, Surface};

/// The schemas of a capability's values.
pub(super) struct Schemas<'a> {
    values: &'a Values<'a>,
    /// Their JSON Schemas, where there are tools that show them.
    json: Option<ValueSchemas<'a>>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(capability: &Capability, values: &'a Values<'a>) -> Self {
        let has_tools = capability.exposes.iter().any(|exposes| matches!(exposes.surface, Surface::Mcp(_)));
        let plan = values.plan.as_ref().filter(|_| has_tools);
        Self { values, json: plan.map(|plan| ValueSchemas::new(plan, Dialect::V3_1)) }
    }

    /// The schema of a parameter, as an `Option`.
    pub(super) fn schema(&self, schema: Option<&Schema>) -> TokenStream {
        let (Some(schema), Some(plan)) = (schema, &self.values.plan) else { return quote! { None } };
        let runtime = self.values.runtime;
        let kind = plan.usage(schema.r#type, At::Beside);
        let mut fields = written(schema, runtime);
        let checks = checks(plan, schema.r#type.id);
        if !checks.is_empty() {
            fields.extend(quote! { checks: &[#(#checks),*], });
        }
        if let Some(json) = self.json(schema) {
            let json = literal(&json);
            fields.extend(quote! { json: #json, });
        }
        quote! {
            Some(&Schema {
                #fields
                blank: #runtime::__private::TypedArgument::blank::<#kind>,
                ..Schema::ANY
            })
        }
    }

    /// The schema of an answer.
    pub(super) fn answer(&self, answer: Option<Answer>) -> Option<Literal> {
        let json = self.json.as_ref()?;
        Some(match answer? {
            Answer::Empty => Literal::string("{\"type\":\"null\"}"),
            Answer::Typed(usage) => literal(&json.write(usage, None)),
        })
    }

    /// The JSON Schema of a parameter.
    pub(super) fn json(&self, schema: &Schema) -> Option<String> {
        Some(self.json.as_ref()?.write(schema.r#type, schema.default.as_ref()))
    }

    /// Those that the others refer to, by name.
    pub(super) fn referred(self) -> Vec<(String, String)> {
        self.json.map(ValueSchemas::referred).unwrap_or_default()
    }

    /// The table of those that the others refer to.
    pub(super) fn table(self) -> TokenStream {
        let entries = self.referred().into_iter().map(|(name, schema)| {
            let schema = literal(&schema);
            quote! { (#name, #schema) }
        });
        quote! { &[#(#entries),*] }
    }
}

/// How a value is written, as far as it is not the usual way.
fn written(schema: &Schema, runtime: &TokenStream) -> TokenStream {
    let (style, explode, allow_reserved) = match &schema.encoding {
        ParameterEncoding::Content(MediaKind::Json) => return TokenStream::new(),
        ParameterEncoding::Style { style, explode, allow_reserved } => (self::style(*style), *explode, *allow_reserved),
        ParameterEncoding::Content(MediaKind::Form) => (self::style(Style::Form), true, false),
        ParameterEncoding::Content(_) => (quote! { Style::Text }, false, false),
    };
    let mut fields = quote! { style: #runtime::openapi::#style, };
    let flags = [
        (explode, quote! { explode: true, }),
        (allow_reserved, quote! { allow_reserved: true, }),
        (schema.allow_empty, quote! { allow_empty: true, }),
    ];
    fields.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, field)| field));
    fields
}
