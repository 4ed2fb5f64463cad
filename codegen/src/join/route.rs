//! Paths as they are compared: segments in which variables have no names, behind those of the base or server.

use crate::openapi::{Route, percent_decode};
use crate::resolve::names::normalise;
use crate::resolve::path::{Path, PathPiece};
use crate::suggest;

/// Stands for a variable.
const VARIABLE: &str = "{}";

/// A path behind its prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    segments: Vec<String>,
    /// How many segments at the beginning are those of the base or server.
    base: usize,
    /// How many segments at the beginning may be missing on the other side: those, or what all paths begin with.
    prefix: usize,
    /// The names of the variables, normalised.
    variables: Vec<String>,
}

/// How far two paths agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Agreement {
    /// The number of segments.
    segments: usize,
    /// Whether nothing else stands before them.
    is_whole: bool,
    /// The number of variables that have the same name too.
    names: usize,
}

impl Shape {
    /// The path of a consumed operation.
    pub(super) fn consumed(base_uri: Option<&str>, path: &Path<'_>) -> Self {
        let text: String = path.pieces.iter().map(piece).collect();
        let variables = path.pieces.iter().filter_map(|piece| match piece {
            PathPiece::Variable { name, .. } | PathPiece::Hole { name, .. } => Some(normalise(name)),
            PathPiece::Text(_) => None,
        });
        Self::new(base_uri.map_or("", url_path), &text, variables.collect())
    }

    /// The paths of an operation of the document, one for each server.
    pub(super) fn documented(route: &Route) -> Vec<Self> {
        let (text, variables) = template(&route.path);
        let of = |server: &str| Self::new(url_path(server), &text, variables.clone());
        if route.servers.is_empty() { vec![of("")] } else { route.servers.iter().map(|server| of(server)).collect() }
    }

    fn new(prefix: &str, path: &str, variables: Vec<String>) -> Self {
        let (prefix, _) = template(prefix);
        let mut segments: Vec<String> = segments(&prefix).collect();
        let base = segments.len();
        segments.extend(self::segments(path));
        Self { segments, base, prefix: base, variables }
    }

    /// How many segments at the beginning have no variable.
    pub(super) fn literals(&self) -> &[String] {
        let end = self.segments.iter().position(|segment| segment.contains(VARIABLE)).unwrap_or(self.segments.len());
        &self.segments[..end]
    }

    /// Takes the first segments for a prefix as well, which all paths of a side have.
    pub(super) fn extend_prefix(&mut self, common: usize) {
        self.prefix = self.prefix.max(common.min(self.segments.len()));
    }

    /// How far two paths agree, from the end; `None`: they are not the same.
    pub(super) fn agreement(&self, other: &Self) -> Option<Agreement> {
        let common = self.ending(other);
        let (rest, other_rest) = (self.segments.len() - common, other.segments.len() - common);
        let is_whole = rest == 0 && other_rest == 0;
        let tells = self.tells(common);
        let names = self.variables.iter().rev().zip(other.variables.iter().rev());
        let names = names.filter(|(left, right)| left == right).count();
        // Where something is left on both sides, these are two addresses of an API or two parts of one.
        let are_of_bases = rest <= self.base && other_rest <= other.base;
        let is_one_sided = (rest == 0 || other_rest == 0) && rest <= self.prefix && other_rest <= other.prefix;
        ((are_of_bases || is_one_sided) && (tells || is_whole)).then_some(Agreement {
            segments: common,
            is_whole,
            names,
        })
    }

    /// Whether the paths are the same but for a segment that is spelt nearly alike.
    pub(super) fn is_misspelt(&self, other: &Self) -> bool {
        let agreeing = self.ending(other);
        let Some(at) = self.segments.len().checked_sub(agreeing + 1) else { return false };
        let Some(there) = other.segments.len().checked_sub(agreeing + 1) else { return false };
        let is_variable = self.segments[at] == VARIABLE || other.segments[there] == VARIABLE;
        if is_variable || !suggest::is_slip(&self.segments[at], &other.segments[there]) {
            return false;
        }
        let mut corrected = self.clone();
        corrected.segments[at].clone_from(&other.segments[there]);
        corrected.agreement(other).is_some()
    }

    /// Whether there is more than variables among the last segments.
    pub(super) fn tells(&self, last: usize) -> bool {
        self.segments.iter().rev().take(last).any(|segment| segment != VARIABLE)
    }

    /// How many segments agree from the end, whatever stands before them.
    pub(super) fn ending(&self, other: &Self) -> usize {
        self.segments.iter().rev().zip(other.segments.iter().rev()).take_while(|(left, right)| left == right).count()
    }
}

/// How many literal segments all of the paths begin with; 0 for a single path, all of which could be meant.
pub(super) fn common_prefix<'s>(shapes: impl Iterator<Item = &'s Shape>) -> usize {
    let mut shapes: Vec<&Shape> = shapes.collect();
    shapes.dedup_by(|left, right| left.segments == right.segments);
    let [first, rest @ ..] = shapes.as_slice() else { return 0 };
    if rest.is_empty() {
        return 0;
    }
    rest.iter().fold(first.literals().len(), |length, shape| {
        let pairs = first.literals().iter().zip(shape.literals());
        length.min(pairs.take_while(|(left, right)| left == right).count())
    })
}

