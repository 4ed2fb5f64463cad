//! What a file is, by its content.

use crate::diagnostic::Sink;
use crate::source::Source;
use crate::tree::{self, Node};

/// A kind of file that the compiler reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// A capability file.
    Capability,
    /// A capability file with nothing but parts that others import: what they expose, aggregates, binds. No module can be
    /// made of it. A file that only consumes something gives a client.
    Parts,
    /// An OpenAPI document, or one of its predecessor Swagger.
    OpenApi,
}

impl FileKind {
    /// The kind of a file with this text; `None` where it says nothing of the kind, or cannot be read.
    ///
    /// ```
    /// use capsmith_codegen::FileKind;
    ///
    /// assert_eq!(FileKind::of("openapi: 3.1.0\npaths: {}\n"), Some(FileKind::OpenApi));
    /// assert_eq!(FileKind::of("naftiko: 1.0.0-alpha2\n"), Some(FileKind::Capability));
    /// assert_eq!(FileKind::of("Item: { type: object }\n"), None);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let source = Source::new(String::new(), text);
        let tree = tree::parse(&source, &Sink::default())?;
        let Node::Mapping(entries) = tree.node(tree.root()) else { return None };
        let has = |keys: &[&str]| entries.iter().any(|entry| keys.contains(&tree.text(entry.key)));
        let is_program = has(&["capability", "consumes"]) || !has(&["exposes", "aggregates", "binds"]);
        entries.iter().find_map(|entry| match tree.text(entry.key) {
            "openapi" | "swagger" => Some(Self::OpenApi),
            "capability" => Some(Self::Capability),
            "naftiko" | "ikanos" => Some(if is_program { Self::Capability } else { Self::Parts }),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FileKind;

    #[test]
    fn the_key_at_the_top_decides_wherever_it_stands() {
        let cases = [
            ("{\"info\": {\"capability\": 1}, \"openapi\": \"3.0.0\"}", Some(FileKind::OpenApi)),
            ("info: {}\nswagger: '2.0'\n", Some(FileKind::OpenApi)),
            ("capability: {}\n", Some(FileKind::Capability)),
            ("ikanos: 1.0.0-beta5\n", Some(FileKind::Capability)),
            ("ikanos: 1.0.0-beta5\nconsumes: []\nbinds: []\n", Some(FileKind::Capability)),
            ("ikanos: 1.0.0-beta5\nbinds: []\n", Some(FileKind::Parts)),
            ("aggregates: []\nnaftiko: 1.0.0-alpha2\n", Some(FileKind::Parts)),
            ("info: { openapi: 3.0.0 }\n", None),
            ("- openapi\n", None),
            ("openapi: [\n", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(FileKind::of(text), expected, "{text}");
        }
    }
}
