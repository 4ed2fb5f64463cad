//! How many results come at once: what an agent is told about it, and what is sent where it says nothing.

use serde_json::{Map, Value, json};

use crate::description::schemas::{Table, target};
use crate::openapi::{Location, Operation, Parameter};

/// Names of parameters that say it, in lower case and without marks.
const NAMES: [&str; 12] = [
    "itemsperpage",
    "limit",
    "maxitems",
    "maxpagesize",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "recordsperpage",
    "resultsperpage",
    "rowsperpage",
    "top",
];

/// What a size may have to be besides no less and no more than something.
const BOUNDS: [&str; 5] = ["enum", "const", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"];

/// Whether a parameter of an operation that may be left out says how many results come at once.
pub(super) fn is_page_size(operation: &Operation, parameter: &Parameter) -> bool {
    let letters = parameter.name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let is_read = matches!(operation.method, "GET" | "QUERY");
    is_read && !parameter.required && parameter.location == Location::Query && NAMES.contains(&name.as_str())
}

/// Says in the schema of a page size what comes without one, and gives back what is sent then: `wanted`, within the bounds of the
/// document, unless the document's own default is less.
pub(super) fn settle(schema: &mut Map<String, Value>, table: Table, wanted: Option<u32>) -> Option<Value> {
    let referred = target(schema, table).unwrap_or_default();
    let said = |keyword: &str| schema.get(keyword).or_else(|| referred.get(keyword));
    let is_bound_otherwise = BOUNDS.iter().any(|keyword| said(keyword).is_some());
    if said("type").is_none_or(|name| name != "integer") || is_bound_otherwise {
        return None;
    }
    let number = |keyword: &str| said(keyword).and_then(Value::as_i64);
    let (own, least, most) = (number("default"), number("minimum"), number("maximum"));
    let sent = wanted.map(i64::from).map(|wanted| wanted.min(most.unwrap_or(i64::MAX)).max(least.unwrap_or(1)));
    if let Some(sent) = sent.filter(|sent| own.is_none_or(|own| own > *sent)) {
        schema.insert("default".to_owned(), json!(sent));
        return Some(json!(sent));
    }
    if own.is_none() {
        let most = most.map(|most| format!(", at most {most}")).unwrap_or_default();
        let note = format!("Without it the server decides how many come{most}.");
        let text = said("description").and_then(Value::as_str).unwrap_or_default().trim();
        let text = if text.is_empty() { note } else { format!("{text}\n\n{note}") };
        schema.insert("description".to_owned(), json!(text));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table = &[("Size", r#"{"type":"integer","minimum":10,"maximum":100,"description":"A size."}"#)];

    fn settled(schema: &Value, wanted: Option<u32>) -> (Value, Option<Value>) {
        let mut schema = schema.as_object().expect("an object").clone();
        let sent = settle(&mut schema, TABLE, wanted);
        (Value::Object(schema), sent)
    }

    #[test]
    fn an_agent_learns_what_comes_without_a_size() {
        let (schema, sent) = settled(&json!({"$ref": "#/components/schemas/Size"}), None);
        assert_eq!(schema["description"], "A size.\n\nWithout it the server decides how many come, at most 100.");
        assert_eq!(sent, None);
        for untouched in [json!({"type": "integer", "default": 20}), json!({"type": "string"})] {
            assert_eq!(settled(&untouched, None), (untouched.clone(), None));
        }
    }

    #[test]
    fn a_setting_stays_within_the_bounds_of_the_document() {
        let size = json!({"$ref": "#/components/schemas/Size"});
        for (wanted, sent) in [(5, 10), (20, 20), (500, 100)] {
            let (schema, given) = settled(&size, Some(wanted));
            assert_eq!((&schema["default"], given), (&json!(sent), Some(json!(sent))));
        }
        let listed = json!({"type": "integer", "enum": [10, 25, 50]});
        assert_eq!(settled(&listed, Some(20)), (listed.clone(), None));
        let small = json!({"type": "integer", "default": 20});
        assert_eq!(settled(&small, Some(25)), (small.clone(), None));
        assert_eq!(settled(&small, Some(5)).1, Some(json!(5)));
    }

    #[test]
    fn sizes_are_told_by_their_names() {
        let list = Operation::EMPTY;
        let create = Operation { method: "POST", ..Operation::EMPTY };
        for (name, expected) in
            [("per_page", true), ("page[size]", true), ("$top", true), ("Limit", true), ("page", false)]
        {
            let parameter = Parameter { name, ..Parameter::QUERY };
            assert_eq!(is_page_size(&list, &parameter), expected, "{name}");
            assert!(!is_page_size(&create, &parameter));
            assert!(!is_page_size(&list, &Parameter { required: true, ..parameter }));
        }
    }
}
