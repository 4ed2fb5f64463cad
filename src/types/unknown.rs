//! What of a document its type has no place for.

use serde_json::Value;

use super::model::View;
use super::shape::{Additional, Shape, Struct};
use super::validate::escaped;

/// The places, as JSON pointers, of the properties of a value that were lost when it was read: those that no field has.
pub(crate) fn unknown(read: View<'_>, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(read, value, &mut String::new(), &mut found);
    found
}

fn walk(read: View<'_>, value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    match (read, value) {
        (View::Optional(read), value) => {
            if let Some(read) = read.get() {
                walk(read, value, pointer, found);
            }
        }
        (View::List(read), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(read) = read.get(index) {
                    below(&index.to_string(), read, item, pointer, found);
                }
            }
        }
        (View::Map(read), Value::Object(entries)) => {
            for (key, value) in entries {
                if let Some(read) = read.find(key) {
                    below(&escaped(key), read, value, pointer, found);
                }
            }
        }
        (View::Model(read), value) => match (read.shape(), value) {
            (Shape::Union(_), value) => walk(read.field(read.selected()).view(), value, pointer, found),
            (Shape::Tuple(shape), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate().take(shape.len) {
                    below(&index.to_string(), read.field(index).view(), item, pointer, found);
                }
            }
            (Shape::Struct(shape), Value::Object(properties)) => {
                for (key, value) in properties {
                    match shape.find(key, 0) {
                        Some(index) => below(&escaped(key), read.field(index).view(), value, pointer, found),
                        None if is_lost(shape) => found.push(format!("{pointer}/{}", escaped(key))),
                        None => {}
                    }
                }
            }
            _ => {}
        },
        _ => {}
    }
}

/// Whether a struct keeps no properties but its own.
fn is_lost(shape: &Struct) -> bool {
    shape.additional == Additional::Ignore
}

fn below(segment: &str, read: View<'_>, value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(segment);
    walk(read, value, pointer, found);
    pointer.truncate(length);
}
