//! Schemas of Avro: read from their JSON, checked, and written again without what says nothing about the form of a datum.

use std::collections::HashSet;

use crate::source::Span;
use crate::suggest;
use crate::tree::{Entry, Node, NodeId, ScalarKind, Tree};

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

const COMPLEX: [&str; 6] = ["record", "error", "enum", "array", "map", "fixed"];

/// What is wrong in a schema.
pub(crate) struct Fault {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) suggestion: Option<String>,
}

/// The schema as JSON with full names, which the runtime reads without a fault.
pub(crate) fn normalize(tree: &Tree<'_>) -> Result<String, Fault> {
    let mut reader = SchemaReader { tree, names: HashSet::new() };
    reader.schema(tree.root(), "").map(|schema| schema.text)
}

/// A schema as it is written again. Its names need no escapes in JSON.
struct Written {
    text: String,
    /// What tells it apart from others in a union: its name, or the kind that has none.
    kind: String,
}

impl Written {
    fn name(name: &str) -> Self {
        Self { text: format!("\"{name}\""), kind: name.to_owned() }
    }
}

struct SchemaReader<'t> {
    tree: &'t Tree<'t>,
    /// The full names of the types that are defined before the place.
    names: HashSet<String>,
}

impl SchemaReader<'_> {
    /// A schema in a namespace. The tree is no deeper than can be walked through.
    fn schema(&mut self, node: NodeId, namespace: &str) -> Result<Written, Fault> {
        match self.tree.node(node) {
            Node::Scalar(scalar) => self.reference(node, scalar.text, namespace),
            Node::Sequence(branches) => self.union(node, branches, namespace),
            Node::Mapping(_) => self.definition(node, namespace),
        }
    }

    fn reference(&self, node: NodeId, name: &str, namespace: &str) -> Result<Written, Fault> {
        if PRIMITIVES.contains(&name) {
            return Ok(Written::name(name));
        }
        for full in [full_name(name, namespace), name.to_owned()] {
            if self.names.contains(&full) {
                return Ok(Written::name(&full));
            }
        }
        let known = PRIMITIVES.into_iter().chain(self.names.iter().map(String::as_str));
        let suggestion = suggest::did_you_mean(name, known);
        let message = format!("`{name}` is no type of Avro, and none that is defined before");
        Err(Fault { span: self.tree.span(node), message, suggestion })
    }

    fn union(&mut self, node: NodeId, branches: &[NodeId], namespace: &str) -> Result<Written, Fault> {
        if branches.is_empty() {
            return self.fault(node, "a union has at least one type");
        }
        let mut schemas: Vec<Written> = Vec::new();
        for branch in branches {
            if matches!(self.tree.node(*branch), Node::Sequence(_)) {
                return self.fault(*branch, "a union does not directly hold another one");
            }
            let schema = self.schema(*branch, namespace)?;
            if schemas.iter().any(|other| other.kind == schema.kind) {
                return self.fault(*branch, "a union holds a type only once");
            }
            schemas.push(schema);
        }
        let schemas: Vec<String> = schemas.into_iter().map(|schema| schema.text).collect();
        Ok(Written { text: format!("[{}]", schemas.join(",")), kind: "union".to_owned() })
    }

    fn definition(&mut self, node: NodeId, namespace: &str) -> Result<Written, Fault> {
        let type_node = self.need(node, "type")?;
        let Node::Scalar(_) = self.tree.node(type_node) else { return self.schema(type_node, namespace) };
        let name = self.tree.text(type_node);
        match name {
            "array" => {
                let items = self.need(node, "items")?;
                let items = self.schema(items, namespace)?.text;
                Ok(Written { text: format!("{{\"type\":\"array\",\"items\":{items}}}"), kind: name.to_owned() })
            }
            "map" => {
                let values = self.need(node, "values")?;
                let values = self.schema(values, namespace)?.text;
                Ok(Written { text: format!("{{\"type\":\"map\",\"values\":{values}}}"), kind: name.to_owned() })
            }
            "record" | "error" => self.record(node, namespace),
            "enum" => self.symbols(node, namespace),
            "fixed" => self.fixed(node, namespace),
            _ => self.reference(type_node, name, namespace).map_err(|fault| Fault {
                suggestion: suggest::did_you_mean(name, COMPLEX).or(fault.suggestion),
                ..fault
            }),
        }
    }

    fn record(&mut self, node: NodeId, namespace: &str) -> Result<Written, Fault> {
        let name = self.define(node, namespace)?;
        let namespace = name.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
        let list = self.need(node, "fields")?;
        let Node::Sequence(elements) = self.tree.node(list) else {
            return self.fault(list, "the fields of a record are a list");
        };
        let mut fields = Vec::new();
        let mut names = HashSet::new();
        for element in elements {
            let name_node = self.need(*element, "name")?;
            let name = self.tree.text(name_node);
            if !is_name(name) || !names.insert(name) {
                return self.fault(name_node, "a field has a name of letters, digits and `_` that no other field has");
            }
            let r#type = self.need(*element, "type")?;
            let schema = self.schema(r#type, &namespace)?;
            fields.push(format!("{{\"name\":\"{name}\",\"type\":{}}}", schema.text));
        }
        let fields = fields.join(",");
        Ok(Written { text: format!("{{\"type\":\"record\",\"name\":\"{name}\",\"fields\":[{fields}]}}"), kind: name })
    }

    fn symbols(&mut self, node: NodeId, namespace: &str) -> Result<Written, Fault> {
        let name = self.define(node, namespace)?;
        let list = self.need(node, "symbols")?;
        let Node::Sequence(elements) = self.tree.node(list) else {
            return self.fault(list, "the symbols of an enumeration are a list");
        };
        let mut symbols: Vec<&str> = Vec::new();
        let mut known = HashSet::new();
        for element in elements {
            let symbol = self.tree.text(*element);
            if !is_name(symbol) || !known.insert(symbol) {
                return self.fault(*element, "a symbol is a name of letters, digits and `_` that occurs once");
            }
            symbols.push(symbol);
        }
        let symbols: Vec<String> = symbols.into_iter().map(|symbol| format!("\"{symbol}\"")).collect();
        let symbols = symbols.join(",");
        Ok(Written { text: format!("{{\"type\":\"enum\",\"name\":\"{name}\",\"symbols\":[{symbols}]}}"), kind: name })
    }

    fn fixed(&mut self, node: NodeId, namespace: &str) -> Result<Written, Fault> {
        let name = self.define(node, namespace)?;
        let size_node = self.need(node, "size")?;
        let size = match self.tree.node(size_node) {
            Node::Scalar(scalar) if scalar.kind() == ScalarKind::Integer => scalar.text.parse::<u32>().ok(),
            _ => None,
        };
        match size {
            Some(size) => {
                Ok(Written { text: format!("{{\"type\":\"fixed\",\"name\":\"{name}\",\"size\":{size}}}"), kind: name })
            }
            None => self.fault(size_node, "a size is a number of bytes"),
        }
    }

    /// The full name of the type that is defined here, which becomes known.
    fn define(&mut self, node: NodeId, namespace: &str) -> Result<String, Fault> {
        let name_node = self.need(node, "name")?;
        let name = self.tree.text(name_node);
        if !is_full_name(name) {
            return self.fault(name_node, "a name has letters, digits and `_`, and dots between its parts");
        }
        let own = value(self.tree, node, "namespace").map(|own| (own, self.tree.text(own)));
        if let Some((own, _)) = own.filter(|(_, text)| !text.is_empty() && !is_full_name(text)) {
            return self.fault(own, "a namespace has letters, digits and `_`, and dots between its parts");
        }
        let full = full_name(name, own.map_or(namespace, |(_, text)| text));
        if PRIMITIVES.contains(&full.as_str()) || !self.names.insert(full.clone()) {
            let message = format!("the name `{full}` is taken already");
            return self.fault(name_node, &message);
        }
        Ok(full)
    }

    fn need(&self, node: NodeId, key: &str) -> Result<NodeId, Fault> {
        let Node::Mapping(_) = self.tree.node(node) else { return self.fault(node, "an object is expected") };
        match value(self.tree, node, key) {
            Some(value) => Ok(value),
            None => self.fault(node, &format!("`{key}` is missing")),
        }
    }

    fn fault<T>(&self, node: NodeId, message: &str) -> Result<T, Fault> {
        Err(Fault { span: self.tree.span(node), message: message.to_owned(), suggestion: None })
    }
}

