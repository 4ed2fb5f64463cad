//! Which operation of the document a consumed operation is.

use std::collections::HashSet;

use super::route::{Agreement, Shape, common_prefix};
use crate::openapi::Route;
use crate::resolve::upstreams::Upstreams;

/// What was found for a consumed operation. Numbers are indices of routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// One.
    Found(usize),
    /// Several, equally good.
    Ambiguous(Vec<usize>),
    /// None.
    Missing {
        /// The nearest route, and in what it is near.
        near: Option<(usize, Near)>,
    },
    /// Mistakes in the operation keep it from being compared.
    Broken,
}

/// In what a route is near that does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// It has the path, and another method.
    Method,
    /// It has the path but for the spelling of a segment.
    Spelling,
    /// It is another path, which ends alike.
    Ending,
}

impl Match {
    pub(super) fn found(&self) -> Option<usize> {
        match self {
            Self::Found(route) => Some(*route),
            _ => None,
        }
    }
}

/// The routes of the document, ready to be compared.
struct Candidates<'r> {
    routes: &'r [Route],
    /// For each route, its paths behind each server.
    shapes: Vec<Vec<Shape>>,
}

/// Finds the match of each operation.
pub(super) fn find(upstreams: &Upstreams<'_>, routes: &[Route]) -> Vec<Match> {
    let mut shapes: Vec<Vec<Shape>> = routes.iter().map(Shape::documented).collect();
    let common = common_prefix(shapes.iter().flatten());
    for shape in shapes.iter_mut().flatten() {
        shape.extend_prefix(common);
    }
    let candidates = Candidates { routes, shapes };
    let mut consumed: Vec<Shape> = upstreams
        .operations
        .iter()
        .zip(&upstreams.consumed)
        .map(|(operation, consumed)| {
            let base = upstreams.list.get(operation.upstream).and_then(|upstream| upstream.base_uri.fixed());
            Shape::consumed(base, &consumed.path)
        })
        .collect();
    let common = common_prefix(consumed.iter());
    for shape in &mut consumed {
        shape.extend_prefix(common);
    }
    let operations = upstreams.operations.iter().zip(&upstreams.consumed).zip(&consumed);
    let matches = operations.map(|((operation, consumed), shape)| {
        if consumed.is_broken { Match::Broken } else { candidates.best(operation.method.as_str(), shape) }
    });
    excuse(matches.collect(), routes)
}

/// Takes for gaps in the document what looks like a mistake beside operations that have their match on the same path: the
/// path then is what was meant.
fn excuse(mut matches: Vec<Match>, routes: &[Route]) -> Vec<Match> {
    let found: HashSet<&str> =
        matches.iter().filter_map(Match::found).map(|route| routes[route].path.as_str()).collect();
    for missing in &mut matches {
        if let Match::Missing { near: Some((route, near)) } = missing
            && found.contains(routes[*route].path.as_str())
        {
            *near = Near::Ending;
        }
    }
    matches
}

impl Candidates<'_> {
    fn best(&self, method: &str, wanted: &Shape) -> Match {
        let mut best: Option<Agreement> = None;
        let mut found: Vec<usize> = Vec::new();
        let mut nearest: Option<(Nearness, usize)> = None;
        for (index, shapes) in self.shapes.iter().enumerate() {
            let has_method = self.routes[index].method.as_str() == method;
            let agreement = shapes.iter().filter_map(|shape| wanted.agreement(shape)).max();
            match agreement {
                Some(agreement) if has_method => {
                    if best.is_none_or(|best| agreement > best) {
                        best = Some(agreement);
                        found.clear();
                    }
                    if best == Some(agreement) {
                        found.push(index);
                    }
                }
                Some(_) => keep(&mut nearest, Nearness::Method, index),
                None => {
                    let nearness = shapes.iter().filter_map(|shape| Nearness::of(wanted, shape, has_method)).max();
                    if let Some(nearness) = nearness {
                        keep(&mut nearest, nearness, index);
                    }
                }
            }
        }
        match found.as_slice() {
            [] => Match::Missing { near: nearest.map(|(nearness, route)| (route, nearness.near())) },
            [route] => Match::Found(*route),
            _ => Match::Ambiguous(found),
        }
    }
}

/// How near a route is that does not match; the greatest is nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The number of segments that are the same at the end.
    Ending(usize),
    /// The path but for the spelling of a segment, and whether the method is the same.
    Spelling(bool),
    /// The path, and another method.
    Method,
}

impl Nearness {
    fn of(wanted: &Shape, candidate: &Shape, has_method: bool) -> Option<Self> {
        if wanted.is_misspelt(candidate) {
            return Some(Self::Spelling(has_method));
        }
        let ending = wanted.ending(candidate);
        wanted.tells(ending).then_some(Self::Ending(ending))
    }

    fn near(self) -> Near {
        match self {
            Self::Method => Near::Method,
            Self::Spelling(_) => Near::Spelling,
            Self::Ending(_) => Near::Ending,
        }
    }
}

/// Keeps the nearest route, and of equally near ones the first.
fn keep(nearest: &mut Option<(Nearness, usize)>, nearness: Nearness, route: usize) {
    if nearest.is_none_or(|(known, _)| nearness > known) {
        *nearest = Some((nearness, route));
    }
}