fn piece<'p>(piece: &'p PathPiece<'_>) -> &'p str {
    match piece {
        PathPiece::Text(text) => text,
        PathPiece::Variable { .. } | PathPiece::Hole { .. } => VARIABLE,
    }
}

/// A path with its variables' names taken out, which are given beside it, normalised. Query and fragment are left out.
fn template(path: &str) -> (String, Vec<String>) {
    let (mut text, mut variables) = (String::new(), Vec::new());
    let mut rest = path;
    loop {
        let end = rest.find(['{', '?', '#']).unwrap_or(rest.len());
        text.push_str(&rest[..end]);
        let Some((name, after)) = rest[end..].strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
            return (text, variables);
        };
        text.push_str(VARIABLE);
        variables.push(normalise(name));
        rest = after;
    }
}

fn segments(path: &str) -> impl Iterator<Item = String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(|segment| percent_decode(segment).into_owned())
}

/// The path of a URL, absolute or not.
fn url_path(url: &str) -> &str {
    let rest = url.split_once("://").map(|(_, rest)| rest).or_else(|| url.strip_prefix("//"));
    match rest {
        Some(rest) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(base: &str, path: &str) -> Shape {
        let (text, variables) = template(path);
        Shape::new(url_path(base), &text, variables)
    }

    fn agrees(left: (&str, &str), right: (&str, &str)) -> Option<(usize, bool)> {
        let agreement = shape(left.0, left.1).agreement(&shape(right.0, right.1))?;
        Some((agreement.segments, agreement.is_whole))
    }

    #[test]
    fn a_prefix_may_stand_in_the_path_or_before_it() {
        let path = "/databases/{databaseId}";
        assert_eq!(agrees(("https://a.b/v1", path), ("https://a.b/v1", "/databases/{id}")), Some((3, true)));
        assert_eq!(agrees(("https://a.b", "/v1/databases/{x}"), ("https://a.b/v1", path)), Some((3, true)));
        assert_eq!(agrees(("https://a.b", path), ("/v1/", path)), Some((2, false)));
        assert_eq!(agrees(("https://gate/ps/v1", path), ("https://a.b/v1", path)), Some((3, false)));
        assert_eq!(agrees(("https://a.b", path), ("", "/projects/databases/{id}")), None);
        assert_eq!(agrees(("https://a.b", path), ("", "/databases/{id}/usage")), None);
    }

    #[test]
    fn two_parts_of_an_api_are_not_one() {
        let with_prefix = |base, path| {
            let mut shape = shape(base, path);
            shape.extend_prefix(3);
            shape
        };
        let rules = with_prefix("https://a.b", "/api/v2/rules/reorder");
        assert_eq!(with_prefix("https://a.b", "/api/v2/views/reorder").agreement(&rules), None);
        assert!(with_prefix("https://a.b/api/v2/rules", "/reorder").agreement(&rules).is_some());
        assert!(shape("https://a.b/rules", "/reorder").agreement(&shape("https://a.b/v2", "/reorder")).is_some());
    }

    #[test]
    fn variables_alone_tell_nothing_unless_they_are_all_there_is() {
        assert_eq!(agrees(("", "/{a}"), ("", "/{b}")), Some((1, true)));
        assert_eq!(agrees(("", "/{a}"), ("https://x/v1", "/{b}")), None);
        assert_eq!(agrees(("https://x", "/"), ("", "/")), Some((0, true)));
    }

    #[test]
    fn a_slip_in_one_segment_is_noticed() {
        let documented = shape("https://a.b/v1", "/databases/{id}/backups");
        let is_misspelt = |base, path| shape(base, path).is_misspelt(&documented);
        assert!(is_misspelt("https://a.b/v1", "/databases/{x}/backup"));
        assert!(is_misspelt("https://a.b/v1", "/datbases/{x}/backups"));
        assert!(is_misspelt("https://gate/ps/v1", "/database/{x}/backups"));
        assert!(!is_misspelt("https://a.b/v1", "/databases/{x}/backups"));
        assert!(!is_misspelt("https://a.b/v1", "/database/{x}/backup"), "two slips");
        assert!(!is_misspelt("https://a.b/v1", "/databases/{x}/usage"));
        assert!(!is_misspelt("https://a.b/v1", "/bulk_databases/{x}/backups"), "another thing");
        assert!(!is_misspelt("https://a.b/v1", "/databases/{x}/{y}"));
        assert!(!is_misspelt("https://a.b/v1", "/projects/datbases/{x}/backups"));
    }

    #[test]
    fn slashes_at_the_end_escapes_and_fragments_do_not_count() {
        assert_eq!(agrees(("", "/a%20b/{c}.json/"), ("", "/a b/{d}.json#x")), Some((2, true)));
        assert_eq!(agrees(("", "/{c}.json"), ("", "/{c}.xml")), None);
    }

    #[test]
    fn what_all_paths_begin_with_is_a_prefix() {
        let shapes = [shape("", "/api/v2/a/{b}"), shape("", "/api/v2/c"), shape("", "/api/v2/a/{b}")];
        assert_eq!(common_prefix(shapes.iter()), 2);
        assert_eq!(common_prefix(shapes[..1].iter()), 0);
    }
}
