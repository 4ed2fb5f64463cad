//! Path templates.

use std::collections::{HashMap, HashSet};

use crate::ir::api::{Method, Segment};
use crate::openapi::location::decode;

/// A path, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    /// Query parameters that the path carries.
    pub(super) query: Vec<(String, String)>,
    /// Whether a variable has an operator of URI templates.
    has_operators: bool,
    has_query: bool,
    /// What a fragment says, which is not sent but tells operations apart.
    fragment: Option<&'t str>,
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'t> {
    Text(String),
    /// A variable with its place in the path, and the index of its parameter once that is known.
    Variable {
        name: &'t str,
        offset: usize,
        index: usize,
    },
}

/// Takes a path apart.
pub(super) fn template(path: &str) -> Template<'_> {
    let mut template =
        Template { pieces: Vec::new(), query: Vec::new(), has_operators: false, has_query: false, fragment: None };
    let (rest, fragment) = split_outside(path, '#');
    let (rest, query) = split_outside(rest, '?');
    template.fragment = fragment;
    template.has_query = query.is_some();
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // A variable in a query is a query parameter, which the operation declares.
        if !value.starts_with('{') && !name.starts_with('{') {
            template.query.push((decode(name).into_owned(), decode(value).into_owned()));
        }
    }
    let mut text = if rest.starts_with('/') { String::new() } else { "/".to_owned() };
    // What follows the path: its query and fragment.
    let tail = path.len() - rest.len();
    let mut rest = rest;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((variable, after)) = after.split_once('}') else {
            break;
        };
        text.push_str(before);
        let name = variable.trim_start_matches(['+', '#', '.', '/', ';', '?', '&']).trim_end_matches('*');
        let name = if name.is_empty() { variable } else { name };
        template.has_operators |= name != variable;
        if !text.is_empty() {
            template.pieces.push(Piece::Text(std::mem::take(&mut text)));
        }
        let offset = path.len() - tail - rest.len() + before.len() + 1 + variable.find(name).unwrap_or_default();
        template.pieces.push(Piece::Variable { name, offset, index: usize::MAX });
        rest = after;
    }
    text.push_str(rest);
    if !text.is_empty() {
        template.pieces.push(Piece::Text(text));
    }
    template
}

/// Splits at a character that stands outside of braces.
fn split_outside(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (offset, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            character if character == separator && depth == 0 => {
                return (&text[..offset], Some(&text[offset + separator.len_utf8()..]));
            }
            _ => {}
        }
    }
    (text, None)
}

impl<'t> Template<'t> {
    /// The variables with their places in the path, in their order, each once.
    pub(super) fn places(&self) -> impl Iterator<Item = (&'t str, usize)> {
        let mut seen = HashSet::new();
        let variables = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { name, offset, .. } => Some((*name, *offset)),
            Piece::Text(_) => None,
        });
        variables.filter(move |(name, _)| seen.insert(*name))
    }

    /// Says which parameters the variables are: the one of each position in [`variables`](Self::variables).
    pub(super) fn bind(&mut self, variables: &[&'t str]) {
        let indices: HashMap<&str, usize> = variables.iter().enumerate().map(|(index, name)| (*name, index)).collect();
        for piece in &mut self.pieces {
            if let Piece::Variable { name, index, .. } = piece {
                *index = indices.get(name).copied().unwrap_or_default();
            }
        }
    }

    /// What makes a path no plain path, and what becomes of it.
    pub(super) fn defects(&self, path: &str) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let defects = [
            (!path.starts_with('/'), ("does not begin with `/`", "read as if it did")),
            (self.fragment.is_some(), ("has a fragment", "it is not sent")),
            (self.has_query, ("has a query", "its constant parameters are sent, the others must be declared")),
            (self.has_operators, ("has operators in its variables", "read without them")),
        ];
        defects.into_iter().filter(|(applies, _)| *applies).map(|(_, defect)| defect)
    }

    pub(super) fn segments(&self) -> Vec<Segment> {
        let segment = |piece: &Piece<'t>| match piece {
            Piece::Text(text) => Segment::Text(text.clone()),
            Piece::Variable { index, .. } => Segment::Parameter(*index),
        };
        self.pieces.iter().map(segment).collect()
    }

    /// The name of an operation that has none: its method and the words of its path.
    pub(super) fn name(&self, method: &Method) -> String {
        let mut name = method.as_str().to_lowercase();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    name.push('_');
                    name.push_str(text);
                }
                Piece::Variable { name: variable, .. } => {
                    name.push_str("_by_");
                    name.push_str(variable);
                }
            }
        }
        for part in self.query.iter().flat_map(|(name, value)| [name, value]).map(String::as_str).chain(self.fragment) {
            name.push('_');
            name.push_str(part);
        }
        name
    }

    /// What all equivalent paths have in common.
    pub(super) fn shape(&self) -> String {
        let mut shape = self.request();
        if let Some(fragment) = self.fragment {
            shape.push('#');
            shape.push_str(fragment);
        }
        shape
    }

    /// What a request has of the path.
    pub(super) fn request(&self) -> String {
        let mut request = String::new();
        for piece in &self.pieces {
            request.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Variable { .. } => "{}",
            });
        }
        for part in self.query.iter().flat_map(|(name, value)| [name, value]) {
            request.push('#');
            request.push_str(part);
        }
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(path: &str) -> String {
        let template = template(path);
        let pieces: Vec<String> = template
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Variable { name, offset, .. } => {
                    assert_eq!(&path[*offset..offset + name.len()], *name);
                    format!("<{name}>")
                }
            })
            .collect();
        format!("{} {:?} {}", pieces.join(""), template.query, template.defects(path).count() > 0)
    }

    #[test]
    fn paths_are_taken_apart() {
        for (path, expected) in [
            ("/", "/ [] false"),
            ("/a/{b}/c.{d}", "/a/<b>/c.<d> [] false"),
            ("/a/{+b}", "/a/<b> [] true"),
            ("/a/{b*}", "/a/<b> [] true"),
            ("a/{b}", "/a/<b> [] true"),
            ("/a#x/y", "/a [] true"),
            ("/a?action=b%20c&d={e}", r#"/a [("action", "b c")] true"#),
            ("/a{?b,c}", "/a<b,c> [] true"),
            ("/a/{b", "/a/{b [] false"),
            ("/{}", "/<> [] false"),
            ("", "/ [] true"),
        ] {
            assert_eq!(show(path), expected, "{path}");
        }
    }

    #[test]
    fn operations_are_named_after_their_path() {
        let name = |path| template(path).name(&Method::Get);
        assert_eq!(name("/users/{id}/posts"), "get_/users/_by_id_/posts");
        assert_ne!(name("/a#x"), name("/a#y"));
        assert_ne!(name("/a?x=1"), name("/a?x=2"));
    }
}