fn value(tree: &Tree<'_>, node: NodeId, key: &str) -> Option<NodeId> {
    let Node::Mapping(entries) = tree.node(node) else { return None };
    entries.iter().find(|entry: &&Entry| tree.text(entry.key) == key).map(|entry| entry.value)
}

fn full_name(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() { name.to_owned() } else { format!("{namespace}.{name}") }
}

fn is_full_name(text: &str) -> bool {
    text.split('.').all(is_name)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sink;
    use crate::source::Source;
    use crate::tree;

    fn normal(text: &str) -> Result<String, (String, String)> {
        let source = Source::new("ship.avsc", text);
        let tree = tree::parse(&source, &Sink::default()).unwrap();
        normalize(&tree)
            .map_err(|fault| (text[fault.span.start as usize..fault.span.end as usize].to_owned(), fault.message))
    }

    #[test]
    fn names_become_full_and_words_about_the_schema_go_away() {
        let text = r#"{"type": "record", "namespace": "fleet", "name": "Ship", "doc": "A ship", "fields": [
            {"name": "name", "type": "string", "default": ""},
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["CARGO", "TUG"]}, "order": "ignore"},
            {"name": "next", "type": ["null", "Ship"]},
            {"name": "built", "type": {"type": "int", "logicalType": "date"}},
            {"name": "kinds", "type": {"type": "array", "items": "fleet.Kind"}},
            {"name": "mark", "type": {"type": "fixed", "name": "other.Mark", "size": 4}}
        ]}"#;
        assert_eq!(
            normal(text).unwrap(),
            "{\"type\":\"record\",\"name\":\"fleet.Ship\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"},\
             {\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"fleet.Kind\",\"symbols\":[\"CARGO\",\"TUG\"]}},\
             {\"name\":\"next\",\"type\":[\"null\",\"fleet.Ship\"]},{\"name\":\"built\",\"type\":\"int\"},\
             {\"name\":\"kinds\",\"type\":{\"type\":\"array\",\"items\":\"fleet.Kind\"}},\
             {\"name\":\"mark\",\"type\":{\"type\":\"fixed\",\"name\":\"other.Mark\",\"size\":4}}]}"
        );
        assert_eq!(normal(r#""long""#).unwrap(), "\"long\"");
    }

    #[test]
    fn mistakes_are_found_where_they_are() {
        for (text, part, message) in [
            (r#""strng""#, r#""strng""#, "`strng` is no type of Avro, and none that is defined before"),
            (r"[]", "[]", "a union has at least one type"),
            (r#"["int", "int"]"#, r#""int""#, "a union holds a type only once"),
            (r#"["int", ["null"]]"#, r#"["null"]"#, "a union does not directly hold another one"),
            (r#"{"type": "array"}"#, r#"{"type": "array"}"#, "`items` is missing"),
            (r#"{"type": "fixed", "name": "F", "size": -1}"#, "-1", "a size is a number of bytes"),
            (
                r#"{"type": "enum", "name": "E", "symbols": ["A", "A"]}"#,
                r#""A""#,
                "a symbol is a name of letters, digits and `_` that occurs once",
            ),
            (
                r#"{"type": "record", "name": "a-b", "fields": []}"#,
                r#""a-b""#,
                "a name has letters, digits and `_`, and dots between its parts",
            ),
            (
                r#"{"type": "record", "namespace": "a\",b", "name": "R", "fields": []}"#,
                r#""a\",b""#,
                "a namespace has letters, digits and `_`, and dots between its parts",
            ),
            (r#"{"type": "record", "name": "R", "fields": {}}"#, "{}", "the fields of a record are a list"),
        ] {
            assert_eq!(normal(text), Err((part.to_owned(), message.to_owned())));
        }
    }
}
