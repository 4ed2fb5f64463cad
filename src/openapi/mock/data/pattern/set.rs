//! Sets of characters.

use crate::openapi::mock::data::seed::Seed;

/// What is written where a set has it: letters, digits, then the rest of ASCII that can be seen.
const PREFERRED: &str =
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:+@#=&%$!*,;?~'\"()[]{}<>|^`\\ ";

/// The characters that one place of an expression takes.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    ranges: Vec<(char, char)>,
    is_negated: bool,
}

impl Set {
    pub(super) fn one(letter: char) -> Self {
        Self { ranges: vec![(letter, letter)], is_negated: false }
    }

    /// What `.` takes.
    pub(super) fn any() -> Self {
        Self { ranges: vec![('\n', '\n'), ('\r', '\r')], is_negated: true }
    }

    /// What `\d` and its like take; `None` for a letter that stands for no class.
    pub(super) fn class(letter: char) -> Option<Self> {
        let ranges: &[(char, char)] = match letter.to_ascii_lowercase() {
            'd' => &[('0', '9')],
            'w' => &[('a', 'z'), ('0', '9'), ('A', 'Z'), ('_', '_')],
            's' => &[(' ', ' '), ('\t', '\r'), ('\u{a0}', '\u{a0}')],
            _ => return None,
        };
        Some(Self { ranges: ranges.to_vec(), is_negated: letter.is_ascii_uppercase() })
    }

    /// What a property of Unicode takes, within ASCII.
    pub(super) fn property(name: &str, is_negated: bool) -> Self {
        let name = name.rsplit('=').next().unwrap_or(name);
        let ranges: &[(char, char)] = match name {
            "Lu" | "Uppercase" | "Uppercase_Letter" => &[('A', 'Z')],
            "N" | "Nd" | "Number" | "Decimal_Number" => &[('0', '9')],
            "P" | "Punctuation" | "Pd" => &[('-', '-')],
            "S" | "Symbol" | "Sm" => &[('+', '+')],
            "Z" | "Zs" | "Separator" | "White_Space" => &[(' ', ' ')],
            _ => &[('a', 'z')],
        };
        Self { ranges: ranges.to_vec(), is_negated }
    }

    pub(super) fn add(&mut self, from: char, to: char) {
        self.ranges.push((from, to));
    }

    /// Adds a class in brackets.
    pub(super) fn include(&mut self, other: &Self) {
        if other.is_negated {
            let included = PREFERRED.chars().filter(|letter| other.contains(*letter));
            self.ranges.extend(included.map(|letter| (letter, letter)));
        } else {
            self.ranges.extend(&other.ranges);
        }
    }

    pub(super) const fn negate(&mut self) {
        self.is_negated = true;
    }

    fn contains(&self, letter: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter)) != self.is_negated
    }

    /// A character of the set; `None` for one without any.
    pub(super) fn choose(&self, seed: Seed) -> Option<char> {
        let fitting = || PREFERRED.chars().filter(|letter| self.contains(*letter));
        // Signs are only taken where there are no letters.
        let plain = fitting().filter(char::is_ascii_alphanumeric).count();
        let count = if plain > 0 { plain } else { fitting().count() };
        let index = usize::try_from(seed.below(count as u64)).unwrap_or_default();
        fitting().nth(index).or_else(|| self.ranges.first().map(|(from, _)| *from).filter(|_| !self.is_negated))
    }
}
