//! Names of other scripts, in ASCII.
//!
//! rustc accepts identifiers of all scripts, and warns of characters that are rare or look like others. The lints look at whole
//! crates, so that no attribute on a generated module can allow what is in it.

use std::borrow::Cow;

/// The text in ASCII, transliterated where it is not: `größe` is `grosse`, and `列表` is `LieBiao`.
///
/// Letters and digits that nothing in ASCII stands for become their code points, other characters blanks.
pub(crate) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match any_ascii::any_ascii_char(character) {
            "" if character.is_alphanumeric() => written.extend([" ", &code_point(character), " "]),
            // An apostrophe that stands for a letter ends no word.
            "'" | "`" if character.is_alphanumeric() => {}
            "" => written.push(' '),
            transliterated => written.push_str(transliterated),
        }
    }
    Cow::Owned(written)
}

fn code_point(character: char) -> String {
    format!("u{:x}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn other_scripts_are_transliterated() {
        for (text, expected) in [
            ("plain_name-1", "plain_name-1"),
            ("naïve", "naive"),
            ("größe", "grosse"),
            ("Размер", "Razmer"),
            ("列表", "LieBiao"),
            ("Pʿal", "Pal"),
            ("µs", "us"),
        ] {
            assert_eq!(ascii(text), expected, "{text}");
        }
        for text in ["🚀", "\u{301}", "\u{10FFFF}", "𝔘𝔫𝔦", "٣"] {
            assert!(ascii(text).is_ascii(), "{text}");
        }
    }
}
