//! Paths of the compiler as the data that it emits for them, without a detour by rustc.

use capsmith::jsonpath as runtime;
use capsmith_codegen::ir::json_path as ir;

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_all<T, U>(values: &[T], convert: impl Fn(&T) -> U) -> &'static [U] {
    Box::leak(values.iter().map(convert).collect())
}

pub(crate) fn path(path: &ir::JsonPath) -> runtime::JsonPath {
    runtime::JsonPath { segments: leak_all(&path.segments, segment) }
}

fn segment(segment: &ir::Segment) -> runtime::Segment {
    match segment {
        ir::Segment::Child(selectors) => runtime::Segment::Child(leak_all(selectors, selector)),
        ir::Segment::Descendant(selectors) => runtime::Segment::Descendant(leak_all(selectors, selector)),
    }
}

fn selector(selector: &ir::Selector) -> runtime::Selector {
    match selector {
        ir::Selector::Name(name) => runtime::Selector::Name(leak(name.clone())),
        ir::Selector::Wildcard => runtime::Selector::Wildcard,
        ir::Selector::Index(index) => runtime::Selector::Index(*index),
        ir::Selector::Slice { start, end, step } => runtime::Selector::Slice { start: *start, end: *end, step: *step },
        ir::Selector::Filter(filter) => runtime::Selector::Filter(leak(self::filter(filter))),
    }
}

fn filter(filter: &ir::Filter) -> runtime::Filter {
    match filter {
        ir::Filter::Or(filters) => runtime::Filter::Or(leak_all(filters, self::filter)),
        ir::Filter::And(filters) => runtime::Filter::And(leak_all(filters, self::filter)),
        ir::Filter::Not(filter) => runtime::Filter::Not(leak(self::filter(filter))),
        ir::Filter::Exists(query) => runtime::Filter::Exists(self::query(query)),
        ir::Filter::Compare { left, operator, right } => runtime::Filter::Compare {
            left: comparable(left),
            operator: self::operator(*operator),
            right: comparable(right),
        },
        ir::Filter::Match { text, pattern } => {
            runtime::Filter::Match { text: comparable(text), pattern: comparable(pattern) }
        }
        ir::Filter::Search { text, pattern } => {
            runtime::Filter::Search { text: comparable(text), pattern: comparable(pattern) }
        }
    }
}

fn operator(operator: ir::Operator) -> runtime::Operator {
    match operator {
        ir::Operator::Equal => runtime::Operator::Equal,
        ir::Operator::NotEqual => runtime::Operator::NotEqual,
        ir::Operator::Less => runtime::Operator::Less,
        ir::Operator::LessOrEqual => runtime::Operator::LessOrEqual,
        ir::Operator::Greater => runtime::Operator::Greater,
        ir::Operator::GreaterOrEqual => runtime::Operator::GreaterOrEqual,
    }
}

fn comparable(comparable: &ir::Comparable) -> runtime::Comparable {
    match comparable {
        ir::Comparable::Literal(literal) => runtime::Comparable::Literal(self::literal(literal)),
        ir::Comparable::Query(query) => runtime::Comparable::Query(self::query(query)),
        ir::Comparable::Length(of) => runtime::Comparable::Length(leak(self::comparable(of))),
        ir::Comparable::Count(query) => runtime::Comparable::Count(self::query(query)),
        ir::Comparable::Value(query) => runtime::Comparable::Value(self::query(query)),
    }
}

fn literal(literal: &ir::Literal) -> runtime::Literal {
    match literal {
        ir::Literal::Null => runtime::Literal::Null,
        ir::Literal::Boolean(value) => runtime::Literal::Boolean(*value),
        ir::Literal::Integer(number) => runtime::Literal::Integer(*number),
        ir::Literal::Float(number) => runtime::Literal::Float(*number),
        ir::Literal::String(text) => runtime::Literal::String(leak(text.clone())),
    }
}

fn query(query: &ir::Query) -> runtime::Query {
    let root = match query.root {
        ir::Root::Document => runtime::Root::Document,
        ir::Root::Current => runtime::Root::Current,
    };
    runtime::Query { root, path: path(&query.path) }
}
