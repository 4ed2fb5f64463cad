//! Names with values: queries, cookies and forms.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::de::Error as _;
use serde_json::Error;

use super::{Coding, Members, Texts};
use crate::openapi::Operation;

/// A name with a value.
#[derive(Debug)]
pub(in crate::openapi::serve) struct Pair<'a> {
    /// The name, decoded.
    pub(in crate::openapi::serve) name: Cow<'a, str>,
    /// The value as it came.
    pub(in crate::openapi::serve) value: &'a str,
    /// Both as they came.
    pub(in crate::openapi::serve) raw: &'a str,
    /// The index of the parameter or property that it belongs to.
    pub(in crate::openapi::serve) owner: Option<usize>,
}

/// Splits a text into pairs. A name that is not UTF-8 stays as it came.
pub(in crate::openapi::serve) fn pairs(text: &str, separator: char, coding: Coding) -> impl Iterator<Item = Pair<'_>> {
    text.split(separator).map(str::trim).filter(|pair| !pair.is_empty()).map(move |raw| {
        let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
        Pair { name: coding.decode(name).unwrap_or(Cow::Borrowed(name)), value, raw, owner: None }
    })
}

impl Pair<'_> {
    /// Whether the path of the document has the pair in it.
    pub(in crate::openapi::serve) fn is_constant(&self, operation: &Operation) -> bool {
        !operation.query.is_empty() && operation.query.split('&').any(|constant| constant == self.raw)
    }
}

/// The pairs of one owner.
#[derive(Clone, Copy, Debug)]
pub(in crate::openapi::serve) struct Owned<'a> {
    pub(in crate::openapi::serve) pairs: &'a [Pair<'a>],
    pub(in crate::openapi::serve) owner: usize,
}

impl<'a> Owned<'a> {
    pub(in crate::openapi::serve) fn iter(self) -> impl Iterator<Item = &'a Pair<'a>> {
        self.pairs.iter().filter(move |pair| pair.owner == Some(self.owner))
    }

    /// The first value.
    pub(in crate::openapi::serve) fn first(self) -> Option<&'a str> {
        self.iter().next().map(|pair| pair.value)
    }

    /// The value, where there is only one.
    pub(in crate::openapi::serve) fn only(self) -> Result<&'a str, Error> {
        only(self.iter().map(|pair| pair.value))
    }

    pub(super) fn properties(self, coding: Coding) -> Vec<(Cow<'a, str>, Texts<'a>)> {
        properties(self.iter().map(|pair| (Cow::Borrowed(&*pair.name), pair.value)), None, coding)
    }
}

/// Pairs as properties, of which several of one name are a list. `members` tells those of a single value apart.
pub(super) fn properties<'a>(
    pairs: impl Iterator<Item = (Cow<'a, str>, &'a str)>,
    members: Option<Members>,
    coding: Coding,
) -> Vec<(Cow<'a, str>, Texts<'a>)> {
    let mut properties: IndexMap<Cow<'a, str>, Vec<&'a str>> = IndexMap::new();
    for (name, value) in pairs {
        properties.entry(name).or_default().push(value);
    }
    let texts = |values: Vec<&'a str>| match (values.as_slice(), members) {
        (&[value], Some(_)) => Texts::one(value, members, coding),
        _ => Texts::values(values, coding),
    };
    properties.into_iter().map(|(name, values)| (name, texts(values))).collect()
}

/// The value, where there is only one.
pub(super) fn only<'a>(mut values: impl Iterator<Item = &'a str>) -> Result<&'a str, Error> {
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Error::custom("must not be repeated")),
        (first, None) => Ok(first.unwrap_or_default()),
    }
}

/// How deep the names of the style `deepObject` may lead.
const DEPTH: usize = 32;

/// The pairs of one owner whose names lead into an object: `name[key][]`.
#[derive(Debug, Default)]
pub(in crate::openapi::serve) struct Tree<'a> {
    pub(super) values: Vec<&'a str>,
    pub(super) children: IndexMap<&'a str, Tree<'a>>,
}

impl<'a> Tree<'a> {
    /// The tree of the pairs whose names begin with `name`.
    pub(in crate::openapi::serve) fn new(owned: Owned<'a>, name: &str) -> Result<Self, Error> {
        let mut tree = Self::default();
        for pair in owned.iter() {
            let mut node = &mut tree;
            let mut rest = pair.name.strip_prefix(name).unwrap_or_default();
            let mut depth = 0;
            while let Some((key, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                depth += 1;
                if depth > DEPTH {
                    return Err(Error::custom("leads too deep"));
                }
                node = node.children.entry(key).or_default();
                rest = after;
            }
            node.values.push(pair.value);
        }
        Ok(tree)
    }

    /// The items of a list: `name[]`, `name[0]`, or a repeated name.
    pub(super) fn items(self, coding: Coding) -> Vec<Texts<'a>> {
        let own = self.values.into_iter().map(|value| Texts::item(value, coding));
        let below = self.children.into_iter().flat_map(|(key, child)| match key {
            // Several of them are several items, one with keys below it is an item of its own.
            "" if child.children.is_empty() => {
                child.values.into_iter().map(|value| Texts::item(value, coding)).collect::<Vec<_>>()
            }
            _ => vec![Texts::tree(child, coding)],
        });
        own.chain(below).collect()
    }

    pub(super) fn properties(self, coding: Coding) -> Vec<(Cow<'a, str>, Texts<'a>)> {
        let children = self.children.into_iter();
        children.map(|(key, child)| (Cow::Borrowed(key), Texts::tree(child, coding))).collect()
    }

    /// Whether the keys are those of a list.
    pub(super) fn is_list(&self) -> bool {
        self.children.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()))
    }
}
