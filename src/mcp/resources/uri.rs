//! URIs with variables, each of which is a segment or a part of one.

use percent_encoding::percent_decode_str;

use crate::description::{Piece, Template};

/// What ends a segment.
const ENDS: [char; 3] = ['/', '?', '#'];

/// A template of URIs.
pub(super) struct UriPattern {
    template: Template,
}

impl UriPattern {
    pub(super) const fn new(template: Template) -> Self {
        Self { template }
    }

    /// How many variables it has.
    pub(super) fn variables(&self) -> usize {
        self.template.iter().filter(|piece| matches!(piece, Piece::Input(_))).count()
    }

    /// The values of the variables, decoded, in their order. `None`: the URI is another.
    pub(super) fn captures(&self, uri: &str) -> Option<Vec<String>> {
        let mut rest = uri;
        let mut captures = Vec::new();
        for (index, piece) in self.template.iter().enumerate() {
            match piece {
                Piece::Text(text) => rest = rest.strip_prefix(text)?,
                Piece::Input(_) => {
                    let end = match self.template.get(index + 1) {
                        Some(Piece::Text(next)) => rest.find(next)?,
                        _ => rest.len(),
                    };
                    let (value, behind) = rest.split_at(end);
                    if value.is_empty() || value.contains(ENDS) {
                        return None;
                    }
                    captures.push(percent_decode_str(value).decode_utf8().ok()?.into_owned());
                    rest = behind;
                }
                // A URI has no other holes.
                Piece::Bind(_) | Piece::Field(..) => return None,
            }
        }
        rest.is_empty().then_some(captures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: Template =
        &[Piece::Text("data://users/"), Piece::Input(0), Piece::Text("/"), Piece::Input(1), Piece::Text(".json")];

    fn captures(uri: &str) -> Option<Vec<String>> {
        UriPattern::new(PROFILE).captures(uri)
    }

    #[test]
    fn variables_are_segments_or_parts_of_them() {
        assert_eq!(captures("data://users/7/profile.json"), Some(vec!["7".to_owned(), "profile".to_owned()]));
        assert_eq!(captures("data://users/a%2Fb%20c/d.json"), Some(vec!["a/b c".to_owned(), "d".to_owned()]));
        for uri in [
            "data://users/7/8/profile.json",
            "data://users//profile.json",
            "data://users/7/profile",
            "data://users/7/profile.json/",
            "data://users/7/.json",
            "data://users/7?x/profile.json",
            "data://users/%ff/profile.json",
            "Data://users/7/profile.json",
            "",
        ] {
            assert_eq!(captures(uri), None, "{uri}");
        }
    }
}
