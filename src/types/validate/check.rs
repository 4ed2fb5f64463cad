//! Constraints as constants.

/// The constraints of a field of a struct or tuple, or of the content of a union's variant.
#[derive(Debug)]
pub struct Rule {
    /// The index of the field or variant. Each has one rule at most.
    pub field: usize,
    /// What must hold.
    pub checks: &'static [Check],
}

/// What must hold of a value: an assertion of JSON Schema (2020-12 validation, section 6). A check of one kind of
/// value says nothing about the others.
#[derive(Debug)]
pub enum Check {
    /// `minimum`.
    Minimum(f64),
    /// `maximum`.
    Maximum(f64),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(f64),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(f64),
    /// `multipleOf`.
    MultipleOf(f64),
    /// `minLength`, in characters.
    MinLength(usize),
    /// `maxLength`, in characters.
    MaxLength(usize),
    /// `pattern`, a regular expression of ECMA-262 that matches anywhere in the text. Checked with the feature
    /// `patterns` alone.
    Pattern(&'static str),
    /// `format`, by its name: that of a text which a server is given. Clients do not check it, since documents give
    /// formats to texts that never had them.
    Format(&'static str),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// `enum` and `const` of what is not a [string enum](crate::types::shape::StringEnum): the JSON texts of the values.
    Enum(&'static [&'static str]),
    /// What must hold of each item of an array.
    Items(&'static [Check]),
    /// What must hold of each value of an object with free keys.
    Values(&'static [Check]),
}
