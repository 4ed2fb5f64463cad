//! Types of the user's in the place of schemas and formats.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::expand::Atom;
use super::keyword::{self, allows_null, string_format};
use super::lower::Lowered;
use super::shape::Shape;
use super::{Edge, Key, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::RustPath;
use crate::ir::types::{Foreign, Scalar};
use crate::names::{NameKind, convert};
use crate::openapi::model::{Schema, shorten};
use crate::openapi::place::{Identity, Place};
use crate::suggest;

/// The schemas that are replaced, and what was found of the formats.
#[derive(Debug, Default)]
pub(super) struct Replacements {
    schemas: HashMap<Identity, RustPath>,
    /// The keys of formats that a schema has.
    formats: HashSet<String>,
}

impl Replacements {
    /// Whether a schema is replaced.
    pub(super) fn contains(&self, place: Place<'_>) -> bool {
        self.schemas.contains_key(&place.identity())
    }
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// Finds the schemas that settings replace. `root`: the document.
    pub(in crate::openapi) fn replace(&mut self, root: Place<'t>) {
        let pairs = || self.components.into_iter().flat_map(Place::pairs);
        let span = root.key_span("components");
        for (name, path) in &self.reader.options.types {
            let place = if name.contains(['#', '/']) {
                self.reader.find(root, name)
            } else {
                let exact = pairs().find(|(wire, _)| wire == name);
                exact
                    .or_else(|| pairs().find(|(wire, _)| convert(wire, NameKind::Type) == *name))
                    .map(|(_, place)| place)
            };
            let Some(place) = place else {
                let message = format!("the document has no schema `{}` to be replaced", shorten(name));
                let known = pairs().map(|(wire, _)| wire);
                let diagnostic = Diagnostic::new(Code::UnknownReplacedSchema, span, message)
                    .maybe_help(suggest::did_you_mean(name, known));
                self.reader.report(root.file, diagnostic);
                continue;
            };
            // A component that only names a schema of another file is that schema.
            let target = self.reader.follow_quietly(place).filter(|target| target.file != place.file);
            for place in std::iter::once(place).chain(target) {
                self.replacements.schemas.insert(place.identity(), path.clone());
            }
        }
    }

    /// The type in the place of a schema.
    pub(super) fn replaced_schema(&self, key: &Key<'t>) -> Option<Lowered<'t>> {
        if self.replacements.schemas.is_empty() || matches!(key, Key::Only(..)) {
            return None;
        }
        let mut parts = key.parts().iter().filter(|part| part.skip == Skip::NOTHING);
        let (place, path) =
            parts.find_map(|part| Some((part.place, self.replacements.schemas.get(&part.place.identity())?)))?;
        let mut lowered = Lowered::plain(Shape::Foreign(Foreign { path: path.clone(), replaced: None }));
        lowered.nullable = allows_null(&Schema::read(place));
        Some(lowered)
    }

    /// The type in the place of a format; `shape` makes what the document has there.
    pub(super) fn replaced_format(
        &mut self,
        atoms: &[Atom<'t>],
        shape: impl FnOnce() -> Shape<'t, Edge>,
    ) -> Option<Shape<'t, Edge>> {
        let formats = &self.reader.options.formats;
        if formats.is_empty() {
            return None;
        }
        let (name, path) = atoms.iter().filter_map(|atom| keyword::format(&atom.schema)).find_map(|format| {
            formats.get_key_value(format).or_else(|| {
                let known = string_format(format)?;
                formats.iter().find(|(name, _)| string_format(name) == Some(known))
            })
        })?;
        self.replacements.formats.insert(name.clone());
        let replaced = match shape() {
            Shape::Integer(format, rules) => Some(Scalar::Integer(format, rules)),
            Shape::Number(format, rules) => Some(Scalar::Number(format, rules)),
            Shape::String(format, rules) => Some(Scalar::String(format, rules)),
            _ => None,
        };
        Some(Shape::Foreign(Foreign { path: path.clone(), replaced }))
    }

    /// Reports the formats that no schema has, of those that settings replace. `root`: the document.
    pub(super) fn check_replaced_formats(&self, root: Place<'t>) {
        let formats = self.reader.options.formats.keys();
        let mut missing = formats.filter(|name| !self.replacements.formats.contains(*name)).peekable();
        if missing.peek().is_none() {
            return;
        }
        let known = formats_of(root);
        for name in missing.filter(|name| !known.contains(name.as_str())) {
            let message =
                format!("no schema of the document has the format `{}`, which is to be replaced", shorten(name));
            let diagnostic = Diagnostic::new(Code::UnknownReplacedFormat, root.key_span("openapi"), message)
                .maybe_help(suggest::did_you_mean(name, known.iter().copied()));
            self.reader.report(root.file, diagnostic);
        }
    }
}

/// All formats that a file names.
fn formats_of(root: Place<'_>) -> BTreeSet<&str> {
    let mut formats = BTreeSet::new();
    let mut open = vec![root];
    while let Some(place) = open.pop() {
        for (key, value) in place.pairs() {
            if key == "format" {
                formats.extend(value.string());
            }
            open.push(value);
        }
        open.extend(place.elements());
    }
    formats
}
