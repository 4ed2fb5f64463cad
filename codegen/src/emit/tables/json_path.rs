//! Paths of JSONPath.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::numbers;
use crate::ir::json_path::{Comparable, Filter, JsonPath, Literal, Operator, Query, Root, Segment, Selector};

pub(super) fn json_path(path: &JsonPath) -> TokenStream {
    let segments = path.segments.iter().map(|segment| match segment {
        Segment::Child(selectors) => {
            let selectors = self::selectors(selectors);
            quote! { Segment::Child(#selectors) }
        }
        Segment::Descendant(selectors) => {
            let selectors = self::selectors(selectors);
            quote! { Segment::Descendant(#selectors) }
        }
    });
    quote! { JsonPath { segments: &[#(#segments),*] } }
}

fn selectors(selectors: &[Selector]) -> TokenStream {
    let selectors = selectors.iter().map(|selector| match selector {
        Selector::Name(name) => quote! { Selector::Name(#name) },
        Selector::Wildcard => quote! { Selector::Wildcard },
        Selector::Index(index) => {
            let index = integer(*index);
            quote! { Selector::Index(#index) }
        }
        Selector::Slice { start, end, step } => {
            let [start, end] = [start, end].map(|bound| super::option(bound.map(integer)));
            let step = integer(*step);
            quote! { Selector::Slice { start: #start, end: #end, step: #step } }
        }
        Selector::Filter(filter) => {
            let filter = self::filter(filter);
            quote! { Selector::Filter(&#filter) }
        }
    });
    quote! { &[#(#selectors),*] }
}

fn filter(filter: &Filter) -> TokenStream {
    let all = |filters: &[Filter]| filters.iter().map(self::filter).collect::<Vec<_>>();
    match filter {
        Filter::Or(filters) => {
            let filters = all(filters);
            quote! { jsonpath::Filter::Or(&[#(#filters),*]) }
        }
        Filter::And(filters) => {
            let filters = all(filters);
            quote! { jsonpath::Filter::And(&[#(#filters),*]) }
        }
        Filter::Not(filter) => {
            let filter = self::filter(filter);
            quote! { jsonpath::Filter::Not(&#filter) }
        }
        Filter::Exists(query) => {
            let query = self::query(query);
            quote! { jsonpath::Filter::Exists(#query) }
        }
        Filter::Compare { left, operator, right } => {
            let [left, right] = [left, right].map(comparable);
            let operator = self::operator(*operator);
            quote! { jsonpath::Filter::Compare { left: #left, operator: jsonpath::Operator::#operator, right: #right } }
        }
        Filter::Match { text, pattern } => {
            let [text, pattern] = [text, pattern].map(comparable);
            quote! { jsonpath::Filter::Match { text: #text, pattern: #pattern } }
        }
        Filter::Search { text, pattern } => {
            let [text, pattern] = [text, pattern].map(comparable);
            quote! { jsonpath::Filter::Search { text: #text, pattern: #pattern } }
        }
    }
}

fn operator(operator: Operator) -> TokenStream {
    match operator {
        Operator::Equal => quote! { Equal },
        Operator::NotEqual => quote! { NotEqual },
        Operator::Less => quote! { Less },
        Operator::LessOrEqual => quote! { LessOrEqual },
        Operator::Greater => quote! { Greater },
        Operator::GreaterOrEqual => quote! { GreaterOrEqual },
    }
}

fn comparable(comparable: &Comparable) -> TokenStream {
    match comparable {
        Comparable::Literal(literal) => {
            let literal = self::literal(literal);
            quote! { jsonpath::Comparable::Literal(jsonpath::Literal::#literal) }
        }
        Comparable::Query(query) => {
            let query = self::query(query);
            quote! { jsonpath::Comparable::Query(#query) }
        }
        Comparable::Length(of) => {
            let of = self::comparable(of);
            quote! { jsonpath::Comparable::Length(&#of) }
        }
        Comparable::Count(query) => {
            let query = self::query(query);
            quote! { jsonpath::Comparable::Count(#query) }
        }
        Comparable::Value(query) => {
            let query = self::query(query);
            quote! { jsonpath::Comparable::Value(#query) }
        }
    }
}

fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Null => quote! { Null },
        Literal::Boolean(value) => quote! { Boolean(#value) },
        Literal::Integer(value) => {
            let value = integer(*value);
            quote! { Integer(#value) }
        }
        // The parser takes finite numbers alone.
        Literal::Float(value) => {
            numbers::double(*value).map_or_else(|| quote! { Null }, |value| quote! { Float(#value) })
        }
        Literal::String(text) => quote! { String(#text) },
    }
}

fn query(query: &Query) -> TokenStream {
    let root = match query.root {
        Root::Document => quote! { Document },
        Root::Current => quote! { Current },
    };
    let path = json_path(&query.path);
    quote! { jsonpath::Query { root: jsonpath::Root::#root, path: #path } }
}

fn integer(value: i64) -> TokenStream {
    numbers::integer(value.into())
}
