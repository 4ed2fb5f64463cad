//! Manifests as YAML, in the order in which they are written here.

use saphyr::{Mapping, Scalar, Yaml, YamlEmitter};

/// A value of a manifest.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Number(u32),
    Flag(bool),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Adds to a mapping.
    pub(super) fn with(mut self, key: &str, value: impl Into<Node>) -> Self {
        if let Self::Map(entries) = &mut self {
            entries.push((key.to_owned(), value.into()));
        }
        self
    }

    /// As [`with`](Self::with), if there is something to add.
    pub(super) fn with_some(self, key: &str, value: Option<Node>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn yaml(&self) -> Yaml<'_> {
        let text = |text: &'_ str| Yaml::Value(Scalar::String(text.to_owned().into()));
        match self {
            Self::Text(value) => text(value),
            Self::Number(value) => Yaml::Value(Scalar::Integer(i64::from(*value))),
            Self::Flag(value) => Yaml::Value(Scalar::Boolean(*value)),
            Self::List(items) => Yaml::Sequence(items.iter().map(Self::yaml).collect()),
            Self::Map(entries) => {
                Yaml::Mapping(entries.iter().map(|(key, value)| (text(key), value.yaml())).collect::<Mapping<'_>>())
            }
        }
    }

    /// The document, without the marks that part it from others.
    pub(super) fn document(&self) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = YamlEmitter::new(&mut text).dump(&self.yaml());
        format!("{}\n", text.strip_prefix("---\n").unwrap_or(&text))
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u16> for Node {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Node {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl FromIterator<Node> for Node {
    fn from_iter<I: IntoIterator<Item = Node>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

/// A mapping.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::deploy::yaml::Node::Map(vec![$(($key.to_owned(), $value.into())),*])
    };
}

/// A sequence.
macro_rules! list {
    ($($value:expr),* $(,)?) => {
        $crate::deploy::yaml::Node::List(vec![$($value.into()),*])
    };
}

pub(super) use {list, map};
