//! Constraints as constants.

/// A constraint of one field.
#[derive(Debug)]
pub struct Rule {
    /// The index of the field.
    pub field: usize,
    /// What must hold.
    pub check: Check,
}

/// What must hold of a value.
#[derive(Debug)]
pub enum Check {
    /// `minLength`, in characters.
    MinLength(u64),
}
