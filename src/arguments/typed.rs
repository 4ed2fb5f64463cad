//! Values of generated types among arguments.

use std::any::Any;
use std::fmt;

use crate::Json;
use crate::types::{Direction, Typed, to_vec};

/// A value of the type that an OpenAPI document gives to an input.
pub struct TypedArgument(Box<dyn Held>);

/// What a value can do whose type is not known.
trait Held: Send + Sync {
    fn typed(&self) -> &dyn Typed;
    #[cfg(feature = "__server")]
    fn typed_mut(&mut self) -> &mut dyn Typed;
    fn duplicate(&self) -> TypedArgument;
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

impl<T: Typed + Clone + Send + Sync + 'static> Held for T {
    fn typed(&self) -> &dyn Typed {
        self
    }

    #[cfg(feature = "__server")]
    fn typed_mut(&mut self) -> &mut dyn Typed {
        self
    }

    fn duplicate(&self) -> TypedArgument {
        TypedArgument::new(self.clone())
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

impl TypedArgument {
    /// A value.
    pub fn new<T: Typed + Clone + Send + Sync + 'static>(value: T) -> Self {
        Self(Box::new(value))
    }

    /// A value to read into.
    #[must_use]
    pub fn blank<T: Typed + Clone + Send + Sync + 'static>() -> Self {
        Self::new(T::blank())
    }

    /// The value.
    pub(crate) fn typed(&self) -> &dyn Typed {
        self.0.typed()
    }

    /// The value, to read into.
    #[cfg(feature = "__server")]
    pub(crate) fn typed_mut(&mut self) -> &mut dyn Typed {
        self.0.typed_mut()
    }

    /// The value as JSON; `null` if it has no form there, as a number that is not finite.
    pub(crate) fn to_json(&self) -> Json {
        to_vec(self.typed(), Direction::Request).ok().and_then(|text| Json::parse(text).ok()).unwrap_or_else(Json::null)
    }

    /// The value, if it is of the type.
    pub(super) fn downcast<T: 'static>(self) -> Option<T> {
        self.0.into_any().downcast().ok().map(|value| *value)
    }
}

impl Clone for TypedArgument {
    fn clone(&self) -> Self {
        self.0.duplicate()
    }
}

impl PartialEq for TypedArgument {
    fn eq(&self, other: &Self) -> bool {
        self.to_json() == other.to_json()
    }
}

impl fmt::Debug for TypedArgument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TypedArgument({})", self.to_json())
    }
}
