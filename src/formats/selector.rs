//! Selectors of CSS (Selectors Level 4), as the compiler has read and checked them.

/// A selector: elements that stand in a certain relation to each other, of which the last one is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selector {
    /// What the outermost element is.
    pub first: Compound,
    /// What the further ones are, and how each stands to the one before.
    pub rest: &'static [(Combinator, Compound)],
}

/// What an element is: all of it must hold. None: any element.
pub type Compound = &'static [Simple];

/// How an element stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combinator {
    /// Anywhere in it.
    Descendant,
    /// Directly in it: `>`.
    Child,
    /// Directly behind it: `+`.
    NextSibling,
    /// Somewhere behind it: `~`.
    LaterSibling,
}

/// Something that holds of an element or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple {
    /// It has this name, in lower case.
    Name(&'static str),
    /// It has this `id`.
    Id(&'static str),
    /// It has this class.
    Class(&'static str),
    /// It has an attribute, whose name is in lower case.
    Attribute {
        /// The attribute's name.
        name: &'static str,
        /// What its value is.
        test: Test,
    },
    /// It is one of the elements of its parent that `position` counts.
    Position(Position),
    /// It holds neither elements nor text.
    Empty,
    /// It is the outermost element.
    Root,
    /// One of these selects it.
    Is(&'static [Selector]),
    /// None of these selects it.
    Not(&'static [Selector]),
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Anything.
    Present,
    /// A text, compared as [`Comparison`] says.
    Compared {
        /// How.
        comparison: Comparison,
        /// With what.
        value: &'static str,
        /// Whether letters of ASCII are equal in either case.
        ignores_case: bool,
    },
}

/// How the value of an attribute is compared with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`: it is the text.
    Equal,
    /// `~=`: it is a list of words, and the text is one of them.
    Word,
    /// `|=`: it is the text, or begins with it and `-`.
    Dash,
    /// `^=`: it begins with the text.
    Prefix,
    /// `$=`: it ends with the text.
    Suffix,
    /// `*=`: it contains the text.
    Substring,
}

/// The elements at the places `step` × n + `offset`, for every n from 0 on; the first place is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The distance between two places.
    pub step: i32,
    /// The place for n = 0.
    pub offset: i32,
    /// Whether places are counted from the end.
    pub from_end: bool,
    /// Whether only elements of the same name are counted.
    pub of_type: bool,
}
