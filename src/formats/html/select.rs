//! Which elements selectors select.
//!
//! A selector is followed from its first element to its last, each time in one walk through the whole document, so the work
//! is the size of the document times that of the selector, whatever is in either.

use super::tree::{Data, Id, Tree};
use crate::formats::selector::{Combinator, Comparison, Position, Selector, Simple, Test};

/// The elements that one of the selectors selects, as a mark for each node.
pub(super) fn select(tree: &Tree, selectors: &[Selector]) -> Vec<bool> {
    let family = Family::new(tree);
    list(&family, selectors)
}

/// An element's relations, and where it stands among its siblings.
#[derive(Clone, Copy, Default)]
struct Relations {
    parent: Option<Id>,
    previous: Option<Id>,
    place: Places,
    from_end: Places,
}

/// The number of an element among its siblings, from 1 on.
#[derive(Clone, Copy, Default)]
struct Places {
    child: i32,
    of_type: i32,
}

struct Family<'t> {
    tree: &'t Tree,
    /// The elements, each before those below it and behind it.
    order: Vec<Id>,
    relations: Vec<Relations>,
}

impl<'t> Family<'t> {
    fn new(tree: &'t Tree) -> Self {
        let order: Vec<Id> = tree.below(Tree::ROOT, |_, _| true).filter(|id| tree.name(*id).is_some()).collect();
        let mut relations = vec![Relations::default(); tree.len()];
        for parent in std::iter::once(Tree::ROOT).chain(order.iter().copied()) {
            let children: Vec<Id> = tree.children(parent).filter(|child| tree.name(*child).is_some()).collect();
            let places = places(tree, children.iter().copied());
            let from_end = places_from_end(tree, &children);
            for (index, child) in children.iter().enumerate() {
                relations[*child] = Relations {
                    parent: tree.name(parent).map(|_| parent),
                    previous: index.checked_sub(1).map(|previous| children[previous]),
                    place: places[index],
                    from_end: from_end[index],
                };
            }
        }
        Self { tree, order, relations }
    }
}

fn places(tree: &Tree, children: impl Iterator<Item = Id>) -> Vec<Places> {
    let mut by_name: std::collections::HashMap<&str, i32> = std::collections::HashMap::new();
    let place = |(child, number): (Id, i32)| {
        let of_type = by_name.entry(tree.name(child).unwrap_or_default()).or_default();
        *of_type += 1;
        Places { child: number, of_type: *of_type }
    };
    children.zip(1..).map(place).collect()
}

fn places_from_end(tree: &Tree, children: &[Id]) -> Vec<Places> {
    let mut places = places(tree, children.iter().rev().copied());
    places.reverse();
    places
}

fn list(family: &Family<'_>, selectors: &[Selector]) -> Vec<bool> {
    let mut marks = vec![false; family.relations.len()];
    for selector in selectors {
        for (mark, is_selected) in marks.iter_mut().zip(single(family, selector)) {
            *mark |= is_selected;
        }
    }
    marks
}

fn single(family: &Family<'_>, selector: &Selector) -> Vec<bool> {
    let mut marks = compound(family, selector.first, |_| true);
    for (combinator, next) in selector.rest {
        let reached = reach(family, &marks, *combinator);
        marks = compound(family, next, |id| reached[id]);
    }
    marks
}

/// The elements that stand to one of the marked ones as a combinator says.
fn reach(family: &Family<'_>, marks: &[bool], combinator: Combinator) -> Vec<bool> {
    let mut reached = vec![false; marks.len()];
    for id in &family.order {
        let relations = family.relations[*id];
        let by = |other: Option<Id>, also_reached: bool| {
            other.is_some_and(|other| marks[other] || also_reached && reached[other])
        };
        reached[*id] = match combinator {
            Combinator::Descendant => by(relations.parent, true),
            Combinator::Child => by(relations.parent, false),
            Combinator::NextSibling => by(relations.previous, false),
            Combinator::LaterSibling => by(relations.previous, true),
        };
    }
    reached
}

/// The elements among the reached ones of which all of `simples` holds.
fn compound(family: &Family<'_>, simples: &[Simple], is_reached: impl Fn(Id) -> bool) -> Vec<bool> {
    let mut marks = vec![false; family.relations.len()];
    for id in &family.order {
        marks[*id] = is_reached(*id);
    }
    for simple in simples {
        let others = match simple {
            Simple::Is(selectors) => list(family, selectors),
            Simple::Not(selectors) => list(family, selectors).into_iter().map(|mark| !mark).collect(),
            _ => Vec::new(),
        };
        for id in &family.order {
            marks[*id] = marks[*id] && others.get(*id).copied().unwrap_or_else(|| holds(family, *id, simple));
        }
    }
    marks
}

/// Whether something holds of an element, that no other element has to do with.
fn holds(family: &Family<'_>, id: Id, simple: &Simple) -> bool {
    let tree = family.tree;
    match simple {
        Simple::Name(name) => tree.is(id, name),
        Simple::Id(wanted) => tree.attribute(id, "id") == Some(wanted),
        Simple::Class(class) => has_word(tree.attribute(id, "class").unwrap_or_default(), |word| word == *class),
        Simple::Attribute { name, test } => tree.attribute(id, name).is_some_and(|value| passes(value, test)),
        Simple::Position(position) => is_at(&family.relations[id], position),
        Simple::Empty => tree.children(id).all(|child| matches!(tree.data(child), Data::Other)),
        Simple::Root => family.relations[id].parent.is_none(),
        Simple::Is(_) | Simple::Not(_) => false,
    }
}

fn has_word(list: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
    list.split_ascii_whitespace().any(is_wanted)
}

fn passes(value: &str, test: &Test) -> bool {
    let Test::Compared { comparison, value: wanted, ignores_case } = test else { return true };
    let lower;
    let (value, wanted) = if *ignores_case {
        lower = (value.to_ascii_lowercase(), wanted.to_ascii_lowercase());
        (lower.0.as_str(), lower.1.as_str())
    } else {
        (value, *wanted)
    };
    match comparison {
        Comparison::Equal => value == wanted,
        Comparison::Word => has_word(value, |word| word == wanted),
        Comparison::Dash => value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        // A text without characters stands in no other one (Selectors Level 4, section 6.2).
        _ if wanted.is_empty() => false,
        Comparison::Prefix => value.starts_with(wanted),
        Comparison::Suffix => value.ends_with(wanted),
        Comparison::Substring => value.contains(wanted),
    }
}

fn is_at(relations: &Relations, position: &Position) -> bool {
    let places = if position.from_end { relations.from_end } else { relations.place };
    let place = if position.of_type { places.of_type } else { places.child };
    let distance = place - position.offset;
    match position.step {
        0 => distance == 0,
        step => distance % step == 0 && distance / step >= 0,
    }
}
