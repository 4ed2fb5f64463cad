//! Sets of characters.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// Characters that are *not* in the items.
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
}

/// Some characters of a set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    /// From the first to the last.
    Range(char, char),
    /// Those of a Unicode category, or the others.
    Category { group: GeneralCategoryGroup, negated: bool },
}

impl Class {
    pub(super) fn of(item: Item) -> Self {
        Self { negated: false, items: vec![item] }
    }

    /// `.`: any character within a line.
    pub(super) fn any() -> Self {
        Self { negated: true, items: vec![Item::Range('\n', '\n'), Item::Range('\r', '\r')] }
    }

    pub(super) fn contains(&self, character: char) -> bool {
        self.items.iter().any(|item| item.contains(character)) != self.negated
    }
}

impl Item {
    fn contains(self, character: char) -> bool {
        match self {
            Self::Range(first, last) => (first..=last).contains(&character),
            Self::Category { group, negated } => {
                group.contains(CodePointMapData::<GeneralCategory>::new().get(character)) != negated
            }
        }
    }
}

/// The category of a name in `\p{…}`.
pub(super) fn category(name: &str) -> Option<GeneralCategoryGroup> {
    use GeneralCategoryGroup as Group;
    Some(match name {
        "L" => Group::Letter,
        "Ll" => Group::LowercaseLetter,
        "Lm" => Group::ModifierLetter,
        "Lo" => Group::OtherLetter,
        "Lt" => Group::TitlecaseLetter,
        "Lu" => Group::UppercaseLetter,
        "M" => Group::Mark,
        "Mc" => Group::SpacingMark,
        "Me" => Group::EnclosingMark,
        "Mn" => Group::NonspacingMark,
        "N" => Group::Number,
        "Nd" => Group::DecimalNumber,
        "Nl" => Group::LetterNumber,
        "No" => Group::OtherNumber,
        "P" => Group::Punctuation,
        "Pc" => Group::ConnectorPunctuation,
        "Pd" => Group::DashPunctuation,
        "Pe" => Group::ClosePunctuation,
        "Pf" => Group::FinalPunctuation,
        "Pi" => Group::InitialPunctuation,
        "Po" => Group::OtherPunctuation,
        "Ps" => Group::OpenPunctuation,
        "Z" => Group::Separator,
        "Zl" => Group::LineSeparator,
        "Zp" => Group::ParagraphSeparator,
        "Zs" => Group::SpaceSeparator,
        "S" => Group::Symbol,
        "Sc" => Group::CurrencySymbol,
        "Sk" => Group::ModifierSymbol,
        "Sm" => Group::MathSymbol,
        "So" => Group::OtherSymbol,
        "C" => Group::Other,
        "Cc" => Group::Control,
        "Cf" => Group::Format,
        "Cn" => Group::Unassigned,
        "Co" => Group::PrivateUse,
        _ => return None,
    })
}
