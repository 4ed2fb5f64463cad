//! The parameters of a surface's operation while they are matched with the inputs of the operation behind it.

use crate::ir::{Location, Schema, Type};
use crate::source::Span;

/// A parameter.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct Slot {
    pub(in crate::resolve) name: String,
    pub(in crate::resolve) location: Location,
    pub(in crate::resolve) r#type: Option<Type>,
    pub(in crate::resolve) schema: Option<Schema>,
    pub(in crate::resolve) description: Option<String>,
    /// What describes it where the file does not, if not its own name and place.
    pub(super) made_description: Option<String>,
    pub(in crate::resolve) required: Option<bool>,
    pub(in crate::resolve) span: Span,
    pub(in crate::resolve) origin: Origin,
    /// Whether it is the source of an input.
    pub(in crate::resolve) is_claimed: bool,
    /// Whether a value is made of it, or another step of the action claims it.
    pub(in crate::resolve) is_taken: bool,
}

/// Where a parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resolve) enum Origin {
    /// A variable of a route's path.
    PathVariable,
    /// An entry of `inputParameters`.
    Declared,
    /// A name in `with`.
    With,
    /// An input of the operation that nothing else supplies.
    Derived,
}

impl Slot {
    /// Whether its values may be objects.
    pub(super) fn may_have_fields(&self) -> bool {
        match self.r#type {
            Some(r#type) => matches!(r#type, Type::Object | Type::Any),
            None => self.origin != Origin::PathVariable,
        }
    }

    /// Whether nothing has a use for it so far.
    pub(super) fn is_free(&self) -> bool {
        !self.is_claimed && !self.is_taken
    }

    /// A parameter of which nothing but its name and place is known.
    pub(in crate::resolve) fn new(name: &str, location: Location, origin: Origin, span: Span) -> Self {
        Self {
            name: name.to_owned(),
            location,
            r#type: None,
            schema: None,
            description: None,
            made_description: None,
            required: None,
            span,
            origin,
            is_claimed: false,
            is_taken: false,
        }
    }
}
