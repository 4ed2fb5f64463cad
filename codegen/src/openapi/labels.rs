//! The names by which parts of a file can be referred to, beside pointers.

use std::collections::HashMap;

use super::location;
use super::place::Place;

/// The named parts of a file, each with the pointer to it.
#[derive(Debug, Default)]
pub(super) struct Labels<'t> {
    /// By `$anchor`.
    pub(super) anchors: HashMap<&'t str, (Place<'t>, String)>,
    /// By `$id`.
    pub(super) identifiers: HashMap<&'t str, (Place<'t>, String)>,
}

/// One step of a pointer.
#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> Labels<'t> {
    pub(super) fn collect(root: Place<'t>) -> Self {
        let mut labels = Self::default();
        // Each place with the number of the one around it and the step from there.
        let mut seen: Vec<(usize, Step<'t>)> = vec![(0, Step::Key(""))];
        let mut open = vec![(root, 0)];
        while let Some((place, number)) = open.pop() {
            for (key, value) in place.pairs() {
                if let ("$anchor" | "$dynamicAnchor", Some(name)) = (key, value.string()) {
                    labels.anchors.entry(name).or_insert_with(|| (place, pointer(&seen, number)));
                }
                if let ("$id", Some(address)) = (key, value.string()) {
                    let address = address.trim_end_matches('#');
                    labels.identifiers.entry(address).or_insert_with(|| (place, pointer(&seen, number)));
                }
                if value.scalar().is_none() {
                    open.push((value, seen.len()));
                    seen.push((number, Step::Key(key)));
                }
            }
            for (index, value) in place.elements().enumerate().filter(|(_, value)| value.scalar().is_none()) {
                open.push((value, seen.len()));
                seen.push((number, Step::Index(index)));
            }
        }
        labels
    }
}

/// The pointer to a place, from its number.
fn pointer(seen: &[(usize, Step<'_>)], mut number: usize) -> String {
    let mut steps = Vec::new();
    while number > 0 {
        let (parent, step) = seen[number];
        steps.push(match step {
            Step::Key(key) => location::escape(key).into_owned(),
            Step::Index(index) => index.to_string(),
        });
        number = parent;
    }
    steps.iter().rev().fold(String::new(), |pointer, step| format!("{pointer}/{step}"))
}
