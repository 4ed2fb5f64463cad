//! JSONPath from its text to what it selects: the compiler's parser and the runtime's evaluator together.

mod expressions;
mod growth;
mod properties;
mod sections;
mod statics;

use capsmith::Value;
use capsmith::jsonpath::QueryError;
use capsmith_codegen::jsonpath::parse;

/// What a path selects.
fn select<'v>(path: &str, document: &'v Value) -> Result<Vec<&'v Value>, QueryError> {
    let parsed = parse(path).unwrap_or_else(|fault| panic!("{path}: {fault} at {:?}", fault.range));
    statics::path(&parsed.path).query(document)
}
