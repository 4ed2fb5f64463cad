//! An operation as a route.

use std::ops::Range;

use http::{HeaderName, Method};

use crate::description::Piece;
use crate::openapi::{Api, Location, Operation};
use crate::rest::PathPattern;

/// What is known about an operation before there is a request.
pub(super) struct Endpoint {
    /// The index of the operation.
    pub(super) index: usize,
    pub(super) operation: &'static Operation,
    pub(super) method: Method,
    pub(super) pattern: PathPattern,
    /// The header fields that are parameters, by the position of the parameter.
    pub(super) headers: Vec<(usize, HeaderName)>,
    pub(super) has_cookies: bool,
}

impl Endpoint {
    /// `None` for what HTTP has no way to say: a method or a header whose name is none.
    pub(super) fn new(api: &'static Api, index: usize) -> Option<Self> {
        let operation = api.operations.get(index)?;
        let parameters = || {
            let parameters = operation.parameters.iter().enumerate();
            parameters.filter_map(|(at, index)| Some((at, api.parameters.get(usize::from(*index))?)))
        };
        let headers = parameters().filter(|(_, parameter)| parameter.location == Location::Header);
        Some(Self {
            index,
            operation,
            method: Method::from_bytes(operation.method.as_bytes()).ok()?,
            pattern: PathPattern::of(pieces(operation.path)),
            headers: headers.filter_map(|(at, parameter)| Some((at, parameter.name.parse().ok()?))).collect(),
            has_cookies: parameters().any(|(_, parameter)| parameter.location == Location::Cookie),
        })
    }

    /// Where the values of the path parameters stand; `None` when the path is another.
    pub(super) fn captures(&self, path: &str) -> Option<Vec<(usize, Range<usize>)>> {
        let range = |value: &str| {
            let start = value.as_ptr().addr() - path.as_ptr().addr();
            start..start + value.len()
        };
        Some(self.pattern.captures(path)?.into_iter().map(|(index, value)| (index, range(value))).collect())
    }

    /// The pairs of the query that the path of the document has in it.
    pub(super) fn constants(&self) -> impl Iterator<Item = &'static str> {
        self.operation.query.split('&').filter(|pair| !pair.is_empty())
    }

    /// Whether a query has the pairs that the path of the document has in it.
    pub(super) fn takes(&self, query: &str) -> bool {
        self.constants().all(|constant| query.split('&').any(|pair| pair == constant))
    }
}

/// The texts and variables of a path as the tables have it.
fn pieces(path: &'static str) -> impl Iterator<Item = Piece> {
    let mut rest = path;
    let mut variable = None;
    std::iter::from_fn(move || {
        if let Some(index) = variable.take() {
            return Some(Piece::Input(index));
        }
        let (text, after) = match rest.split_once('{').and_then(|(text, after)| Some((text, after.split_once('}')?))) {
            Some((text, (index, after))) => {
                variable = index.parse().ok();
                (text, after)
            }
            None if rest.is_empty() => return None,
            None => (rest, ""),
        };
        rest = after;
        Some(Piece::Text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        let pieces: Vec<_> = pieces("/repos/{1}/compare/{0}...{2}").collect();
        let texts: Vec<_> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Input(index) => index.to_string(),
                Piece::Bind(_) | Piece::Field(..) => String::new(),
            })
            .collect();
        assert_eq!(texts, ["/repos/", "1", "/compare/", "0", "...", "2"]);
    }
}
