//! Documents that are made to take long.

use capsmith::Value;
use capsmith::jsonpath::QueryError;
use serde_json::json;

use super::select;

#[test]
fn deep_documents_need_no_stack() {
    let deep = || (0..100_000).fold(Value::from("leaf"), |inner, _| Value::Array(vec![inner]));
    let mut document = Value::Array(vec![deep(), deep()]);
    assert_eq!(select("$..[?@ == 'leaf']", &document).unwrap().len(), 2);
    assert_eq!(select("$[?@ == $[0]]", &document).unwrap().len(), 2);
    // serde_json drops values by calls.
    let mut waiting: Vec<Value> = vec![document.take()];
    while let Some(value) = waiting.pop() {
        if let Value::Array(elements) = value {
            waiting.extend(elements);
        }
    }
}

#[test]
fn paths_that_take_too_long_are_errors() {
    let deep = (0..120).fold(json!({}), |inner, _| json!({ "a": inner, "b": 1 }));
    assert_eq!(select("$..*..*..*..*..*..*", &deep), Err(QueryError::TooManySteps));
    // Few steps to the last segment, and much that it selects.
    let wide: Value = (0..100_000).collect();
    let path = format!("$[{}]", vec!["*"; 200].join(","));
    assert_eq!(select(&path, &wide).map(|nodes| nodes.len()), Err(QueryError::TooManySteps));
}

#[test]
fn selectors_of_a_wide_document_are_followed() {
    let wide: Value = (0..100_000).map(|number| json!({ "n": number })).collect();
    assert_eq!(select("$..n", &wide).unwrap().len(), 100_000);
    assert_eq!(select("$[?@.n >= 99990].n", &wide).unwrap().len(), 10);
}
