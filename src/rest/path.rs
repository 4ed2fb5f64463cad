//! Paths with variables. axum finds the route; what a variable stands for is worked out here, because names of the
//! file such as `backup-id` and segments such as `{name}.json` are none of axum's.

use crate::client::encode_path_text;
use crate::description::{Piece, Template};

/// The path of a route.
#[derive(Debug)]
pub(crate) struct PathPattern {
    segments: Vec<Vec<Part>>,
}

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Variable(usize),
}

impl PathPattern {
    pub(crate) fn new(template: Template) -> Self {
        Self::of(template.iter().copied())
    }

    pub(crate) fn of(pieces: impl Iterator<Item = Piece>) -> Self {
        let mut segments = vec![Vec::new()];
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    for (index, part) in text.split('/').enumerate() {
                        if index > 0 {
                            segments.push(Vec::new());
                        }
                        push_text(&mut segments, part);
                    }
                }
                Piece::Input(index) => push(&mut segments, Part::Variable(index)),
                // A path that is served has no other holes.
                Piece::Bind(_) | Piece::Field(..) => {}
            }
        }
        // What stands before the first `/` is empty in every path.
        segments.remove(0);
        Self { segments }
    }

    /// The route for axum. Its variables are numbered by place, so that routes that share a prefix agree in them.
    pub(crate) fn route(&self) -> String {
        let mut route = String::new();
        for (index, segment) in self.segments.iter().enumerate() {
            route.push('/');
            match segment.as_slice() {
                [] => {}
                // axum refuses what its earlier versions took for variables.
                [Part::Text(text)] if !text.starts_with([':', '*']) => route.push_str(text),
                _ => route.extend(["{", &index.to_string(), "}"]),
            }
        }
        route
    }

    /// How much of the path is fixed: of two patterns that axum cannot tell apart, the one with more is tried first.
    pub(crate) fn fixed_length(&self) -> usize {
        let lengths = self.segments.iter().flatten().map(|part| match part {
            Part::Text(text) => text.len(),
            Part::Variable(_) => 0,
        });
        lengths.sum()
    }

    /// The values of the variables, still encoded; `None` when the path is another.
    pub(crate) fn captures<'a>(&self, path: &'a str) -> Option<Vec<(usize, &'a str)>> {
        let mut captures = Vec::new();
        let mut given = path;
        for segment in &self.segments {
            given = given.strip_prefix('/')?;
            // Segments are short: looking at each byte is faster than a search that is made for long texts.
            let end = given.bytes().position(|byte| byte == b'/').unwrap_or(given.len());
            capture(segment, &given[..end], &mut captures)?;
            given = &given[end..];
        }
        given.is_empty().then_some(captures)
    }
}

impl PathPattern {
    /// The rest of a path behind this one: empty, or with a slash first; `None` when the path is another.
    pub(crate) fn rest<'a>(&self, path: &'a str) -> Option<&'a str> {
        let mut given = path;
        for segment in &self.segments {
            given = given.strip_prefix('/')?;
            let end = given.find('/').unwrap_or(given.len());
            capture(segment, &given[..end], &mut Vec::new())?;
            given = &given[end..];
        }
        Some(given)
    }
}

fn push(segments: &mut [Vec<Part>], part: Part) {
    if let Some(segment) = segments.last_mut() {
        segment.push(part);
    }
}

fn push_text(segments: &mut [Vec<Part>], text: &str) {
    if !text.is_empty() {
        push(segments, Part::Text(encode_path_text(text).into_owned()));
    }
}

/// Matches one segment. A variable ends where the text behind it first occurs; the last text must end the segment.
fn capture<'a>(parts: &[Part], given: &'a str, captures: &mut Vec<(usize, &'a str)>) -> Option<()> {
    match parts {
        [] => given.is_empty().then_some(()),
        [Part::Text(text), rest @ ..] => capture(rest, given.strip_prefix(text.as_str())?, captures),
        [Part::Variable(index)] => {
            captures.push((*index, given));
            Some(())
        }
        [Part::Variable(index), Part::Text(text), rest @ ..] => {
            let value = match rest {
                [] => given.strip_suffix(text.as_str())?,
                _ => given.split_once(text.as_str())?.0,
            };
            captures.push((*index, value));
            capture(rest, &given[value.len() + text.len()..], captures)
        }
        // Nothing tells where the one ends and the other begins.
        [Part::Variable(_), Part::Variable(_), ..] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKUP: Template =
        &[Piece::Text("/v1/databases/"), Piece::Input(1), Piece::Text("/backups/"), Piece::Input(0)];
    const FILE: Template =
        &[Piece::Text("/files/"), Piece::Input(0), Piece::Text("-"), Piece::Input(1), Piece::Text(".json")];

    #[test]
    fn variables_are_found_by_place() {
        let pattern = PathPattern::new(BACKUP);
        assert_eq!(pattern.route(), "/v1/databases/{2}/backups/{4}");
        assert_eq!(pattern.captures("/v1/databases/a%2Fb/backups/7"), Some(vec![(1, "a%2Fb"), (0, "7")]));
        assert_eq!(pattern.captures("/v1/databases//backups/7"), Some(vec![(1, ""), (0, "7")]));
        assert_eq!(pattern.captures("/v1/databases/a/backups"), None);
        assert_eq!(pattern.captures("/v1/databases/a/backups/7/"), None);
    }

    #[test]
    fn the_rest_of_a_path_begins_with_its_slash() {
        const PREFIX: Template = &[Piece::Text("/t/"), Piece::Input(0)];
        let pattern = PathPattern::new(PREFIX);
        assert_eq!(pattern.rest("/t/a/b%2Fc/"), Some("/b%2Fc/"));
        assert_eq!(pattern.rest("/t/a"), Some(""));
        assert_eq!(pattern.rest("/u/a/b"), None);
        assert_eq!(PathPattern::new(&[]).rest("/a/b"), Some("/a/b"));
    }

    #[test]
    fn segments_may_hold_several_variables() {
        let pattern = PathPattern::new(FILE);
        assert_eq!(pattern.route(), "/files/{1}");
        assert_eq!(pattern.captures("/files/a-b-c.json"), Some(vec![(0, "a"), (1, "b-c")]));
        assert_eq!(pattern.captures("/files/a.json"), None);
        assert_eq!(pattern.captures("/files/a-b.xml"), None);
    }

    #[test]
    fn fixed_text_is_taken_as_it_is() {
        for (text, route) in [
            ("/", "/"),
            ("/a/", "/a/"),
            ("/{a}/b c/\u{fc}", "/%7Ba%7D/b%20c/%C3%BC"),
            ("/:search/*", "/{0}/{1}"),
            ("/a:search", "/a:search"),
        ] {
            let pattern = PathPattern::new(Box::leak(Box::new([Piece::Text(text)])));
            assert_eq!(pattern.route(), route);
            let sent = encode_path_text(text);
            assert_eq!(pattern.captures(&sent), Some(vec![]), "{text}");
        }
    }
}
