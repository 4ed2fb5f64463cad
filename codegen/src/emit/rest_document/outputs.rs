//! The schemas of answers that the file describes.

use std::collections::BTreeMap;

use crate::emit::openapi::document::Json;
use crate::ir::{Content, Mapping, Output, Type};

/// The schema of what the first of several outputs is that is not null; `None`: there are none.
pub(super) fn schema(outputs: &[Output]) -> Option<String> {
    let mut json = Json::default();
    match outputs {
        [] => return None,
        [output] => write(output, &mut json),
        outputs => json.object(|json| {
            json.key("anyOf").array(|json| outputs.iter().for_each(|output| write(output, json)));
        }),
    }
    Some(json.finish())
}

/// The schema of the object that mappings of steps put together; `None`: there are none.
pub(super) fn mapped(mappings: &[Mapping]) -> Option<String> {
    let places: Vec<Place<'_>> = mappings.iter().map(|mapping| (mapping.target.as_slice(), &mapping.output)).collect();
    let mut json = Json::default();
    object(&places, &mut json);
    (!places.is_empty()).then(|| json.finish())
}

/// The names that lead to an output, and the output.
type Place<'m> = (&'m [String], &'m Output);

fn object(places: &[Place<'_>], json: &mut Json) {
    let mut properties: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    for (target, output) in places {
        if let Some((first, rest)) = target.split_first() {
            properties.entry(first).or_default().push((rest, output));
        }
    }
    json.object(|json| {
        json.key("type").text("object");
        json.key("properties").object(|json| {
            for (name, places) in &properties {
                json.key(name);
                match places.as_slice() {
                    [([], output)] => write(output, json),
                    places => object(places, json),
                }
            }
        });
    });
}

fn write(output: &Output, json: &mut Json) {
    json.object(|json| {
        json.text_member("description", &output.description);
        if output.r#type != Type::Any {
            json.key("type").text(output.r#type.as_str());
            json.flag("nullable", takes_null(&output.content));
        }
        shape(output, &output.content, json);
    });
}

/// Whether null may be the value, which every type of an output allows.
fn takes_null(content: &Content) -> bool {
    match content {
        Content::Constant(value) => value.trim() == "null",
        Content::Template(_) | Content::Paths(_) | Content::Object(_) | Content::List(_) => false,
        Content::Items(path, _) => path.is_singular(),
        Content::Value(_) | Content::Path(_) | Content::At(..) | Content::OneOrMore(..) => true,
    }
}

/// Writes what the content says about properties and items.
fn shape(output: &Output, content: &Content, json: &mut Json) {
    let mut items: &[Output] = &[];
    match content {
        Content::Object(properties) => json.key("properties").object(|json| {
            for (name, property) in properties {
                write(property, json.key(name));
            }
        }),
        Content::At(_, content) => return shape(output, content, json),
        Content::Constant(value) if is_of(value, output.r#type) => json.key("example").raw(value),
        Content::Items(_, item) | Content::OneOrMore(_, item) => items = std::slice::from_ref(item),
        Content::List(elements) => items = elements,
        Content::Constant(_) | Content::Value(_) | Content::Template(_) | Content::Path(_) | Content::Paths(_) => {}
    }
    if output.r#type == Type::Array {
        json.key("items");
        match items {
            [] => json.object(|_| {}),
            [item] => write(item, json),
            items => json.object(|json| {
                json.key("anyOf").array(|json| items.iter().for_each(|item| write(item, json)));
            }),
        }
    }
}

/// Whether a constant is of a type as it stands: texts may be made into numbers.
fn is_of(value: &str, r#type: Type) -> bool {
    let first = value.trim_start().bytes().next().unwrap_or_default();
    match r#type {
        Type::String => first == b'"',
        Type::Integer | Type::Number => matches!(first, b'-' | b'0'..=b'9'),
        Type::Boolean => matches!(first, b't' | b'f'),
        Type::Array => first == b'[',
        Type::Object => first == b'{',
        Type::Any => true,
    }
}
